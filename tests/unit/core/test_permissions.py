"""Who in a chain of owners is awaited, who need not be asked any more, and how long did each take?"""

from __future__ import annotations

from dataclasses import replace

import pytest

from sanctuary.core.conditions import Scope
from sanctuary.core.events import EventKind
from sanctuary.core.facts import Facts, Silence, Unknown, Value
from sanctuary.core.permissions import Link, Permission, Wait, permissions, waits
from sanctuary.core.progress import evaluate
from sanctuary.core.scheme import StepKind
from tests.unit.core.town import CALENDAR, START, after, case, did, event, rule, scheme, step

YES = frozenset({"yes"})
WORKS = Permission(
    name="permitted.works",
    title="The works",
    chain=(
        Link(of="occupier", step="a", fact="a.x", agrees=YES),
        Link(of="landlord", step="b", fact="b.x", agrees=YES, when=rule("a.y == 'yes'")),
        Link(of="agent", step="c", fact="c.x", agrees=YES),
    ),
)
STEPS = (
    step("a"),
    step("b", kind=StepKind.ENQUIRY, asks="the landlord", after=("a",), when="a.y == 'yes'"),
    step("c", kind=StepKind.ENQUIRY, asks="the agent", after=("a", "b")),
)
MADE = replace(scheme(*STEPS), derived=(WORKS,), settles=(WORKS,))


def permitted(**said: Value) -> Value | Unknown:
    told = {name.replace("_", "."): value for name, value in said.items()}
    return WORKS.decide(Facts(opened_at=START, area="town"), Scope(told, START, CALENDAR))


def scope(facts: Facts, hour: int) -> Scope:
    return Scope(facts.answers, after(hour), CALENDAR)


@pytest.mark.covers("H6")
def test_the_first_who_has_not_answered_is_awaited() -> None:
    assert permitted() == Unknown(frozenset({"a.x"}))
    assert permitted(a_x="yes") == Unknown(frozenset({"a.y"}))
    assert permitted(a_x="yes", a_y="yes") == Unknown(frozenset({"b.x"}))
    assert permitted(a_x="yes", a_y="yes", b_x=Silence.NOT_KNOWN) == Unknown(frozenset({"b.x"}))
    assert permitted(a_x="yes", a_y="no") == Unknown(frozenset({"c.x"}))


def test_all_who_are_asked_have_to_agree_and_one_who_does_not_is_enough() -> None:
    assert permitted(a_x="yes", a_y="no", c_x="yes") == "given"
    assert permitted(a_x="yes", a_y="yes", b_x="no") == "refused"
    assert permitted(c_x=Silence.DECLINED) == "refused"
    assert permitted(a_x=Silence.NOT_APPLICABLE, a_y="no", c_x=Silence.NOT_APPLICABLE) is Silence.NOT_APPLICABLE
    assert WORKS.reads == {"a.x", "b.x", "c.x", "a.y"}


def test_nobody_is_asked_once_one_before_them_has_refused() -> None:
    facts = case(did("a", 1, x="yes", y="yes"), did("b", 2, x="no"))
    progress = evaluate(MADE, facts, after(3))
    assert progress.open == ()
    assert progress.waiting == ()


def test_each_owners_time_runs_from_their_turn_and_stops_with_their_answer() -> None:
    asked = event(EventKind.ASKED, 30, "b")
    facts = case(did("a", 1, x="yes", y="yes"), asked, did("b", 80, x="yes"))
    assert list(permissions(MADE)) == [WORKS]
    assert waits(WORKS, facts, scope(facts, 200)) == (
        Wait(of="occupier", step="a", since=None, asked=None, answered=after(1), days=None),
        Wait(of="landlord", step="b", since=after(1), asked=after(30), answered=after(80), days=3),
        Wait(of="agent", step="c", since=after(80), asked=None, answered=None, days=5),
    )


def test_an_owner_whom_the_home_does_not_have_keeps_nobody_waiting() -> None:
    facts = case(did("a", 1, x="yes", y="no"))
    assert [wait.of for wait in waits(WORKS, facts, scope(facts, 2))] == ["occupier", "agent"]
    unasked = replace(WORKS, chain=WORKS.chain[1:2])
    assert waits(unasked, facts, scope(facts, 2)) == ()


def test_it_is_told_in_words() -> None:
    assert set(WORKS.labels) == {"given", "refused"}
