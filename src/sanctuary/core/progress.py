"""Where does a case stand, what is next, whose turn is it and why? The one question that everything else feeds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sanctuary.core.reasons import Reason
from sanctuary.core.stages import Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """A step that has been done, when, by which role and how often."""

    step: str
    at: datetime
    role: str
    times: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Open:
    """A step that can be done now. `who`: the roles whose turn it is; `due` None: no target.

    `since` is when it came to be open; `asked` when an enquiry went out; `paused` the reason for which its clock stands still.
    """

    step: str
    who: tuple[str, ...]
    since: datetime
    due: datetime | None
    overdue: bool
    asked: datetime | None = None
    paused: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A step that applies but cannot be done yet: `on` names steps, facts or (with `until`) a time."""

    step: str
    on: tuple[str, ...]
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockState:
    """A clock of the scheme in this case. `due` None: not started, or the document states no target."""

    clock: str
    started: datetime | None
    due: datetime | None
    ended: datetime | None
    overdue: bool
    charged_to: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """The answer. `outcome` is "open", "stopped" or a closing reason; `unknown` the facts that would settle what is undecided;
    `available` the steps that may be done at any time; `reads` the compartments that each role may read now;
    `agencies` who plays each role; `recheck_at` when time alone may next change the answer.
    """

    scheme: str
    version: str
    at: datetime
    stage: Stage
    outcome: str
    done: tuple[Done, ...]
    open: tuple[Open, ...]
    waiting: tuple[Waiting, ...]
    stopped: tuple[Reason, ...]
    unknown: tuple[str, ...]
    available: tuple[str, ...]
    clocks: tuple[ClockState, ...]
    reads: Mapping[str, frozenset[str]]
    agencies: Mapping[str, str]
    recheck_at: datetime | None
