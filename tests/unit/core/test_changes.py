"""What is told of the change when a case goes on under another version of its scheme?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from sanctuary.core.changes import Changes, Due, Part, Reading, Turn, asked_anew, changes, unasked
from sanctuary.core.clocks import Unit
from sanctuary.core.facts import Facts
from sanctuary.core.progress import Progress, evaluate
from sanctuary.core.scheme import InForce, ReadingRule, Role, Scheme, Who
from tests.unit.core.town import after, case, clock, criterion, did, gate, period, question, scheme, step


def _at(of: Scheme, facts: Facts) -> Progress:
    return evaluate(of, facts, after(10))


def _compared(old: Scheme, new: Scheme, facts: Facts) -> Changes:
    return changes(_at(old, facts), _at(new, facts))


def test_nothing_changes_under_the_same_rules() -> None:
    town = scheme(step("a"), step("b", after=("a",)), step("e", any_time=True))
    facts = case(did("a", 1))
    found = _compared(town, replace(town, version="v2"), facts)
    assert found.are_none


def test_steps_open_wait_come_to_apply_and_end() -> None:
    old = scheme(step("a"), step("b"), step("c", after=("a",)), step("d", any_time=True))
    new = scheme(step("a", after=("b",)), step("b"), step("e", after=("b",)))
    found = _compared(old, new, case())
    assert (found.open, found.wait, found.apply, found.end) == ((), ("a",), ("e",), ("c", "d"))
    assert not found.are_none
    back = _compared(new, old, case())
    assert (back.open, back.wait, back.apply, back.end) == (("a",), (), ("c",), ("e",))


def test_a_step_that_was_done_is_forgotten_where_there_is_none_any_more() -> None:
    old, new = scheme(step("a"), step("b")), scheme(step("b"))
    found = _compared(old, new, case(did("a", 1)))
    assert (found.forgotten, found.end) == (("a",), ())


def test_gates_stop_and_let_go() -> None:
    shut = gate("one", ("b",), criterion("no", "a.x == 'no'"))
    old, new = scheme(step("a"), step("b")), scheme(step("a"), step("b"), gates=[shut])
    facts = case(did("a", 1, x="no"))
    there, back = _compared(old, new, facts), _compared(new, old, facts)
    assert there.outcome == ("open", "stopped")
    assert [reason.rule for reason in there.stops] == [reason.rule for reason in back.lifts] == ["one.no"]
    assert there.end == back.open == ("b",)
    assert there.lifts == back.stops == ()


def test_other_times_and_other_turns() -> None:
    old = scheme(step("a"), clocks=(clock("a", "opened", period(1)),))
    new = scheme(step("a", who=Who(roles=("police",))), clocks=(clock("a", "opened", period(48, Unit.HOURS)),))
    found = _compared(old, new, case())
    assert found.turns == (Turn(step="a", was=("housing",), will_be=("police",)),)
    assert found.due == (Due(step="a", was=_due(old), will_be=_due(new)),)
    assert _due(old) != _due(new)


def _due(of: Scheme) -> datetime | None:
    return _at(of, case()).open[0].due


def test_who_reads_more_and_who_reads_less() -> None:
    def reading(*parts: str) -> Role:
        return Role(name="housing", title="Housing", reads=(ReadingRule(compartments=parts),), writes=("core",))

    old = scheme(step("a"), roles={"housing": reading("core")})
    new = scheme(step("a"), roles={"housing": reading("police")})
    found = _compared(old, new, case())
    assert found.reads == (Reading(role="housing", gained=frozenset({"police"}), lost=frozenset({"core"})),)


def test_who_plays_another_part() -> None:
    old = scheme(step("a"))
    town = replace(old.areas["town"], agencies={"housing": "the_police", "police": "the_police"})
    found = _compared(old, replace(old, areas={"town": town}), case())
    assert found.parts == (
        Part(role="housing", was="the_housing", will_be="the_police"),
        Part(role="support", was="the_support", will_be=""),
    )


def test_answers_that_nothing_asks_for_any_more() -> None:
    facts = case(did("a", 1, x="yes", y="no"), did("b", 2, x="yes"))
    assert unasked(scheme(step("a", question("x"))), facts) == ("a.y", "b.x")


def test_questions_that_were_not_asked_at_the_time() -> None:
    facts = case(did("a", 1, x="no"))
    new = scheme(
        step(
            "a",
            question("x"),
            question("y"),
            question("z", optional=True),
            question("on", in_force=InForce(end=date(2000, 1, 1))),
        ),
        step("b", question("x")),
    )
    assert asked_anew(new, facts, after(10)) == ("a.y",)
