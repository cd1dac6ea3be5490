"""Confirm receipt of a notice; the last of those told makes it done."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from sanctuary.actions.held import No, hold, once, record, refuse_unless_theirs
from sanctuary.actions.results import Recorded, Refused, Result
from sanctuary.core.access import gone_out, turn
from sanctuary.core.consequences import consequences
from sanctuary.core.events import EventKind, fold


@transaction.atomic
def acknowledge_notice(*, case_id: UUID, step: str, key: UUID, now: datetime) -> Result:
    """Record that the person's role has received the notice."""
    return once(key, lambda: _acknowledged(case_id, step, now), "acknowledge", case_id, step)


def _acknowledged(case_id: UUID, name: str, now: datetime) -> Recorded:
    held = hold(case_id, now)
    step = held.step(name)
    if not step.tells or not gone_out(step, held.facts):
        raise No(Refused(reasons=(f"“{step.title}” has not been sent.",)))
    refuse_unless_theirs(held, step, now, turn(held.scheme, step, held.facts))
    seen = held.event(EventKind.ACKNOWLEDGED, now, name)
    return record(held, [seen, *consequences(held.scheme, fold([seen], held.facts), step, now)], now)
