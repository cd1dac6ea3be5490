"""Has every role that a case calls for a line in its worklist: whose turn it is, and who is to know that it is late?"""

from __future__ import annotations

from datetime import datetime

from sanctuary.actions.kept import grants
from sanctuary.core.clocks import Escalation, Unit
from sanctuary.core.events import Event, EventKind
from sanctuary.core.needs import Onward
from sanctuary.core.progress import evaluate
from sanctuary.core.scheme import Opening, ReadingRule, Role, Scheme, Who
from sanctuary.records.cases import Grant
from tests.unit.core.town import after, case, clock, criterion, did, event, gate, period, question, scheme, step

DAY = period(24, Unit.HOURS)
TOLD = (Escalation(to="support", before=period(2, Unit.HOURS)), Escalation(to="police", after=period(1, Unit.HOURS)))
LATE = scheme(step("a"), step("b"), clocks=(clock("b", "a", DAY, escalations=TOLD),))


def lines(made: Scheme, hours: float, *happened: Event | list[Event]) -> dict[str, Grant]:
    """The lines so long after the case was opened, by role."""
    facts = case(*happened)
    progress = evaluate(made, facts, after(hours))
    return {grant.role: grant for grant in grants(made, facts, progress, after(hours))}


def line(grant: Grant) -> tuple[str, datetime | None, datetime | None, bool]:
    return grant.next_step, grant.due_at, grant.opens_at, grant.needs_us


def test_who_is_to_know_has_the_case_from_that_time_on_without_anybody_looking() -> None:
    found = lines(LATE, 1, did("a", 0))
    assert line(found["housing"]) == ("B", after(24), None, True)
    assert line(found["support"]) == ("For you to know: B", after(24), after(22), True)
    assert line(found["police"]) == ("For you to know: B", after(24), after(25), True)


def test_who_knows_by_now_has_it_now() -> None:
    found = lines(LATE, 26, did("a", 0))
    assert line(found["support"]) == line(found["police"]) == ("For you to know: B", after(24), None, True)
    assert found["police"].waiting_on == "Housing: B"


def test_what_is_done_or_stands_still_calls_nobody_else() -> None:
    assert set(lines(LATE, 30, did("a", 0), did("b", 23))) == set()
    paused = event(EventKind.PAUSED, 3, "b", reason="in hospital")
    assert set(lines(LATE, 30, did("a", 0), paused)) == {"housing"}


def test_ones_own_turn_comes_before_what_others_are_late_with() -> None:
    theirs = Who(roles=("support",))
    made = scheme(step("a"), step("b"), step("c", who=theirs), clocks=(clock("b", "a", DAY, escalations=TOLD),))
    assert line(lines(made, 26, did("a", 0))["support"])[0] == "C"


def test_what_comes_first_of_what_is_to_come_is_told() -> None:
    theirs = Who(roles=("support",))
    late = clock("b", "a", DAY, escalations=TOLD)
    for wait, title in ((20, "C"), (23, "For you to know: B")):
        opens = Opening(after="a", period=period(wait, Unit.HOURS))
        made = scheme(step("a"), step("b"), step("c", who=theirs, opens=opens), clocks=(late,))
        assert line(lines(made, 1, did("a", 0))["support"])[0] == title


def test_a_case_that_waits_is_called_so_to_those_who_may_know_why() -> None:
    roles = {
        name: Role(name=name, title=name, reads=(ReadingRule(compartments=(part,)),), writes=("core",))
        for name, part in (("housing", "core"), ("police", "police"), ("support", "core"))
    }
    money = criterion("money", "a.x == 'no'", then=Onward.WAIT, status="Waiting for money")
    made = scheme(step("a", question("x")), step("b"), gates=[gate("one", ("b",), money)], roles=roles)
    found = lines(made, 2, did("a", 1, x="no"))
    assert {role: grant.waiting_on for role, grant in found.items()} == {
        "housing": "Waiting for money",
        "police": "",
        "support": "Waiting for money",
    }
