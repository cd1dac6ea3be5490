"""Open a case in an emergency: for one person, for some hours, in everybody's sight."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from uuid import UUID, uuid5

from django.db import transaction

from sanctuary.actions.held import hold, record
from sanctuary.actions.results import Faulty, Missing, Recorded
from sanctuary.core.emergencies import UNDERSTOOD
from sanctuary.core.events import EventKind
from sanctuary.core.shares import Terms
from sanctuary.core.sharing import ceiling
from sanctuary.records import emergencies, idempotency, search
from sanctuary.records.search import Purpose

_NOTHING = "nothing"


@transaction.atomic
def open_emergency(
    *, reference: str, reason: str, understood: Collection[str], key: UUID, now: datetime
) -> Recorded | Faulty | Missing:
    """Let this person see the case of this reference for some hours, as far as their role may ever see one.

    Missing where there is no such case, where they must not see it, or where they have tried too often: nobody can
    tell which. The try is noted whatever comes of it, so this never raises for a "no".
    """
    faults = _faults(reference, reason, understood)
    if faults:
        return Faulty(faults=faults)
    wanted = search.normal(Purpose.REFERENCE, reference)
    outcome = idempotency.once(uuid5(key, f"{wanted} {reason}"), lambda: _opened(wanted, reason.strip(), now))
    if outcome == _NOTHING:
        return Missing()
    case_id, found, seq = outcome.split()
    return Recorded(case_id=UUID(case_id), reference=found, seq=int(seq))


def _faults(reference: str, reason: str, understood: Collection[str]) -> dict[str, str]:
    wrong = {} if reference.strip() else {"reference": "Enter the reference of the case"}
    if not reason.strip():
        wrong["reason"] = "Enter why you need to see it now"
    if set(UNDERSTOOD) - set(understood):
        wrong["understood"] = "Select all three, if they are so. If not, ask the agency that has the case"
    return wrong


def _opened(reference: str, reason: str, now: datetime) -> str:
    given = emergencies.break_glass(reference, reason)
    if given is None:
        return _NOTHING
    held = hold(given.case_id, now)
    scheme, staff = held.scheme, held.staff
    terms = Terms(
        number=given.number,
        role=staff.role,
        agency=staff.agency,
        parts=tuple(name for name in scheme.compartments if name in ceiling(scheme, staff.role)),
        purpose=reason,
        until=given.until,
        account=str(staff.account),
    )
    done = record(held, [replace(held.event(EventKind.EMERGENCY, now), share=terms)], now)
    return f"{done.case_id} {done.reference} {done.seq}"
