"""Let the clock of a step stand still for a reason, and start it again."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from sanctuary.actions.held import Held, No, hold, once, record
from sanctuary.actions.results import Faulty, Recorded, Refused, Result
from sanctuary.core.access import may_do
from sanctuary.core.events import EventKind
from sanctuary.core.scheme import Scheme


@transaction.atomic
def pause_clock(*, case_id: UUID, step: str, reason: str, key: UUID, now: datetime, cause: str = "") -> Result:
    """Stop the clocks that `step` ends, for `reason`. They go on from where they stood when they are started again.

    `cause` is one of the scheme's coded causes, where it has any; its title is the reason where no other is given.
    """
    return once(key, lambda: _paused(case_id, step, reason.strip(), cause, now), "pause", case_id, step, reason, cause)


@transaction.atomic
def resume_clock(*, case_id: UUID, step: str, key: UUID, now: datetime) -> Result:
    """Start the clocks of `step` again."""
    return once(key, lambda: _resumed(case_id, step, now), "resume", case_id, step)


def _paused(case_id: UUID, name: str, reason: str, cause: str, now: datetime) -> Recorded:
    held = _held(case_id, name, now, paused=False)
    faults = _faults(held.scheme, reason, cause)
    if faults:
        raise No(Faulty(faults=faults))
    said = reason or held.scheme.pauses[cause].title
    return record(held, [held.event(EventKind.PAUSED, now, name, reason=said, cause=cause)], now)


def _resumed(case_id: UUID, name: str, now: datetime) -> Recorded:
    held = _held(case_id, name, now, paused=True)
    return record(held, [held.event(EventKind.RESUMED, now, name)], now)


def _held(case_id: UUID, name: str, now: datetime, paused: bool) -> Held:
    """The case, where the person may change the clock of the step, and it is `paused` or is not."""
    held = hold(case_id, now)
    step = held.step(name)
    stands_still = any(pause.step == name and pause.end is None for pause in held.facts.pauses)
    if stands_still is not paused or not may_do(held.scheme, step, held.facts, held.staff.role):
        raise No(Refused(reasons=(f"The clock of “{step.title}” cannot be changed like that now.",)))
    return held


def _faults(scheme: Scheme, reason: str, cause: str) -> dict[str, str]:
    if scheme.pauses:
        return {} if cause in scheme.pauses else {"cause": "Choose what it has to wait for"}
    return {} if reason else {"reason": "Enter the reason for the pause"}
