"""Is every time foreseen at which a role will read less, and is nothing worked out where time changes nothing?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from sanctuary.core.clocks import due, midnight
from sanctuary.core.conditions import Condition, FactType, Kind, compile_condition
from sanctuary.core.consents import Consent
from sanctuary.core.dated import Dated
from sanctuary.core.foresight import MOST, foreseen, turns_with_time
from sanctuary.core.progress import Progress, evaluate
from sanctuary.core.scheme import ReadingRule, Reassignment, Scheme
from tests.unit.core.test_sharing import _role, made
from tests.unit.core.town import CALENDAR, NAMES, after, case, criterion, did, gate, period, rule, scheme, step

AGREED = Consent(
    name="consented.share", title="Sharing", purpose="To help.", parties=(), asked="a.x", agrees=frozenset({"yes"})
)
ORDER = Dated(key="order", title="the order", end="a.on")


def town(when: str, *derived: Consent | Dated, **rest: object) -> Scheme:
    names = {
        **NAMES,
        "consented.share": FactType(kind=Kind.CHOICE, options=("given", "lapsed")),
        "dated.order": FactType(kind=Kind.CHOICE, options=("in_force", "over")),
    }
    condition = compile_condition(when, names)
    assert isinstance(condition, Condition), condition
    rules = (ReadingRule(compartments=("core",)), ReadingRule(compartments=("police",), when=condition))
    base = made()
    roles = {"housing": _role("housing", rules, ()), "police": _role("police", (), ())}
    return replace(base, roles=roles, derived=derived, settles=(*base.settles[:0], *derived), **rest)


def ahead(by: Scheme, *happened: object) -> tuple[Progress, ...]:
    facts = case(*happened)  # type: ignore[arg-type]
    return foreseen(by, facts, evaluate(by, facts, after(2)))


def test_where_reading_asks_for_nothing_that_time_changes_nothing_is_worked_out() -> None:
    for quiet in (made(), town("a.x == 'yes'"), town("consented.share == 'given'", AGREED)):
        assert not turns_with_time(quiet)
        assert ahead(quiet, did("a", 1, x="yes")) == ()
    assert not turns_with_time(replace(scheme(step("a")), reads_time=True))


def test_the_lapse_of_a_consent_is_foreseen() -> None:
    lasting = town("consented.share == 'given'", replace(AGREED, lasts=period(40)))
    (then,) = ahead(lasting, did("a", 1, x="yes"))
    assert then.at == due(after(1), period(40), CALENDAR)
    assert then.reads["housing"] == {"core"}
    assert ahead(lasting, did("a", 1, x="no")) == ()


def test_a_dated_fact_and_a_consent_are_foreseen_one_after_the_other() -> None:
    both = town("consented.share == 'given' || dated.order == 'in_force'", replace(AGREED, lasts=period(2)), ORDER)
    found = ahead(both, did("a", 1, x="yes", on=date(2026, 3, 20)))
    assert [each.at for each in found] == [after(1) + timedelta(days=2), midnight(date(2026, 3, 21))]
    assert ["police" in each.reads["housing"] for each in found] == [True, False]


def test_where_a_rule_reads_the_clock_a_month_of_midnights_is_foreseen_and_what_is_dated_beyond() -> None:
    reads = town("now < a.at && consented.share == 'given'", replace(AGREED, lasts=period(90)), reads_time=True)
    found = ahead(reads, did("a", 1, x="yes", at=after(50)))
    assert len(found) == MOST + 1
    assert found[-1].at == due(after(1), period(90), CALENDAR)
    assert [each.at for each in found] == sorted(each.at for each in found)


def test_a_gate_that_a_rule_reads_may_turn_with_time() -> None:
    reads = town("gate.one == 'open'")
    assert turns_with_time(reads)
    ruled = replace(reads, gates={"one": gate("one", ("b",), criterion("x", "a.x == 'no'"))})
    assert ahead(replace(ruled, settles=tuple(ruled.gates.values())), did("a", 1, x="yes")) == ()


def test_whom_an_agency_stands_in_for_may_turn_too() -> None:
    base = scheme(
        step("a"), reassignments=(Reassignment(role="housing", agency="the_police", when=rule("now > a.at")),)
    )
    assert turns_with_time(replace(base, reads_time=True))


def test_a_time_that_does_not_come_ends_the_looking() -> None:
    stuck = town("consented.share == 'given'", replace(AGREED, lasts=period(40)))
    facts = case(did("a", 1, x="yes"))
    progress = evaluate(stuck, facts, after(2))
    behind = replace(progress, recheck_at=progress.at)
    assert [each.at for each in foreseen(stuck, facts, behind)] == [due(after(1), period(40), CALENDAR)]
