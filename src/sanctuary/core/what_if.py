"""What would make a rule say something else? The answers it looks at, tried one at a time and then in pairs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import chain, combinations, islice

from sanctuary.core.conditions import Kind
from sanctuary.core.conditions.tree import Comparison, Fact, Fixed, Term, walk
from sanctuary.core.facts import Facts, Unknown, Value
from sanctuary.core.known import Known, settle
from sanctuary.core.scheme import Scheme

# Enough for every rule of a scheme that people can read; the rest would not be read either.
MOST_TRIED, MOST_TOLD = 3000, 24
_STEPS = {Kind.NUMBER: 1, Kind.MONEY: Decimal("0.01"), Kind.DATE: timedelta(days=1), Kind.MOMENT: timedelta(minutes=1)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """With these facts otherwise, by name, the answer would be `becomes`."""

    facts: tuple[tuple[str, Value], ...]
    becomes: object


Decide = Callable[[Known], object]


def changes(
    scheme: Scheme, facts: Facts, now: datetime, reads: Iterable[str], trees: Iterable[Term], decide: Decide
) -> tuple[Change, ...]:
    """The fewest other answers to the facts in `reads` that decide it otherwise: single ones, or else pairs.

    `trees` are the conditions that look at them: where they compare with a figure or a date, that is where it turns.
    """
    as_it_is = decide(settle(scheme, facts, now))
    tried = _values(scheme, facts, now, sorted(reads), tuple(trees))
    singles = (((name, value),) for name, value in tried)
    found = _deciding(scheme, facts, now, singles, decide, as_it_is)
    if not found:
        pairs = (pair for pair in combinations(tried, 2) if pair[0][0] != pair[1][0])
        found = _deciding(scheme, facts, now, pairs, decide, as_it_is)
    return found


def _deciding(
    scheme: Scheme,
    facts: Facts,
    now: datetime,
    tried: Iterable[tuple[tuple[str, Value], ...]],
    decide: Decide,
    as_it_is: object,
) -> tuple[Change, ...]:
    found = []
    for changed in islice(tried, MOST_TRIED):
        becomes = decide(settle(scheme, _changed(facts, changed, now), now))
        if becomes != as_it_is and not isinstance(becomes, Unknown) and becomes is not None:
            found.append(Change(facts=changed, becomes=becomes))
    return tuple(found[:MOST_TOLD])


def _changed(facts: Facts, changed: tuple[tuple[str, Value], ...], now: datetime) -> Facts:
    answers = {name: value for name, value in changed if not name.startswith("done.")}
    done = {name.removeprefix("done."): now for name, _ in changed if name.startswith("done.")}
    return replace(facts, answers={**facts.answers, **answers}, done={**facts.done, **done})


def _values(
    scheme: Scheme, facts: Facts, now: datetime, names: Iterable[str], trees: tuple[Term, ...]
) -> list[tuple[str, Value]]:
    """Each fact with every answer that it does not have and that may make a difference."""
    return [
        (name, value)
        for name in names
        for value in dict.fromkeys(_candidates(scheme, facts, name, now, trees))
        if value != facts.answers.get(name)
    ]


def _candidates(scheme: Scheme, facts: Facts, name: str, now: datetime, trees: tuple[Term, ...]) -> Iterator[Value]:
    head, _, step = name.partition(".")
    if head == "done":
        yield from () if step in facts.done else (now,)
        return
    kind = scheme.names.get(name)
    if kind is None or head not in scheme.steps:
        return
    if kind.kind is Kind.CHOICES:
        yield from ((option,) for option in kind.options)
    yield from kind.options if kind.kind is Kind.CHOICE else ()
    yield from chain.from_iterable(_around(tree, name) for tree in trees)


def _around(tree: Term, name: str) -> Iterator[Value]:
    """The figures or dates that `tree` compares the fact with, and those just beside them."""
    for term in walk(tree):
        if not isinstance(term, Comparison):
            continue
        for side, other in ((term.left, term.right), (term.right, term.left)):
            if isinstance(side, Fact) and side.name == name and isinstance(other, Fixed):
                yield from _beside(other)


def _beside(figure: Fixed) -> Iterator[Value]:
    value = figure.value
    if isinstance(value, bool) or not isinstance(value, (int, Decimal, date)):
        return
    step = _STEPS[figure.kind]
    yield from (value, value + step, value - step)  # type: ignore[operator]
