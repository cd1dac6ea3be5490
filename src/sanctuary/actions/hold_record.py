"""Stop the record of a case from being destroyed, whether or not its time has passed; or take that back."""

from __future__ import annotations

import re
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from sanctuary.actions.results import Faulty, Missing
from sanctuary.core.keeping import Ground
from sanctuary.records import disposal

_FILE = re.compile(r"[A-Za-z0-9 ./-]{0,40}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """It is done."""


@transaction.atomic
def hold_record(*, reference: str, ground: str, file: str) -> Held | Faulty | Missing:
    """Place a hold. `file`: the number under which the matter is kept elsewhere, and no name."""
    grounds = {each.value: each for each in Ground}
    faults = {} if ground in grounds else {"ground": "Choose why the record has to stay"}
    if not _FILE.fullmatch(file):
        faults["file"] = "Write the number of the file alone: letters, digits, spaces, dots, strokes, 40 at most"
    if faults:
        return Faulty(faults=faults)
    record = disposal.kept(reference)
    if record is None or not disposal.place_hold(record.case_id, grounds[ground], file):
        return Missing()
    return Held()


@transaction.atomic
def release_hold(hold: UUID) -> Held | Missing:
    """Take a hold away."""
    return Held() if disposal.lift_hold(hold) else Missing()
