"""Keep answers to a step without handing them in: save and come back later."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from sanctuary.actions.held import No, hold, once, record, refuse_unless_theirs
from sanctuary.actions.results import Faulty, Recorded, Result
from sanctuary.core.access import may_do
from sanctuary.core.answers import Plain
from sanctuary.core.events import EventKind
from sanctuary.core.forms import anew, read
from sanctuary.core.progress import known


@transaction.atomic
def save_draft(
    *,
    case_id: UUID,
    step: str,
    plain: Mapping[str, Plain],
    expected_seq: int,
    key: UUID,
    now: datetime,
    section: str = "",
) -> Result:
    """Keep the answers `plain` to the step, or to one section of it; nothing need be complete, nothing rests on it."""
    return once(key, lambda: _saved(case_id, step, plain, expected_seq, now, section))


def _saved(
    case_id: UUID, name: str, plain: Mapping[str, Plain], expected_seq: int, now: datetime, section: str
) -> Recorded:
    held = hold(case_id, expected_seq, name)
    step = held.step(name)
    roles = [role for role in held.scheme.roles if may_do(held.scheme, step, held.facts, role)]
    refuse_unless_theirs(held, step, now, roles)
    so_far = anew(step, known(held.scheme, held.facts, now), held.facts.drafts)
    reading = read(step, plain, so_far, now, held.scheme.calendar, drafting=True, section=section)
    if reading.faults:
        raise No(Faulty(faults=reading.faults))
    return record(held, held.answered(EventKind.DRAFTED, now, step, reading.answers), now)
