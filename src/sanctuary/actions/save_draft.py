"""Keep answers to a step without handing them in: save and come back later."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from sanctuary.actions.held import Held, No, hold, once, record, refuse_unless_theirs, refuse_within_reach
from sanctuary.actions.results import Faulty, Recorded, Result
from sanctuary.core.access import may_do
from sanctuary.core.answers import Plain, check
from sanctuary.core.events import NOTHING, EventKind
from sanctuary.core.forms import anew, read
from sanctuary.core.known import known
from sanctuary.core.scheme import Step


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
    saved = ("save", case_id, step, section, plain)
    return once(key, lambda: _saved(case_id, step, plain, expected_seq, now, section), *saved)


def _saved(
    case_id: UUID, name: str, plain: Mapping[str, Plain], expected_seq: int, now: datetime, section: str
) -> Recorded:
    held = hold(case_id, now, expected_seq, name)
    step = held.step(name)
    roles = [role for role in held.scheme.roles if may_do(held.scheme, step, held.facts, role)]
    progress = refuse_unless_theirs(held, step, now, roles)
    emptied = _emptied(held, step, plain, progress.reads[held.staff.role])
    kept = {name: value for name, value in held.facts.drafts.items() if name.partition(".")[2] not in emptied}
    so_far = anew(step, known(held.scheme, held.facts, now), kept)
    reading = read(step, plain, so_far, now, held.scheme.calendar, drafting=True, section=section)
    if reading.faults:
        raise No(Faulty(faults=reading.faults))
    refuse_within_reach(held.scheme, step, reading.answers, held.facts, progress.reads[held.staff.role], held.id)
    answers = {**dict.fromkeys(emptied, NOTHING), **reading.answers}
    return record(held, held.answered(EventKind.DRAFTED, now, step, answers), now)


def _emptied(held: Held, step: Step, plain: Mapping[str, Plain], reads: frozenset[str]) -> frozenset[str]:
    """The questions whose draft this person saw and took out of its box."""
    return frozenset(
        question.name
        for question in step.questions
        if f"{step.name}.{question.name}" in held.facts.drafts and question.compartment in reads
        if question.name in plain and check(question, plain[question.name]) is None
    )
