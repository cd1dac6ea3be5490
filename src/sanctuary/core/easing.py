"""In which ways is a rule less than hard? Set aside by somebody, put off, asked again, or lifted for some steps.

What is said of a criterion here is applied by `gates`; only when each comes to an end is worked out here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from sanctuary.core.clocks import Calendar, Period, deadline, due, start_of
from sanctuary.core.facts import Answers, Facts


@dataclass(frozen=True, slots=True, kw_only=True)
class Deferral:
    """A rule counts only once `within` from `start` ("opened", a step or a dated fact) has run out."""

    start: str
    within: Period


@dataclass(frozen=True, slots=True, kw_only=True)
class Retest:
    """Answers older than `after` do not count. `steps` maps each fact that the rule reads to the steps that tell it."""

    after: Period
    steps: Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lifting:
    """These steps go ahead though the rule is not met; where `measures` are named, with no others than these."""

    steps: frozenset[str]
    measures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Easing:
    """Everything that makes a rule less than hard. `overridden_by`: the roles that may set it aside."""

    overridden_by: tuple[str, ...] = ()
    deferred: Deferral | None = None
    retest: Retest | None = None
    lifted: Lifting | None = None


def ends(deferral: Deferral, facts: Facts, calendar: Calendar) -> datetime | None:
    """When the time of a deferral has run out; None while it has not begun."""
    begun = start_of(facts, deferral.start)
    return deadline(begun, deferral.within, calendar) if begun is not None else None


def counts_until(retest: Retest, facts: Facts, calendar: Calendar) -> Iterator[tuple[str, datetime]]:
    """Each step that was done, and until when its answers count."""
    for step in sorted(frozenset().union(*retest.steps.values())):
        if step in facts.done:
            yield step, due(facts.done[step], retest.after, calendar)


def still_counting(retest: Retest, facts: Facts, known: Answers, now: datetime, calendar: Calendar) -> Answers:
    """What is `known`, without the facts that rest on answers which do not count any more."""
    counting = {step for step, until in counts_until(retest, facts, calendar) if now < until}
    gone = {fact for fact, steps in retest.steps.items() if not steps <= counting}
    return {name: value for name, value in known.items() if name not in gone}
