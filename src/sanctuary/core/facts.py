"""What is known about a case? Answers by step and question, and what happened when; nothing computed from them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import Enum
from typing import Union


class Silence(Enum):
    """An answer that is no value. A question that was never asked has no entry at all; only that may be asked again."""

    NOT_APPLICABLE = "not_applicable"
    NOT_KNOWN = "not_known"
    DECLINED = "declined"


# A row of a repeating question maps its questions to values. Money is Decimal pounds; moments are aware.
Value = Union[
    str, int, Decimal, date, datetime, timedelta, Silence, tuple["Value", ...], Mapping[str, "Value"]
]
# Keys are "step.question". Yes and no are the strings "yes" and "no".
Answers = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Unknown:
    """The third answer: not decided, and the facts ("step.question") any of which might settle it."""

    facts: frozenset[str]
