"""Does a consent hold exactly from when it was given until it is withdrawn or lapses?"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from sanctuary.core.clocks import Unit
from sanctuary.core.conditions import FactType, Kind, compile_condition
from sanctuary.core.consents import STATES, Consent, consent_of, consents, may_withdraw
from sanctuary.core.events import Event, EventKind
from sanctuary.core.facts import Facts, Silence
from sanctuary.core.known import known
from sanctuary.core.progress import evaluate
from sanctuary.core.scheme import ReadingRule, Role, Scheme
from tests.unit.core.town import NAMES, after, case, did, event, period, question, scheme, step

SHARE = Consent(
    name="consented.share",
    title="Sharing",
    purpose="So that they can help.",
    parties=("police",),
    asked="a.x",
    agrees=frozenset({"yes"}),
)
MONTH = replace(SHARE, lasts=period(1, Unit.MONTHS))


def made(consent: Consent = SHARE) -> Scheme:
    names = {**NAMES, consent.name: FactType(kind=Kind.CHOICE, options=("given", "refused"))}
    when = compile_condition("consented.share == 'given'", names)
    rules = (ReadingRule(compartments=("police",), when=when),)  # type: ignore[arg-type]
    closing = step("e", question("reason"), closes_with="e.reason", any_time=True)
    found = scheme(step("a", question("x", compartment="police")), closing)
    roles = {**found.roles, "police": Role(name="police", title="P", reads=rules, writes=())}
    return replace(found, roles=roles, derived=(consent,), settles=(consent,))


def withdrawn(hour: int) -> Event:
    return event(EventKind.WITHDRAWN, hour, "share")


def state(facts: Facts, now: datetime, consent: Consent = SHARE) -> object:
    return known(made(consent), facts, now).get("consented.share")


@pytest.mark.covers("A4")
def test_it_is_withdrawn_from_the_moment_it_is_and_given_anew_by_asking_again() -> None:
    given, again = did("a", 1, x="yes"), did("a", 5, x="yes")
    assert state(case(given), after(2)) == "given"
    assert state(case(given, withdrawn(1)), after(2)) == "withdrawn"
    assert state(case(given, withdrawn(3)), after(4)) == "withdrawn"
    assert state(case(given, withdrawn(3), again), after(6)) == "given"
    assert state(case(withdrawn(0), given), after(2)) == "given"


def test_what_was_refused_is_refused_whatever_is_withdrawn() -> None:
    assert state(case(did("a", 1, x="no"), withdrawn(2)), after(3)) == "refused"
    assert state(case(did("a", 1, x=Silence.DECLINED)), after(3)) == "refused"
    assert state(case(did("a", 1, x=Silence.NOT_APPLICABLE)), after(3)) is Silence.NOT_APPLICABLE


def test_an_answer_that_nobody_dated_gives_nothing() -> None:
    assert state(Facts(opened_at=after(0), area="town", answers={"a.x": "yes"}), after(3)) is None
    assert SHARE.ends(case(), made().calendar) is None


def test_it_lapses_when_its_time_is_over_and_the_case_is_looked_at_again_then() -> None:
    facts = case(did("a", 1, x="yes"))
    progress = evaluate(made(MONTH), facts, after(2))
    ends = progress.recheck_at
    assert ends is not None
    assert "police" in progress.reads["police"]
    assert state(facts, ends - timedelta(seconds=1), MONTH) == "given"
    assert state(facts, ends, MONTH) == "lapsed"
    later = evaluate(made(MONTH), facts, ends)
    assert later.reads["police"] == frozenset()
    assert later.recheck_at is None


def test_it_lapses_in_a_case_that_has_ended_too() -> None:
    progress = evaluate(made(MONTH), case(did("a", 1, x="yes"), did("e", 2, reason="helped")), after(3))
    assert progress.is_closed
    assert progress.recheck_at is not None


def test_whoever_reads_of_it_may_take_it_back() -> None:
    assert may_withdraw(made(), SHARE, frozenset({"core", "police"}))
    assert not may_withdraw(made(), SHARE, frozenset({"core"}))


def test_a_consent_is_found_by_its_name() -> None:
    assert tuple(consents(made())) == (SHARE,)
    assert consent_of(made(), "share") == SHARE
    assert consent_of(made(), "other") is None


def test_it_is_told_in_words() -> None:
    assert set(SHARE.labels) == set(STATES)
