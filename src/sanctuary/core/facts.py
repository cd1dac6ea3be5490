"""What is known about a case? Answers by step and question, and what happened when; nothing computed from them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import Enum
from typing import Union

from sanctuary.core.shares import Share


class Silence(Enum):
    """An answer that is no value. A question that was never asked has no entry at all; only that may be asked again."""

    NOT_APPLICABLE = "not_applicable"
    NOT_KNOWN = "not_known"
    DECLINED = "declined"


# A row of a repeating question maps its questions to values. Money is Decimal pounds; moments are aware.
Value = Union[str, int, Decimal, date, datetime, timedelta, Silence, tuple["Value", ...], Mapping[str, "Value"]]
# Keys are "step.question". Yes and no are the strings "yes" and "no".
Answers = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Unknown:
    """The third answer: not decided, and the facts ("step.question") any of which might settle it."""

    facts: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """A stretch in which the clocks of `step` stood still, and why; `end` None: they still do.

    `cause` is the coded reason, "" where the scheme has none.
    """

    step: str
    start: datetime
    end: datetime | None
    reason: str
    cause: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Override:
    """That a rule was set aside for this case: when, by the role of whom, and why."""

    at: datetime
    role: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """What a question was answered the time before, and when its step had been done."""

    at: datetime
    value: Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """A case as its events tell it, up to and including event number `seq`.

    `done`, `asked` map a step to when; `done_by` to the role that did it; `times` to how often it was done.
    `reopened` says why a step is to be done again; `reopened_at` when it last was reopened, done since or not.
    `opened_by` and `opened_for` are the role and agency that opened the case, `done_for` the agencies that did steps;
    `withdrawn` maps a consent to when; `overridden` a rule, "gate.criterion", to who set it aside;
    `passed_on` a step to the role that it was passed on to; `earlier` are the answers of steps before they began anew;
    `shares` what was given by an act and not taken back, by the number of its event.
    """

    opened_at: datetime
    area: str
    seq: int = 0
    version: str = ""
    opened_by: str = ""
    opened_for: str = ""
    answers: Answers = field(default_factory=dict)
    earlier: Mapping[str, Earlier] = field(default_factory=dict)
    drafts: Answers = field(default_factory=dict)
    done: Mapping[str, datetime] = field(default_factory=dict)
    done_by: Mapping[str, str] = field(default_factory=dict)
    done_for: Mapping[str, str] = field(default_factory=dict)
    times: Mapping[str, int] = field(default_factory=dict)
    asked: Mapping[str, datetime] = field(default_factory=dict)
    acknowledged: Mapping[str, frozenset[str]] = field(default_factory=dict)
    reopened: Mapping[str, str] = field(default_factory=dict)
    reopened_at: Mapping[str, datetime] = field(default_factory=dict)
    pauses: tuple[Pause, ...] = ()
    withdrawn: Mapping[str, datetime] = field(default_factory=dict)
    overridden: Mapping[str, Override] = field(default_factory=dict)
    passed_on: Mapping[str, str] = field(default_factory=dict)
    shares: Mapping[int, Share] = field(default_factory=dict)
