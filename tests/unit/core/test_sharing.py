"""Does what is shared stay open exactly as long as its terms, what it rests on, and the case allow?"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from sanctuary.core.clocks import Unit
from sanctuary.core.conditions import FactType, Kind, compile_condition
from sanctuary.core.consents import Consent
from sanctuary.core.emergencies import UNDERSTOOD, VERDICTS, Verdict
from sanctuary.core.events import Event, EventKind, fold
from sanctuary.core.facts import Facts
from sanctuary.core.messages import TOLD, UNKNOWN, told
from sanctuary.core.messages import Kind as Notice
from sanctuary.core.progress import Progress, evaluate
from sanctuary.core.scheme import Compartment, ReadingRule, Role, Scheme
from sanctuary.core.shares import GROUNDS, Ground, Terms
from sanctuary.core.sharing import agreed, ceiling, faults, latest, shareable, sharer
from tests.unit.core.town import NAMES, after, case, did, event, period, question, scheme, scope, step

SHARE = Consent(
    name="consented.share",
    title="Sharing",
    purpose="So that they can help.",
    parties=("police",),
    asked="a.x",
    agrees=frozenset({"yes"}),
)
OTHERS = replace(SHARE, name="consented.others", parties=("A church",), asked="b.x")
POLICE_ONLY = replace(SHARE, name="consented.secret", asked="c.x")
PARTS = ("core", "police", "money")
AGENCIES = dict.fromkeys(("the_housing", "the_police", "elsewhere"), "An agency")


def made(*consents: Consent) -> Scheme:
    """The council reads all and writes what it shares; the police read their part, and the core by consent."""
    consents = consents or (SHARE, OTHERS, POLICE_ONLY)
    names = {**NAMES, SHARE.name: FactType(kind=Kind.CHOICE, options=("given", "refused"))}
    when = compile_condition("consented.share == 'given'", names)
    secret = question("x", compartment="money")
    closing = step("e", question("reason"), closes_with="e.reason", any_time=True)
    found = scheme(step("a", question("x")), step("b", question("x")), step("c", secret), closing)
    roles = {
        "housing": _role("housing", (ReadingRule(compartments=("core", "police")),), ("core", "police")),
        "police": _role(
            "police",
            (ReadingRule(compartments=("police",)), ReadingRule(compartments=("core",), when=when)),  # type: ignore[arg-type]
            ("police",),
        ),
        "support": _role("support", (ReadingRule(compartments=PARTS),), ()),
    }
    parts = {name: Compartment(name=name, number=at, title=name, holds=name) for at, name in enumerate(PARTS)}
    return replace(found, roles=roles, agencies=AGENCIES, compartments=parts, derived=consents, settles=consents)


def _role(name: str, reads: tuple[ReadingRule, ...], writes: tuple[str, ...]) -> Role:
    return Role(name=name, title=name, reads=reads, writes=writes)


def terms(number: int = 4, hours: float = 100, **rest: object) -> Terms:
    asked = {
        "role": "police",
        "agency": "elsewhere",
        "parts": ("core", "police"),
        "purpose": "To help",
        "until": after(hours),
        "ground": None if {"consent", "account"} & set(rest) else Ground.CHILD,
        **rest,
    }
    return Terms(number=number, **asked)  # type: ignore[arg-type]


def shared(hours: float, given: Terms) -> Event:
    kind = EventKind.EMERGENCY if given.account else EventKind.SHARED
    return event(kind, hours, share=given, role="housing", agency="the_housing")


def at(hours: float, *happened: Event | list[Event], by: Scheme | None = None) -> Progress:
    return evaluate(by or made(), case(*happened), after(hours))


def open_to(progress: Progress) -> dict[int, tuple[str, ...]]:
    return {one.number: one.parts for one in progress.given}


CONSENTED = did("a", 1, x="yes")
ON_CONSENT = shared(2, terms(consent="share"))


def test_it_is_open_until_its_end() -> None:
    ground = shared(2, terms())
    assert open_to(at(3, ground)) == {4: ("core", "police")}
    assert open_to(at(99, ground)) == {4: ("core", "police")}
    assert open_to(at(100, ground)) == {}
    (given,) = at(3, ground).given
    assert (given.since, given.until, given.ground, given.consent) == (after(2), after(100), "child", "")


def test_ending_it_ends_that_one() -> None:
    both = [shared(2, terms(4)), shared(2, terms(5))]
    assert set(open_to(at(3, both, event(EventKind.UNSHARED, 3, "4")))) == {5}
    assert set(open_to(at(3, both, event(EventKind.UNSHARED, 3, "9")))) == {4, 5}


@pytest.mark.covers("A4")
def test_taking_back_the_consent_ends_what_rests_on_it_for_good() -> None:
    other = shared(2, terms(5))
    assert set(open_to(at(3, CONSENTED, ON_CONSENT, other))) == {4, 5}
    taken = event(EventKind.WITHDRAWN, 3, "share")
    assert set(open_to(at(4, CONSENTED, ON_CONSENT, other, taken))) == {5}
    assert set(open_to(at(6, CONSENTED, ON_CONSENT, other, taken, did("a", 5, x="yes")))) == {5}


def test_a_consent_that_is_asked_anew_is_another() -> None:
    for answer in ("yes", "no"):
        assert open_to(at(6, CONSENTED, ON_CONSENT, did("a", 5, x=answer))) == {}
    again = event(EventKind.REOPENED, 5, "a", reason="To be sure")
    assert open_to(at(6, CONSENTED, ON_CONSENT, again)) == {}


def test_it_lapses_with_the_consent() -> None:
    lasting = made(replace(SHARE, lasts=period(2)))
    ends = after(1) + timedelta(days=2)
    (given,) = at(3, CONSENTED, ON_CONSENT, by=lasting).given
    assert given.until == ends
    facts = case(CONSENTED, ON_CONSENT)
    assert evaluate(lasting, facts, ends - timedelta(seconds=1)).given
    assert evaluate(lasting, facts, ends).given == ()
    long = made(replace(SHARE, lasts=period(20)))
    assert at(3, CONSENTED, ON_CONSENT, by=long).given[0].until == after(100)


def test_a_consent_that_the_scheme_no_longer_has_carries_nothing() -> None:
    assert open_to(at(3, CONSENTED, ON_CONSENT, by=made(OTHERS))) == {}


def test_closing_the_case_ends_it_for_good_but_for_an_emergency() -> None:
    alone = shared(2, terms(5, account="8d1cf1ae-5f0e-4c1e-9a5c-0d8c2a5c5f0a"))
    closed = did("e", 5, reason="helped")
    before = [CONSENTED, ON_CONSENT, shared(2, terms(6)), alone]
    assert set(open_to(at(4, *before))) == {4, 5, 6}
    assert set(open_to(at(6, *before, closed))) == {5}
    again = event(EventKind.REOPENED, 7, "e", reason="Too soon")
    assert set(open_to(at(8, *before, closed, again))) == {5}
    later = shared(9, terms(12))
    assert set(open_to(at(10, *before, closed, again, later))) == {5, 12}


def test_no_more_is_open_than_the_role_may_ever_read() -> None:
    wide = shared(2, terms(parts=("core", "money", "gone")))
    assert open_to(at(3, wide)) == {4: ("core",)}
    assert open_to(at(3, shared(2, terms(role="nobody")))) == {}
    assert open_to(at(3, shared(2, terms(parts=("money",))))) == {}
    assert ceiling(made(), "police") == {"core", "police"}
    assert ceiling(made(), "nobody") == frozenset()


def test_what_was_erased_gives_nothing() -> None:
    erased = [Event(kind=kind, at=after(3)) for kind in (EventKind.SHARED, EventKind.UNSHARED, EventKind.EMERGENCY)]
    assert set(open_to(at(4, shared(2, terms()), *erased))) == {4}


def test_a_share_rests_on_one_thing() -> None:
    for wrong in (
        {"consent": "share", "ground": Ground.LIFE},
        {"ground": None},
        {"account": "x", "ground": Ground.LAW},
    ):
        with pytest.raises(ValueError, match="rests on"):
            terms(**wrong)
    assert terms().rests_on == "share.4"


def test_every_ground_and_notice_has_its_words() -> None:
    assert set(GROUNDS) == set(Ground)
    assert all(law.title and law.asks and law.act for law in GROUNDS.values())
    assert {told(kind.value) for kind in Notice} == set(TOLD.values())
    assert told("of tomorrow") is UNKNOWN
    assert set(VERDICTS) == set(Verdict)
    assert len(UNDERSTOOD) == 3


def test_only_what_one_reads_and_writes_and_the_other_may_ever_read_is_ones_to_share() -> None:
    both = frozenset({"core", "police", "money"})
    assert shareable(made(), sharer(made(), "housing", "the_housing", both), "support") == ("core", "police")
    assert shareable(made(), sharer(made(), "housing", "the_housing", frozenset({"core"})), "police") == ("core",)
    assert shareable(made(), sharer(made(), "support", "the_support", both), "housing") == ()
    assert sharer(made(), "nobody", "elsewhere", both).parts == frozenset()


def test_consents_are_offered_to_whom_they_are_about_by_those_who_know_of_them() -> None:
    facts = case(CONSENTED, did("b", 1, x="yes"), did("c", 1, x="yes"))
    known = scope(made(), facts)
    assert [one.key for one in agreed(made(), known, frozenset({"core"}), "police")] == ["share", "others"]
    assert [one.key for one in agreed(made(), known, frozenset({"core"}), "housing")] == ["others"]
    every = frozenset(PARTS)
    assert [one.key for one in agreed(made(), known, every, "police")] == ["share", "others", "secret"]
    assert agreed(made(), scope(made(), case()), every, "police") == ()


WRONG: dict[str, tuple[dict[str, object], list[str]]] = {
    "nothing": ({}, []),
    "no such role": ({"role": "nobody"}, ["with"]),
    "no such agency": ({"agency": "nowhere"}, ["with"]),
    "oneself": ({"role": "housing", "agency": "the_housing"}, ["with"]),
    "nothing to see": ({"parts": ()}, ["parts"]),
    "more than the role may": ({"parts": ("core", "money")}, ["parts"]),
    "no purpose": ({"purpose": "\n "}, ["purpose"]),
    "a consent that does not hold": ({"consent": "others", "ground": None}, ["basis"]),
    "a consent that holds": ({"consent": "share", "ground": None}, []),
    "over already": ({"until": after(3)}, ["until"]),
    "for too long": ({"until": after(3) + timedelta(days=367)}, ["until"]),
    "all at once": ({"parts": (), "purpose": "", "until": after(0)}, ["parts", "purpose", "until"]),
}


@pytest.mark.parametrize("what", WRONG)
def test_wrong_terms_are_named(what: str) -> None:
    asked, fields = WRONG[what]
    by = sharer(made(), "housing", "the_housing", frozenset({"core", "police"}))
    known = scope(made(), case(CONSENTED), 3)
    found = faults(made(), known, by, by.parts, terms(**asked))
    assert list(found) == fields
    assert all(found.values())


def test_a_year_is_the_longest() -> None:
    day = datetime.fromisoformat("2028-02-29T10:00+00:00")
    assert latest(made(), day) == datetime.fromisoformat("2029-02-28T10:00+00:00")


def test_lapsing_consents_are_named_in_hours_too() -> None:
    lasting = made(replace(SHARE, lasts=period(1, Unit.HOURS)))
    assert open_to(at(3, CONSENTED, ON_CONSENT, by=lasting)) == {}


def test_the_fold_keeps_who_gave_it() -> None:
    facts: Facts = fold([shared(2, terms())], case())
    (share,) = facts.shares.values()
    assert (share.at, share.role, share.agency, share.terms) == (after(2), "housing", "the_housing", terms())
