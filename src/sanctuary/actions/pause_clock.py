"""Let the clock of a step stand still for a reason, and start it again."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from sanctuary.actions.held import No, hold, once, record
from sanctuary.actions.results import Faulty, Recorded, Refused, Result
from sanctuary.core.access import may_do
from sanctuary.core.events import EventKind


@transaction.atomic
def pause_clock(*, case_id: UUID, step: str, reason: str, key: UUID, now: datetime) -> Result:
    """Stop the clocks that `step` ends, for `reason`. They go on from where they stood when they are started again."""
    return once(key, lambda: _changed(case_id, step, EventKind.PAUSED, reason, now), "pause", case_id, step, reason)


@transaction.atomic
def resume_clock(*, case_id: UUID, step: str, key: UUID, now: datetime) -> Result:
    """Start the clocks of `step` again."""
    return once(key, lambda: _changed(case_id, step, EventKind.RESUMED, "", now), "resume", case_id, step)


def _changed(case_id: UUID, name: str, kind: EventKind, reason: str, now: datetime) -> Recorded:
    held = hold(case_id, now)
    step = held.step(name)
    paused = any(pause.step == name and pause.end is None for pause in held.facts.pauses)
    if kind is EventKind.PAUSED and not reason.strip():
        raise No(Faulty(faults={"reason": "Enter the reason for the pause"}))
    if paused == (kind is EventKind.PAUSED) or not may_do(held.scheme, step, held.facts, held.staff.role):
        raise No(Refused(reasons=(f"The clock of “{step.title}” cannot be changed like that now.",)))
    return record(held, [held.event(kind, now, name, reason=reason.strip())], now)
