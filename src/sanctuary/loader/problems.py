"""What is wrong with a definition, and where? One value a problem; finding problems is everyone else's work."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Place:
    """A place in a file. Lines and columns count from 1."""

    file: str
    line: int
    column: int


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Problem:
    """Something to put right. `message` says what, in words for the person who wrote the file."""

    file: str
    line: int
    column: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: {self.message}"


def problem(place: Place, message: str) -> Problem:
    """`message` about what stands at `place`."""
    return Problem(file=place.file, line=place.line, column=place.column, message=message)


def ordered(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Each problem once, in the order in which a reader of the files meets them."""
    return tuple(sorted(set(problems)))
