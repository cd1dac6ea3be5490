"""Make a copy of what is recorded about the person of a case, from what was ticked; it leaves when two people agree."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from sanctuary.actions.packed import Held, copy_of, held, plan, wrong_with
from sanctuary.actions.results import Faulty, Missing, Refused
from sanctuary.core.packs import Choices, chosen, refused
from sanctuary.gateways.copies import copy_as_pdf
from sanctuary.records import cases, idempotency, packs

MOVED_ON = "Something was recorded in this case while you were choosing. Look through what would go in once more."


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A pack that is kept, sealed, until it is let go."""

    pack: UUID


class _No(Exception):
    def __init__(self, result: Refused | Faulty | Missing) -> None:
        super().__init__(type(result).__name__)
        self.result = result


@transaction.atomic
def make_pack(
    *, case_id: UUID, choices: Choices, expected_seq: int, key: UUID, now: datetime
) -> Made | Refused | Faulty | Missing:
    """Make the pack, once for this `key`, in place of what this person made of the case before."""
    try:
        return Made(pack=UUID(idempotency.once(key, lambda: str(_made(case_id, choices, expected_seq, now)))))
    except _No as no:
        return no.result


def _made(case_id: UUID, choices: Choices, expected_seq: int, now: datetime) -> UUID:
    it = held(case_id, choices.recipient)
    if it is None:
        raise _No(Missing())
    if it.seq != expected_seq:
        raise _No(Refused(reasons=(MOVED_ON,)))
    if why := refused(it.offered, choices):
        raise _No(Faulty(faults={"named": why}))
    items = chosen(it.offered, choices)
    if not items:
        raise _No(Faulty(faults={"tick": "Tick at least one thing that is to go in"}))
    file = copy_as_pdf(copy_of(it, choices, now))
    if wrong := wrong_with(file, it, choices):
        raise _No(Refused(reasons=wrong))
    return _kept(it, choices, file, {it.numbers[item.lies] for item in items}, len(items))


def _kept(it: Held, choices: Choices, file: bytes, parts: set[int], items: int) -> UUID:
    to = choices.recipient.value
    try:
        return packs.keep(it.case_id, it.seq, recipient=to, items=items, parts=parts, file=file, plan=plan(choices))
    except cases.NotAllowed as other:
        raise _No(Refused(reasons=(MOVED_ON,))) from other
