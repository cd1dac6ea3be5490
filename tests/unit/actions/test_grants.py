"""Has every role that a case calls for a line in its worklist: whose turn it is, and who is to know that it is late?"""

from __future__ import annotations

from datetime import datetime

from sanctuary.actions.kept import grants
from sanctuary.core.clocks import Escalation, Unit
from sanctuary.core.events import Event, EventKind
from sanctuary.core.progress import evaluate
from sanctuary.core.scheme import Opening, Scheme, Who
from sanctuary.records.cases import Grant
from tests.unit.core.town import after, case, clock, did, event, period, scheme, step

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
