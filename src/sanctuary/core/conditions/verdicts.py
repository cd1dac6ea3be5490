"""How do true, false and unknown combine? As in CEL: what settles the matter wins over the unknown, on either side."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sanctuary.core.conditions.compare import merged
from sanctuary.core.conditions.leaves import Decide, Find, Within
from sanctuary.core.facts import Unknown


def opposite(operand: Decide) -> Decide:
    """Not so."""

    def decide(scope: Any) -> bool | Unknown:
        answer = operand(scope)
        return answer if answer.__class__ is Unknown else not answer

    return decide


def joined(operands: tuple[Decide, ...], settling: bool) -> Decide:
    """`settling` where any operand is: True for `||`, False for `&&`."""
    return _two(*operands, settling) if len(operands) == 2 else _many(operands, settling)


def _two(left: Decide, right: Decide, settling: bool) -> Decide:
    def decide(scope: Any) -> bool | Unknown:
        one = left(scope)
        if one is settling:
            return settling
        other = right(scope)
        if one.__class__ is bool or other is settling:
            return other
        return merged(one, other) if other.__class__ is Unknown else one  # type: ignore[arg-type]

    return decide


def _many(operands: tuple[Decide, ...], settling: bool) -> Decide:
    def decide(scope: Any) -> bool | Unknown:
        unknown: Any = None
        for operand in operands:
            answer = operand(scope)
            if answer is settling:
                return settling
            if answer.__class__ is Unknown:
                unknown = answer if unknown is None else merged(unknown, answer)
        return not settling if unknown is None else unknown

    return decide


def either(test: Decide, yes: Find, no: Find) -> Find:
    """One of two, by a test; unknown where the test is."""

    def find(scope: Any) -> Any:
        answer = test(scope)
        if answer is True:
            return yes(scope)
        return no(scope) if answer is False else answer

    return find


def each(rows: Find, test: Decide, settling: bool, wanting: Unknown) -> Decide:
    """`settling`, True for exists and False for all, where the test is so for any row; `wanting` where no rows are."""

    def decide(scope: Any) -> bool | Unknown:
        unknown: Any = None
        found = rows(scope)
        if found.__class__ is not tuple:
            return wanting
        for row in found:
            inside = Within(scope.facts, scope.now, scope.calendar, row, scope)
            answer = test(inside) if isinstance(row, Mapping) else wanting
            if answer is settling:
                return settling
            if answer.__class__ is Unknown:
                unknown = answer if unknown is None else merged(unknown, answer)
        return not settling if unknown is None else unknown

    return decide
