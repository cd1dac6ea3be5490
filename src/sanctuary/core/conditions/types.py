"""What may a condition read, and what is known when it is decided? Not how it is written, checked or decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum

from sanctuary.core.clocks import Calendar
from sanctuary.core.facts import Answers


class Kind(Enum):
    """What sort of value a question has. The value is how messages speak of it."""

    BOOL = "a condition"
    TEXT = "text"
    CHOICE = "one choice"
    CHOICES = "several choices"
    NUMBER = "a number"
    MONEY = "an amount of money"
    DATE = "a date"
    MOMENT = "a date with a time"
    DURATION = "a length of time"
    PERIOD = "a period"
    ROWS = "rows"


@dataclass(frozen=True, slots=True, kw_only=True)
class FactType:
    """The type of one question: `options` for choices (none given: any), `columns` for rows."""

    kind: Kind
    options: tuple[str, ...] = ()
    columns: Mapping[str, FactType] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.kind in (Kind.BOOL, Kind.PERIOD):
            raise ValueError(f"the answer to a question is never {self.kind.value}")


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Problem:
    """One thing wrong with a text: where, counted in characters from 0, and what to write instead."""

    offset: int
    message: str


@dataclass(frozen=True, slots=True)
class Scope:
    """What a condition is decided from: the answers so far, the time (aware) and the working calendar."""

    facts: Answers
    now: datetime
    calendar: Calendar

    def __post_init__(self) -> None:
        if self.now.tzinfo is None:
            raise ValueError("now needs a time zone")
