"""Take back a consent: what rests on it ends with the same transaction."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from sanctuary.actions.held import No, hold, once, record
from sanctuary.actions.results import Missing, Recorded, Refused, Result
from sanctuary.core.consents import GIVEN, consent_of, may_withdraw
from sanctuary.core.events import EventKind
from sanctuary.core.progress import evaluate


@transaction.atomic
def withdraw_consent(*, case_id: UUID, consent: str, reason: str, key: UUID, now: datetime) -> Result:
    """Record that the person takes back `consent`; `reason` may be empty, since nobody has to say why."""
    return once(key, lambda: _withdrawn(case_id, consent, reason, now), "withdraw", case_id, consent, reason)


def _withdrawn(case_id: UUID, name: str, reason: str, now: datetime) -> Recorded:
    held = hold(case_id, now)
    consent = consent_of(held.scheme, name)
    if consent is None:
        raise No(Missing())
    reads = evaluate(held.scheme, held.facts, now).reads.get(held.staff.role, frozenset())
    if not may_withdraw(held.scheme, consent, reads):
        raise No(Refused(reasons=(f"“{consent.title}” is in a part of the record that your role does not read.",)))
    if held.facts.answers.get(consent.name) != GIVEN:
        raise No(Refused(reasons=(f"“{consent.title}” does not hold now, so there is nothing to take back.",)))
    return record(held, [held.event(EventKind.WITHDRAWN, now, name, reason=reason.strip())], now)
