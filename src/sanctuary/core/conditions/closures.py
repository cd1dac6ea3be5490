"""Which closures decide a typed tree? The quickest that fits each term; what they do is in their own modules."""

from __future__ import annotations

import operator
from typing import Any

from sanctuary.core.clocks import Period
from sanctuary.core.conditions import compare, leaves, verdicts
from sanctuary.core.conditions.leaves import Decide, Find
from sanctuary.core.conditions.tree import (
    MIRRORED,
    Clock,
    Column,
    Comparison,
    Each,
    Either,
    Fact,
    Fixed,
    Has,
    Includes,
    Joined,
    Not,
    OneOf,
    Size,
    Sum,
    Term,
    reads,
)
from sanctuary.core.facts import Unknown

_ORDER = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge}


def closure(term: Term) -> Find:
    """A closure from scope to the value of `term`: for a condition True, False or Unknown."""
    match term:
        case Fixed():
            return _constantly(term.value)
        case Fact() | Column():
            return leaves.settled(_raw(term), _wanting(term), term.kind)
        case Clock():
            return leaves.clock(term.kind)
        case Sum():
            return _sum(term)
        case Size():
            return compare.size(closure(term.of), _wanting(term))
        case Either():
            return verdicts.either(closure(term.test), closure(term.yes), closure(term.no))
        case _:
            return _verdict(term)


def _verdict(term: Has | Comparison | OneOf | Includes | Not | Joined | Each) -> Decide:
    match term:
        case Has():
            return leaves.answered(_raw(term.of), _wanting(term))
        case Comparison():
            return _comparison(term)
        case OneOf():
            return _one_of(term)
        case Includes():
            return _includes(term)
        case Not():
            return verdicts.opposite(closure(term.operand))
        case Joined():
            return verdicts.joined(tuple(map(closure, term.operands)), term.operator == "||")
        case _:
            return verdicts.each(closure(term.rows), closure(term.test), term.word == "exists", _wanting(term.rows))


def _constantly(value: Any) -> Find:
    return lambda scope: value


def _raw(term: Fact | Column) -> Find:
    return leaves.fact(term.name) if isinstance(term, Fact) else leaves.column(term.column, term.depth)


def _wanting(term: Term) -> Unknown:
    return Unknown(reads(term))


def _sum(term: Sum) -> Find:
    if isinstance(term.right, Fixed) and isinstance(term.right.value, Period):
        sign = 1 if term.operator == "+" else -1
        return compare.moved(closure(term.left), term.right.value, sign, term.kind, _wanting(term))
    operation = operator.add if term.operator == "+" else operator.sub
    return compare.worked_out(closure(term.left), closure(term.right), operation, _wanting(term))


def _comparison(term: Comparison) -> Decide:
    if isinstance(term.left, Fixed):
        mirrored = MIRRORED[term.operator]
        return _comparison(Comparison(operator=mirrored, left=term.right, right=term.left))
    left, right, order = term.left, term.right, _ORDER.get(term.operator)
    if isinstance(left, Fact) and isinstance(right, Fixed):
        if order:
            return compare.fact_ordered(left.name, order, right.value)
        return compare.fact_equals(left.name, right.value, term.operator == "==")
    if order:
        return compare.worked_out(closure(left), closure(right), order, _wanting(term))
    return compare.equal(closure(left), closure(right), term.operator == "==")


def _one_of(term: OneOf) -> Decide:
    literals = frozenset(option.value for option in term.options)
    if isinstance(term.item, Fact):
        return compare.fact_one_of(term.item.name, literals)
    return compare.one_of(closure(term.item), literals, _wanting(term))


def _includes(term: Includes) -> Decide:
    if isinstance(term.item, Fixed) and isinstance(term.choices, Fact):
        return compare.fact_includes(term.choices.name, term.item.value)
    return compare.includes(closure(term.item), closure(term.choices), _wanting(term.choices))
