"""How do two values compare, or add up? Closures made of closures; what cannot be worked out is unknown, as in CEL."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sanctuary.core.clocks import Period
from sanctuary.core.conditions.leaves import DECLINED, NOT_APPLICABLE, NOT_KNOWN, Decide, Find, Missing
from sanctuary.core.conditions.spans import moved_day, moved_moment
from sanctuary.core.conditions.types import Kind
from sanctuary.core.facts import Silence, Unknown

Operation = Callable[[Any, Any], Any]
# What Python raises for a value of the wrong type, or a day outside the calendar.
_IMPOSSIBLE = (TypeError, ValueError, ArithmeticError, AttributeError)


def merged(one: Unknown, other: Unknown) -> Unknown:
    """Unknown for want of both, one of the two where it says as much."""
    if one.facts >= other.facts:
        return one
    return other if other.facts >= one.facts else Unknown(one.facts | other.facts)


def fact_equals(name: str, literal: object, equal: bool) -> Decide:
    """Whether the answer to `name` is `literal`, or is not."""
    unknown, other = Unknown(frozenset({name})), not equal

    def decide(scope: Any) -> bool | Unknown:
        value = scope.facts.get(name, NOT_KNOWN)
        if value == literal:
            return equal
        return unknown if value is NOT_KNOWN or value is DECLINED else other

    return decide


def fact_one_of(name: str, literals: frozenset[object]) -> Decide:
    """Whether the answer to `name` is one of `literals`."""
    unknown = Unknown(frozenset({name}))

    def decide(scope: Any) -> bool | Unknown:
        value = scope.facts.get(name, NOT_KNOWN)
        if value.__class__ is Silence:
            return False if value is NOT_APPLICABLE else unknown
        try:
            return value in literals
        except TypeError:
            return unknown

    return decide


def fact_ordered(name: str, operation: Operation, literal: object) -> Decide:
    """Whether `operation` holds between the answer to `name` and `literal`."""
    unknown = Unknown(frozenset({name}))

    def decide(scope: Any) -> bool | Unknown:
        value = scope.facts.get(name, NOT_KNOWN)
        if value.__class__ is Silence:
            return unknown
        try:
            return operation(value, literal)  # type: ignore[no-any-return]
        except _IMPOSSIBLE:
            return unknown

    return decide


def fact_includes(name: str, literal: object) -> Decide:
    """Whether `literal` is among the choices in the answer to `name`."""
    unknown = Unknown(frozenset({name}))

    def decide(scope: Any) -> bool | Unknown:
        value = scope.facts.get(name)
        return literal in value if value.__class__ is tuple else unknown

    return decide


def equal(left: Find, right: Find, same: bool) -> Decide:
    """Whether two values are equal, or are not."""

    def decide(scope: Any) -> bool | Unknown:
        one, other = left(scope), right(scope)
        if one.__class__ is Unknown:
            return merged(one, other) if other.__class__ is Unknown else one
        if other.__class__ is Unknown:
            return other
        return (one == other) is same

    return decide


def worked_out(left: Find, right: Find, operation: Operation, wanting: Unknown) -> Find:
    """`operation` on two values; `wanting` where both are there, but do not go together."""

    def find(scope: Any) -> Any:
        one, other = left(scope), right(scope)
        if one.__class__ in _NO_VALUES or other.__class__ in _NO_VALUES:
            return _wanted(one, other)
        try:
            return operation(one, other)
        except _IMPOSSIBLE:
            return wanting

    return find


def moved(start: Find, period: Period, sign: int, kind: Kind, wanting: Unknown) -> Find:
    """A date or moment, `period` later (1) or earlier (-1)."""
    move: Callable[..., Any] = moved_moment if kind is Kind.MOMENT else moved_day

    def find(scope: Any) -> Any:
        value = start(scope)
        if value.__class__ in _NO_VALUES:
            return Unknown(value.facts)
        try:
            return move(value, period, sign, scope.calendar)
        except _IMPOSSIBLE:
            return wanting

    return find


def size(items: Find, wanting: Unknown) -> Find:
    """How many items there are."""

    def find(scope: Any) -> Any:
        value = items(scope)
        return len(value) if value.__class__ in (tuple, str) else wanting

    return find


def one_of(item: Find, literals: frozenset[object], wanting: Unknown) -> Decide:
    """Whether a value is one of `literals`; `wanting` for a value that nothing can be equal to."""

    def decide(scope: Any) -> bool | Unknown:
        value = item(scope)
        try:
            return value if value.__class__ is Unknown else value in literals
        except TypeError:
            return wanting

    return decide


def includes(item: Find, choices: Find, wanting: Unknown) -> Decide:
    """Whether a value is among several choices; `wanting` where there are none to look among."""

    def decide(scope: Any) -> bool | Unknown:
        one, among = item(scope), choices(scope)
        if among.__class__ is tuple:
            return one if one.__class__ is Unknown else one in among
        return merged(one, wanting) if one.__class__ is Unknown else wanting

    return decide


_NO_VALUES = (Unknown, Missing)


def _wanted(one: Any, other: Any) -> Unknown:
    if one.__class__ not in _NO_VALUES:
        return Unknown(other.facts)
    return Unknown(one.facts | other.facts if other.__class__ in _NO_VALUES else one.facts)
