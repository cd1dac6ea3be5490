"""How long is the record of a case kept, and may it go now?"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanctuary.core.clocks import LONDON, Period, Unit
from sanctuary.core.keeping import ENDED, Ground, Retention, in_words, rule_in_words
from sanctuary.core.progress import CLOSED, Done, Progress
from sanctuary.core.retention import Standing, due
from sanctuary.core.scheme import Scheme
from sanctuary.core.stages import Stage
from sanctuary.loader import load
from tests.support.chapters import BASE

YEAR = Period(count=12, unit=Unit.MONTHS)
CLOSED_AT = datetime(2026, 3, 2, 15, 0, tzinfo=LONDON)
SHORT = Retention(name="short", title="", outcomes=("withdrawn",), period=YEAR, stated=True, because="")
LONG = replace(SHORT, name="long", outcomes=("safe_at_home",), period=Period(count=72, unit=Unit.MONTHS), stated=False)


@pytest.fixture(scope="module")
def scheme() -> Scheme:
    loaded = load(Path(BASE)).scheme
    assert loaded is not None
    return replace(loaded, retention=(SHORT, LONG))


def _progress(outcome: str, *done: tuple[str, datetime]) -> Progress:
    return Progress(
        scheme="base", version="", at=CLOSED_AT, stage=Stage.MONITORING, outcome=outcome,
        done=tuple(Done(step=step, at=at, role="housing", times=1) for step, at in done), open=(), waiting=(),
        stopped=(), unknown=(), available=(), clocks=(), reads={}, agencies={}, recheck_at=None,
    )  # fmt: skip


def _ended(outcome: str) -> Progress:
    return _progress(outcome, ("referral", CLOSED_AT - timedelta(days=9)), ("closure", CLOSED_AT))


@pytest.mark.parametrize("outcome", ["open", "stopped"])
@pytest.mark.covers("A5")
def test_what_has_not_ended_is_never_due(scheme: Scheme, outcome: str) -> None:
    found = due(scheme, _ended(outcome), CLOSED_AT.replace(year=2126))
    assert (found.standing, found.until, found.is_due) == (Standing.OPEN, None, False)


def test_kept_to_the_moment_and_due_from_it(scheme: Scheme) -> None:
    until = CLOSED_AT.replace(year=2027)
    before, after = (
        due(scheme, _ended("withdrawn"), until - timedelta(seconds=1)),
        due(scheme, _ended("withdrawn"), until),
    )
    assert (before.standing, after.standing) == (Standing.KEPT, Standing.DUE)
    assert before.until == after.until == until
    assert (after.rule, after.ended, after.is_due) == (SHORT, CLOSED_AT, True)
    assert "1 year after the case closed" in after.reason


def test_says_that_the_document_states_no_time(scheme: Scheme) -> None:
    assert "does not state" in due(scheme, _ended("safe_at_home"), CLOSED_AT).reason
    assert "does not state" not in rule_in_words(SHORT)


def test_a_hold_stops_it_and_says_why(scheme: Scheme) -> None:
    found = due(scheme, _ended("withdrawn"), CLOSED_AT.replace(year=2030), [Ground.LITIGATION, Ground.LITIGATION])
    assert (found.standing, found.is_due) == (Standing.HELD, False)
    assert found.reason == "It has to stay: a claim or a court case, begun or expected."


def test_where_nobody_knows_how_it_ended_the_longest_counts(scheme: Scheme) -> None:
    assert due(scheme, _ended(CLOSED), CLOSED_AT).rule is LONG


def test_where_nothing_is_said_nothing_is_due(scheme: Scheme) -> None:
    silent = replace(scheme, retention=())
    found = due(silent, _ended("withdrawn"), CLOSED_AT.replace(year=2126))
    assert (found.standing, found.rule, found.until) == (Standing.UNSAID, None, None)


def test_counted_from_a_step_but_never_before_the_end(scheme: Scheme) -> None:
    early = replace(SHORT, start="referral", start_title="Referral", period=Period(count=1, unit=Unit.DAYS))
    found = due(replace(scheme, retention=(early,)), _ended("withdrawn"), CLOSED_AT)
    assert (found.until, found.is_due) == (CLOSED_AT, True)
    assert "“Referral” was done" in found.reason
    undone = replace(early, start="assessment")
    late = due(replace(scheme, retention=(undone,)), _ended("withdrawn"), CLOSED_AT)
    assert late.until == CLOSED_AT + timedelta(days=1)


def test_what_ended_it_may_be_of_another_version(scheme: Scheme) -> None:
    strange = _progress("withdrawn", ("gone", CLOSED_AT), ("referral", CLOSED_AT - timedelta(days=3)))
    assert due(scheme, strange, CLOSED_AT).ended == CLOSED_AT
    assert due(scheme, _progress("withdrawn"), CLOSED_AT).standing is Standing.OPEN


@pytest.mark.parametrize(
    ("period", "words"),
    [
        (Period(count=72, unit=Unit.MONTHS), "6 years"),
        (YEAR, "1 year"),
        (Period(count=18, unit=Unit.MONTHS), "18 months"),
        (Period(count=30, unit=Unit.DAYS), "30 days"),
        (Period(count=0, unit=Unit.MONTHS), "0 months"),
    ],
)
def test_periods_in_words(period: Period, words: str) -> None:
    assert in_words(period) == words


def test_every_ground_has_words() -> None:
    assert all(ground.title for ground in Ground)
    assert ENDED == "closed"


@given(
    outcome=st.sampled_from(["open", "stopped", "withdrawn", "safe_at_home", CLOSED]),
    days=st.integers(-10, 4000),
    more=st.integers(0, 4000),
    holds=st.lists(st.sampled_from(Ground)),
)
def test_what_is_due_stays_due_and_a_hold_always_stops_it(
    scheme: Scheme, outcome: str, days: int, more: int, holds: list[Ground]
) -> None:
    then = CLOSED_AT + timedelta(days=days)
    now, later = due(scheme, _ended(outcome), then, holds), due(scheme, _ended(outcome), then + timedelta(days=more))
    assert not (now.is_due and holds)
    assert later.is_due or not now.is_due
    assert now.is_due <= (outcome not in ("open", "stopped"))
