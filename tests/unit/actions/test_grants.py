"""Has every role that a case calls for a line in its worklist, and does what time takes away end by itself?"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sanctuary.actions.kept import grants
from sanctuary.core.clocks import Escalation, Unit
from sanctuary.core.conditions import FactType, Kind, compile_condition
from sanctuary.core.events import Event, EventKind
from sanctuary.core.needs import Onward
from sanctuary.core.progress import evaluate
from sanctuary.core.scheme import Area, Opening, ReadingRule, Reassignment, Role, Scheme, Who
from sanctuary.records.cases import FAR as EVER
from sanctuary.records.cases import Grant
from tests.unit.core.test_foresight import AGREED, town
from tests.unit.core.test_sharing import made, shared, terms
from tests.unit.core.town import NAMES, after, case, clock, criterion, did, event, gate, period, question, scheme, step

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


def rows(
    made: Scheme, hours: float, *happened: Event | list[Event]
) -> list[tuple[str, int, list[int], datetime, bool]]:
    """The rows that there are so long after the case was opened: role, basis, what is read, until when, in lists."""
    facts = case(*happened)
    found = grants(made, facts, evaluate(made, facts, after(hours)), after(hours))
    return [(row.role, row.basis, sorted(row.reads), row.valid_until, row.in_list) for row in found]


def small(made: Scheme) -> Scheme:
    """With two roles in the town."""
    areas = {"town": Area(name="town", title="Town", agencies={"housing": "the_housing", "police": "the_police"})}
    return replace(made, areas=areas)


LAPSING = replace(AGREED, lasts=period(2, Unit.HOURS))


def test_what_a_consent_gives_stands_in_a_row_of_its_own_that_ends_when_it_lapses() -> None:
    """The database ends it: nobody has to look, and no job has to run."""
    lasting = small(town("consented.share == 'given'", LAPSING))
    assert rows(lasting, 2, did("a", 1, x="yes")) == [
        ("housing", 0, [0], EVER, True),
        ("housing", -1, [0, 1], after(3), False),
    ]
    assert rows(lasting, 4, did("a", 1, x="yes")) == [("housing", 0, [0], EVER, True)]


def test_a_role_that_will_read_nothing_at_all_has_no_row_that_stays() -> None:
    made = small(town("consented.share == 'given'", LAPSING))
    only = Role(name="housing", title="h", reads=made.roles["housing"].reads[1:], writes=())
    theirs = {"a": step("a", question("x"), who=Who(roles=("police",)))}
    lasting = replace(made, roles={**made.roles, "housing": only}, steps=theirs)
    assert rows(lasting, 2, did("a", 1, x="yes")) == [("housing", 0, [1], after(3), True)]


def test_a_role_that_passes_to_another_agency_with_time_ends_with_that() -> None:
    names = {**NAMES, "consented.share": FactType(kind=Kind.CHOICE, options=("given", "lapsed"))}
    lapsed = compile_condition("consented.share == 'lapsed'", names)
    base = small(town("a.x == 'yes'", LAPSING))
    change = Reassignment(role="housing", agency="elsewhere", when=lapsed)  # type: ignore[arg-type]
    moving = replace(base, reassignments=(change,))
    assert rows(moving, 2, did("a", 1, x="yes")) == [("housing", 0, [0, 1], after(3), True)]


def test_what_is_given_by_an_act_stands_beside_and_once_in_each_list() -> None:
    account = "8d1cf1ae-5f0e-4c1e-9a5c-0d8c2a5c5f0a"
    happened = [
        shared(2, terms(4, agency="elsewhere")),
        shared(2, terms(5, 200, agency="elsewhere")),
        shared(2, terms(6, agency="the_police")),
        shared(2, terms(7, agency="elsewhere", account=account)),
        shared(2, terms(8, agency="far_away", account=account)),
    ]
    found = grants(made(), case(*happened), evaluate(made(), case(*happened), after(3)), after(3))
    told = {row.basis: (row.agency, row.in_list, row.account and str(row.account)) for row in found if row.basis > 0}
    assert told == {
        4: ("elsewhere", False, None),
        5: ("elsewhere", True, None),
        6: ("the_police", False, None),
        7: ("elsewhere", False, account),
        8: ("far_away", True, account),
    }
    assert all(row.writes == frozenset() for row in found if row.basis > 0)
