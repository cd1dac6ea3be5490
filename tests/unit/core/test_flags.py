"""Is a flag up that somebody else holds?"""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from sanctuary.core.clocks import Period, Unit
from sanctuary.core.conditions import Scope
from sanctuary.core.facts import Facts, Silence, Unknown, Value
from sanctuary.core.flags import Flag
from tests.unit.core.town import CALENDAR, START, after

MONTH = Period(count=1, unit=Unit.MONTHS)
FLAG = Flag(
    key="marker",
    title="Marker",
    held_by="The fire service",
    raised_in="a.x",
    removed_in="b.x",
    review="c",
    every=MONTH,
)
_WEEK = 7 * 24


def _state(answers: Mapping[str, Value], done: Mapping[str, float], weeks: float = 1, flag: Flag = FLAG) -> object:
    facts = Facts(opened_at=START, area="", done={name: after(hours * _WEEK) for name, hours in done.items()})
    return flag.decide(facts, Scope(answers, after(weeks * _WEEK), CALENDAR))


@pytest.mark.parametrize("answers", [{}, {"a.x": Silence.NOT_KNOWN}, {"a.x": Silence.DECLINED}])
def test_not_known_before_it_is_said(answers: Mapping[str, Value]) -> None:
    assert _state(answers, {"a": 0}) == Unknown(frozenset({"a.x"}))


def test_an_answer_that_nobody_handed_in_says_nothing() -> None:
    assert _state({"a.x": "yes"}, {}) == Unknown(frozenset({"a.x"}))


@pytest.mark.parametrize("answer", ["no", Silence.NOT_APPLICABLE])
def test_never_raised(answer: Value) -> None:
    assert _state({"a.x": answer}, {"a": 0}) == "none"


def test_raised_and_due_for_review_and_looked_at() -> None:
    raised: Mapping[str, Value] = {"a.x": "yes"}
    assert _state(raised, {"a": 0}, weeks=4) == "raised"
    assert _state(raised, {"a": 0}, weeks=5) == "due_for_review"
    assert _state(raised, {"a": 0, "c": 4}, weeks=5) == "raised"
    assert _state(raised, {"a": 4, "c": 0}, weeks=5) == "raised"
    never = Flag(key="marker", title="Marker", held_by="x", raised_in="a.x", removed_in="b.x")
    assert _state(raised, {"a": 0}, weeks=500, flag=never) == "raised"


def test_removed_and_raised_again() -> None:
    both: Mapping[str, Value] = {"a.x": "yes", "b.x": "yes"}
    assert _state(both, {"a": 0, "b": 1}, weeks=9) == "removed"
    assert _state(both, {"a": 2, "b": 1}, weeks=3) == "raised"
    assert _state({"a.x": "yes", "b.x": "no"}, {"a": 0, "b": 1}) == "raised"


def test_how_it_is_read() -> None:
    assert FLAG.labels["due_for_review"] == "Due for review"
    assert (FLAG.name, FLAG.reads) == ("flagged.marker", {"a.x", "b.x"})
