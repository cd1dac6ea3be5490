"""What happened? The kinds of event a case is made of; not how they are kept (records) or what follows (progress)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum

from sanctuary.core.facts import Value


class EventKind(Enum):
    """Everything that can happen to a case. What each does to the facts: `facts.fold`."""

    OPENED = "opened"  # area
    ANSWERED = "answered"  # step, answers (in one compartment)
    DRAFTED = "drafted"  # step, answers not yet handed in
    DONE = "done"  # step
    ASKED = "asked"  # step: an enquiry has gone out
    ACKNOWLEDGED = "acknowledged"  # step, role: a notice was seen
    REOPENED = "reopened"  # step, reason: it has to be done again
    PAUSED = "paused"  # step, reason: its clocks stand still
    RESUMED = "resumed"  # step
    MOVED = "moved"  # version: the case goes on under another version of its scheme


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One thing that happened. `at` is aware: when it happened, which may be before it was recorded.

    `role` and `agency` say who did it; `answers` maps question names of `step` to values.
    """

    kind: EventKind
    at: datetime
    step: str = ""
    answers: Mapping[str, Value] = field(default_factory=dict)
    role: str = ""
    agency: str = ""
    area: str = ""
    reason: str = ""
    version: str = ""
