"""Send an enquiry or a notice: from now on the case waits for whoever was asked or told."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from sanctuary.actions.held import No, hold, once, record, refuse_unless_theirs
from sanctuary.actions.results import Recorded, Refused, Result
from sanctuary.core.access import doers, gone_out
from sanctuary.core.consequences import consequences
from sanctuary.core.events import EventKind, fold


@transaction.atomic
def ask_enquiry(*, case_id: UUID, step: str, expected_seq: int, key: UUID, now: datetime) -> Result:
    """Record that the enquiry or notice has gone out. Its clock, where it runs from being asked, starts now."""
    return once(key, lambda: _asked(case_id, step, expected_seq, now), "ask", case_id, step)


def _asked(case_id: UUID, name: str, expected_seq: int, now: datetime) -> Recorded:
    held = hold(case_id, now, expected_seq, name)
    step = held.step(name)
    is_awaited = gone_out(step, held.facts) and name not in held.facts.done  # answered, it may be asked again
    if not (step.asks or step.tells) or is_awaited:
        raise No(Refused(reasons=(f"“{step.title}” is not waiting to be sent.",)))
    refuse_unless_theirs(held, step, now, doers(held.scheme, step, held.facts))
    asked = held.event(EventKind.ASKED, now, name)
    return record(held, [asked, *consequences(held.scheme, fold([asked], held.facts), step, now)], now)
