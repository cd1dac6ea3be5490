"""What happened? The kinds of event, and the facts they add up to; not how they are kept (records)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from enum import Enum
from typing import Any

from sanctuary.core.facts import Earlier, Facts, Override, Pause, Value
from sanctuary.core.shares import Share, Terms

# The draft of an answer that was taken out of its box: nothing is drafted there any more.
NOTHING = ""


class EventKind(Enum):
    """Everything that can happen to a case. What each does to the facts: `fold`."""

    OPENED = "opened"  # area
    ANSWERED = "answered"  # step, answers (in one compartment)
    DRAFTED = "drafted"  # step, answers not yet handed in
    DONE = "done"  # step
    ASKED = "asked"  # step: an enquiry has gone out
    ACKNOWLEDGED = "acknowledged"  # step, role: a notice was seen
    REOPENED = "reopened"  # step, reason: it has to be done again
    PAUSED = "paused"  # step, reason, cause: its clocks stand still
    RESUMED = "resumed"  # step
    WITHDRAWN = "withdrawn"  # step: the name of a consent; reason
    OVERRIDDEN = "overridden"  # step: the rule, "gate.criterion", that is set aside; reason
    PASSED_ON = "passed_on"  # step, to: the role that is to hand it in
    MOVED = "moved"  # version: the case goes on under another version of its scheme
    SHARED = "shared"  # share: parts of it are open to others for a time
    UNSHARED = "unshared"  # step: the number of a share that ends before its time; reason
    EMERGENCY = "emergency"  # share: one person looks at it in an emergency


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One thing that happened. `at` is aware: when it happened, which may be before it was recorded.

    `role` and `agency` say who did it; `answers` maps question names of `step` to values.
    An event whose compartment was erased has lost all but its kind and time, and counts for nothing.
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
    cause: str = ""
    to: str = ""
    share: Terms | None = None


def fold(events: Iterable[Event], facts: Facts | None = None) -> Facts:
    """The facts that `events` tell, in the order in which they were recorded, on top of `facts` where given.

    Raises ValueError when the first event of a case does not open it.
    """
    state: _State | None = _State(facts) if facts else None
    for event in events:
        if state is None:
            if event.kind is not EventKind.OPENED:
                raise ValueError("a case begins with the event that opens it")
            state = _State(_begun(event))
        if event.step or event.kind in _OF_THE_CASE:
            _TAKE[event.kind](state, event)
        state.seq += 1
    if state is None:
        raise ValueError("a case without events")
    return state.facts()


def _begun(event: Event) -> Facts:
    return Facts(
        opened_at=event.at, area=event.area, version=event.version, opened_by=event.role, opened_for=event.agency
    )


class _State:
    """Facts while they are being folded: the same fields, open to change."""

    __slots__ = tuple(field.name for field in fields(Facts))
    seq: int

    def __init__(self, facts: Facts) -> None:
        for name in self.__slots__:
            value = getattr(facts, name)
            setattr(self, name, dict(value) if isinstance(value, Mapping) else value)

    def facts(self) -> Facts:
        """The facts as they stand."""
        return Facts(**{name: getattr(self, name) for name in self.__slots__})


def _opened(state: Any, event: Event) -> None:
    state.area = event.area or state.area
    state.opened_by, state.opened_for = event.role or state.opened_by, event.agency or state.opened_for
    state.opened_by, state.opened_for = event.role or state.opened_by, event.agency or state.opened_for


def _answered(state: Any, event: Event) -> None:
    """Answers to a step that was done begin it anew: what was said the last time, and not now, is not said any more."""
    if event.step in state.done:
        _begin(state, event.step)
        state.answers = _without(state.answers, event.step)
    for name, value in event.answers.items():
        state.answers[f"{event.step}.{name}"] = value


def _drafted(state: Any, event: Event) -> None:
    for name, value in event.answers.items():
        if value == NOTHING:
            state.drafts.pop(f"{event.step}.{name}", None)
        else:
            state.drafts[f"{event.step}.{name}"] = value


def _done(state: Any, event: Event) -> None:
    step = event.step
    state.done[step] = event.at
    state.done_by[step] = event.role
    state.done_for[step] = event.agency
    state.passed_on.pop(step, None)
    state.times[step] = state.times.get(step, 0) + 1
    state.reopened.pop(step, None)
    state.drafts = _without(state.drafts, step)


def _asked(state: Any, event: Event) -> None:
    """What goes out has been seen by whoever sent it: a notice to all three agencies waits for the other two."""
    _begin(state, event.step)
    state.acknowledged.pop(event.step, None)
    state.asked[event.step] = event.at
    if event.role:
        _acknowledged(state, event)


def _acknowledged(state: Any, event: Event) -> None:
    state.acknowledged[event.step] = state.acknowledged.get(event.step, frozenset()) | {event.role}


def _reopened(state: Any, event: Event) -> None:
    """The step's answers become drafts: they are kept, but nothing rests on them until they are handed in again."""
    step = event.step
    _begin(state, step)
    for kept in (state.asked, state.acknowledged):
        kept.pop(step, None)
    state.drafts.update({name: value for name, value in state.answers.items() if name.partition(".")[0] == step})
    state.answers = _without(state.answers, step)
    state.reopened[step] = event.reason
    state.reopened_at[step] = event.at


def _begin(state: Any, step: str) -> None:
    """The step is not done any more. What was answered in it is kept, to be compared with what will be."""
    if step in state.done:
        said = {name: value for name, value in state.answers.items() if name.partition(".")[0] == step}
        state.earlier.update({name: Earlier(at=state.done[step], value=value) for name, value in said.items()})
    for kept in (state.done, state.done_by, state.done_for):
        kept.pop(step, None)


def _paused(state: Any, event: Event) -> None:
    """A clock that stands still cannot be stopped: its first pause goes on."""
    if any(pause.step == event.step and pause.end is None for pause in state.pauses):
        return
    pause = Pause(step=event.step, start=event.at, end=None, reason=event.reason, cause=event.cause)
    state.pauses = (*state.pauses, pause)


def _resumed(state: Any, event: Event) -> None:
    state.pauses = tuple(
        replace(pause, end=event.at) if pause.step == event.step and pause.end is None else pause
        for pause in state.pauses
    )


def _withdrawn(state: Any, event: Event) -> None:
    state.withdrawn[event.step] = event.at


def _overridden(state: Any, event: Event) -> None:
    state.overridden[event.step] = Override(at=event.at, role=event.role, reason=event.reason)


def _passed_on(state: Any, event: Event) -> None:
    state.passed_on[event.step] = event.to


def _moved(state: Any, event: Event) -> None:
    state.version = event.version or state.version


def _shared(state: Any, event: Event) -> None:
    if event.share is not None:
        state.shares[event.share.number] = Share(terms=event.share, at=event.at, role=event.role, agency=event.agency)


def _unshared(state: Any, event: Event) -> None:
    state.shares.pop(int(event.step), None)


def _without(answers: Mapping[str, Value], step: str) -> dict[str, Value]:
    return {name: value for name, value in answers.items() if name.partition(".")[0] != step}


_OF_THE_CASE = (EventKind.OPENED, EventKind.MOVED, EventKind.SHARED, EventKind.EMERGENCY)
_TAKE: Mapping[EventKind, Callable[[Any, Event], None]] = {
    EventKind.OPENED: _opened,
    EventKind.ANSWERED: _answered,
    EventKind.DRAFTED: _drafted,
    EventKind.DONE: _done,
    EventKind.ASKED: _asked,
    EventKind.ACKNOWLEDGED: _acknowledged,
    EventKind.REOPENED: _reopened,
    EventKind.PAUSED: _paused,
    EventKind.RESUMED: _resumed,
    EventKind.WITHDRAWN: _withdrawn,
    EventKind.OVERRIDDEN: _overridden,
    EventKind.PASSED_ON: _passed_on,
    EventKind.MOVED: _moved,
    EventKind.SHARED: _shared,
    EventKind.UNSHARED: _unshared,
    EventKind.EMERGENCY: _shared,
}
