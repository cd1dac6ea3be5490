"""Where do the values in a condition come from? Answers, rows and the clock; nothing is compared here.

A value that is not applicable is `Missing`, CEL's null; one that is not there is `Unknown`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, NamedTuple

from sanctuary.core.clocks import LONDON, Calendar
from sanctuary.core.conditions.types import Kind
from sanctuary.core.facts import Answers, Silence, Unknown, Value

# A closure gets a Scope, or inside rows a Within; Any, because attribute access is all that they share.
Find = Callable[[Any], Any]
Decide = Callable[[Any], "bool | Unknown"]

NOT_APPLICABLE, NOT_KNOWN, DECLINED = Silence.NOT_APPLICABLE, Silence.NOT_KNOWN, Silence.DECLINED


@dataclass(frozen=True, slots=True)
class Missing:
    """The value of what is not applicable: equal to nothing but another of its kind. `facts` says whose it is."""

    facts: frozenset[str] = field(compare=False)


class Within(NamedTuple):
    """The scope inside one row; `outer` is the scope around it. A tuple, because one is made for each row."""

    facts: Answers
    now: datetime
    calendar: Calendar
    row: Mapping[str, Value]
    outer: Any


def fact(name: str) -> Find:
    """The answer to `name` as it stands; not known where it was not asked."""
    return lambda scope: scope.facts.get(name, NOT_KNOWN)


def column(name: str, depth: int) -> Find:
    """The answer to `name` in the row that is `depth` rows outwards; not known where it was not asked."""

    def outwards(scope: Any) -> Any:
        for _ in range(depth):
            scope = scope.outer
        return scope.row.get(name, NOT_KNOWN)

    return outwards if depth else lambda scope: scope.row.get(name, NOT_KNOWN)


def answered(raw: Find, unknown: Unknown) -> Decide:
    """Whether an answer is a value; `raw` finds it."""

    def decide(scope: Any) -> bool | Unknown:
        value = raw(scope)
        if value.__class__ is not Silence:
            return True
        return unknown if value is NOT_KNOWN else False

    return decide


def settled(raw: Find, unknown: Unknown, kind: Kind) -> Find:
    """The value of an answer, `Missing` or `unknown`; `raw` finds it. Moments come in UTC, so that they compare."""
    missing = Missing(unknown.facts)

    def find(scope: Any) -> Any:
        value = raw(scope)
        if value.__class__ is Silence:
            return missing if value is NOT_APPLICABLE else unknown
        return value

    def moment(scope: Any) -> Any:
        value = find(scope)
        return _in_utc(value, unknown) if isinstance(value, datetime) else value

    return moment if kind is Kind.MOMENT else find


def clock(kind: Kind) -> Find:
    """`now` in UTC, or today's date in London."""
    if kind is Kind.MOMENT:
        return lambda scope: scope.now.astimezone(UTC)
    return lambda scope: scope.now.astimezone(LONDON).date()


def _in_utc(value: datetime, unknown: Unknown) -> datetime | Unknown:
    """Python compares and subtracts times of one zone by the wall clock, which is an hour wrong twice a year."""
    if value.tzinfo is None:
        return unknown
    try:
        return value.astimezone(UTC)
    except OverflowError:
        return unknown
