"""Do a step: hand in its answers, with whatever follows from them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from sanctuary.actions.held import Held, No, hold, once, record, refuse_unless_theirs, refuse_within_reach
from sanctuary.actions.results import Faulty, Recorded, Result
from sanctuary.core.access import may_do
from sanctuary.core.answers import Plain
from sanctuary.core.forms import Reading, anew, hand_in, read
from sanctuary.core.known import known
from sanctuary.core.scheme import Step


@transaction.atomic
def complete_step(
    *, case_id: UUID, step: str, plain: Mapping[str, Plain] | None, expected_seq: int, key: UUID, now: datetime
) -> Result:
    """Record the step as done with the answers `plain`, or, where that is None, with those saved as its drafts.

    Where it is not this person's to hand in, it is passed on with them: nothing that they wrote is lost.
    """
    return once(key, lambda: _completed(case_id, step, plain, expected_seq, now), "complete", case_id, step, plain)


def _completed(
    case_id: UUID, name: str, plain: Mapping[str, Plain] | None, expected_seq: int, now: datetime
) -> Recorded:
    held = hold(case_id, now, expected_seq, name)
    step = held.step(name)
    roles = [role for role in held.scheme.roles if may_do(held.scheme, step, held.facts, role)]
    progress = refuse_unless_theirs(held, step, now, roles)
    reading = _read(held, step, plain, now)
    if reading.faults:
        raise No(Faulty(faults=reading.faults))
    refuse_within_reach(held.scheme, step, reading.answers, held.facts, progress.reads[held.staff.role], held.id)
    return record(held, held.handed_in(now, step, reading.answers), now)


def _read(held: Held, step: Step, plain: Mapping[str, Plain] | None, now: datetime) -> Reading:
    so_far, calendar = anew(step, known(held.scheme, held.facts, now), {}), held.scheme.calendar
    if plain is None:
        return hand_in(step, held.facts.drafts, so_far, now, calendar)
    return read(step, plain, so_far, now, calendar)
