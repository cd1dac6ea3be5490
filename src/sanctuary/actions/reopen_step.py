"""Open a step again that was done: its answers become drafts, and nothing rests on them until it is handed in again."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from sanctuary.actions.held import No, hold, once, record
from sanctuary.actions.results import Faulty, Recorded, Refused, Result
from sanctuary.core.access import may_do
from sanctuary.core.events import EventKind


@transaction.atomic
def reopen_step(*, case_id: UUID, step: str, reason: str, expected_seq: int, key: UUID, now: datetime) -> Result:
    """Let the step be done again, for `reason`: a correction, or something new that was learned."""
    return once(key, lambda: _reopened(case_id, step, reason, expected_seq, now), "reopen", case_id, step, reason)


def _reopened(case_id: UUID, name: str, reason: str, expected_seq: int, now: datetime) -> Recorded:
    held = hold(case_id, now, expected_seq, name)
    step = held.step(name)
    if not reason.strip():
        raise No(Faulty(faults={"reason": "Enter the reason for opening it again"}))
    if name not in held.facts.done or not may_do(held.scheme, step, held.facts, held.staff.role):
        raise No(Refused(reasons=(f"“{step.title}” cannot be opened again by you now.",)))
    return record(held, [held.event(EventKind.REOPENED, now, name, reason=reason.strip())], now)
