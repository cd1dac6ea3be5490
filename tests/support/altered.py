"""How can a condition be got wrong? A part left out or turned round, one word for another, a limit moved by a hair."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from sanctuary.core.clocks import Period
from sanctuary.core.conditions import Condition, Kind
from sanctuary.core.conditions.closures import closure
from sanctuary.core.conditions.tree import (
    Comparison,
    Each,
    Either,
    Fact,
    Fixed,
    Joined,
    Not,
    OneOf,
    Sum,
    Term,
    reads,
)

NEIGHBOURS = {"<": "<=", "<=": "<", ">": ">=", ">=": ">"}
Altered = tuple[str, Term]


def altered(tree: Term) -> Iterator[Altered]:
    """What was done to the condition, and what came of it. Each of them once."""
    yield "negated", negated(tree)
    for number, (what, term) in enumerate(_within(tree), start=1):
        yield f"{what}, change {number}", term


def condition(tree: Term) -> Condition:
    """The condition that `tree` says."""
    return Condition(text="", reads=reads(tree), tree=tree, decide=closure(tree))


def negated(term: Term) -> Term:
    """The opposite of `term`."""
    return term.operand if isinstance(term, Not) else Not(operand=term)


def _within(term: Term) -> Iterator[Altered]:
    match term:
        case Not():
            yield from ((what, replace(term, operand=new)) for what, new in _within(term.operand))
        case Joined():
            yield from _joined(term)
        case Comparison():
            yield from _comparison(term)
        case OneOf(options=options) if len(options) > 1:
            for option in options:
                yield (
                    f"without '{option.value}'",
                    replace(term, options=tuple(one for one in options if one is not option)),
                )
        case Either():
            for part in ("test", "yes", "no"):
                yield from ((what, replace(term, **{part: new})) for what, new in _within(getattr(term, part)))
        case Each():
            yield "some for all", replace(term, word="all" if term.word == "exists" else "exists")
            yield from ((what, replace(term, test=new)) for what, new in _within(term.test))
        case Sum(right=Fixed(value=Period() as period)):
            longer = replace(period, count=period.count + 1)
            yield "longer", replace(term, right=replace(term.right, value=longer))


def _joined(term: Joined) -> Iterator[Altered]:
    other = "||" if term.operator == "&&" else "&&"
    yield f"{other} for {term.operator}", replace(term, operator=other)
    for place, operand in enumerate(term.operands):
        before, after = term.operands[:place], term.operands[place + 1 :]
        rest = (*before, *after)
        yield "a part less", rest[0] if len(rest) == 1 else replace(term, operands=rest)
        yield "a part negated", replace(term, operands=(*before, negated(operand), *after))
        for what, new in _within(operand):
            yield what, replace(term, operands=(*before, new, *after))


def _comparison(term: Comparison) -> Iterator[Altered]:
    if term.operator in NEIGHBOURS:
        yield f"{NEIGHBOURS[term.operator]} for {term.operator}", replace(term, operator=NEIGHBOURS[term.operator])
    match term:
        case Comparison(left=Fact() as fact, right=Fixed() as fixed) if fact.kind is Kind.CHOICE:
            options = fact.type.options
            # With two options the neighbour of one is its opposite, which is told apart already.
            if len(options) > 2 and fixed.value in options:
                other = options[(options.index(str(fixed.value)) + 1) % len(options)]
                yield f"'{other}' for '{fixed.value}'", replace(term, right=replace(fixed, value=other))
    for part in ("left", "right"):
        yield from ((what, replace(term, **{part: new})) for what, new in _within(getattr(term, part)))
