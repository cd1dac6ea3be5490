"""What does a condition mean, once names and types are settled? The typed tree that closures and words are made of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from sanctuary.core.clocks import Period
from sanctuary.core.conditions.types import FactType, Kind
from sanctuary.core.facts import Value

# Each comparison with its sides exchanged.
MIRRORED = {"==": "==", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fixed:
    """A value written out."""

    kind: Kind
    value: Value | Period | bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """The answer to `name`, "step.question"."""

    type: FactType
    name: str

    @property
    def kind(self) -> Kind:
        """The kind of answer."""
        return self.type.kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """The answer to `column` in a row; `name` is "step.question.column", `depth` counts rows outwards from 0."""

    type: FactType
    name: str
    column: str
    depth: int

    @property
    def kind(self) -> Kind:
        """The kind of answer."""
        return self.type.kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """`now`, a moment, or `today`, a date."""

    kind: Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """`left + right` or `left - right`."""

    kind: Kind
    operator: str
    left: Term
    right: Term


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """How many rows, choices or characters there are."""

    kind: ClassVar[Kind] = Kind.NUMBER
    of: Fact | Column


@dataclass(frozen=True, slots=True, kw_only=True)
class Has:
    """Whether there is an answer that is a value."""

    kind: ClassVar[Kind] = Kind.BOOL
    of: Fact | Column


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """`left operator right`, with the operator one of == != < <= > >=."""

    kind: ClassVar[Kind] = Kind.BOOL
    operator: str
    left: Term
    right: Term


@dataclass(frozen=True, slots=True, kw_only=True)
class OneOf:
    """`item in [options]`."""

    kind: ClassVar[Kind] = Kind.BOOL
    item: Term
    options: tuple[Fixed, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Includes:
    """`item in choices`, with the answer to a question of several choices."""

    kind: ClassVar[Kind] = Kind.BOOL
    item: Term
    choices: Fact | Column


@dataclass(frozen=True, slots=True, kw_only=True)
class Not:
    """The opposite."""

    kind: ClassVar[Kind] = Kind.BOOL
    operand: Term


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """All (`&&`) or any (`||`) of the operands."""

    kind: ClassVar[Kind] = Kind.BOOL
    operator: str
    operands: tuple[Term, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Either:
    """One of two terms of the same kind, by a test."""

    kind: Kind
    test: Term
    yes: Term
    no: Term


@dataclass(frozen=True, slots=True, kw_only=True)
class Each:
    """Whether some (`exists`) or all of the rows pass the test."""

    kind: ClassVar[Kind] = Kind.BOOL
    word: str
    variable: str
    rows: Fact
    test: Term


Term = Fixed | Fact | Column | Clock | Sum | Size | Has | Comparison | OneOf | Includes | Not | Joined | Either | Each


def parts(term: Term) -> tuple[Term, ...]:
    """The terms that `term` is directly made of."""
    match term:
        case Fixed() | Fact() | Column() | Clock():
            return ()
        case Size() | Has():
            return (term.of,)
        case Sum() | Comparison():
            return (term.left, term.right)
        case OneOf():
            return (term.item, *term.options)
        case Includes():
            return (term.item, term.choices)
        case Not():
            return (term.operand,)
        case Joined():
            return term.operands
        case Either():
            return (term.test, term.yes, term.no)
        case _:
            return (term.rows, term.test)


def walk(term: Term) -> Iterator[Term]:
    """`term` and every term inside it."""
    yield term
    for part in parts(term):
        yield from walk(part)


def reads(term: Term) -> frozenset[str]:
    """The names of all facts and columns that `term` may look at."""
    return frozenset(part.name for part in walk(term) if isinstance(part, (Fact, Column)))


def is_constant(term: Term) -> bool:
    """Whether `term` is the same whatever is answered and whenever it is asked."""
    return not any(isinstance(part, (Fact, Column, Clock)) for part in walk(term))


def looks_at_row(term: Term, depth: int = 0) -> bool:
    """Whether `term` asks about the row that is `depth` rows outwards from it."""
    if isinstance(term, Column):
        return term.depth == depth
    return any(looks_at_row(part, depth + isinstance(term, Each)) for part in parts(term))
