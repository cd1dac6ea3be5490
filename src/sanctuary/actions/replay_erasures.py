"""Destroy again what was destroyed before, where an old copy of the database has brought it back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from sanctuary.actions import definitions
from sanctuary.actions.dispose_record import of_figures
from sanctuary.core.figures import Coded
from sanctuary.gateways import erasures
from sanctuary.records import crypto, disposal
from sanctuary.records.disposal import Certificate


@dataclass(frozen=True, slots=True, kw_only=True)
class Replayed:
    """How many records the ledger names, how many of them were destroyed again, how many the ledger did not know."""

    known: int
    again: int
    added: int


def replay_erasures() -> Replayed:
    """Bring the database and the ledger to say the same. By the owner's login. Raises erasures.Altered."""
    ledger = erasures.entries()
    again = sum(_again(entry) for entry in ledger)
    known = {entry["case"] for entry in ledger}
    lacking = [each for each in disposal.all_certificates() if each["case"] not in known]
    for each in lacking:
        erasures.note(each)
    return Replayed(known=len(ledger), again=again, added=len(lacking))


def _again(entry: Certificate) -> bool:
    """Whether the case was there again. The figures of it are taken from what came back."""
    case_id = UUID(entry["case"])
    if not disposal.still_here([case_id], using="owner"):
        return False
    return disposal.dispose_again(entry, _answers(entry, case_id))


def _answers(entry: Certificate, case_id: UUID) -> Mapping[str, Coded]:
    try:
        with transaction.atomic():
            scheme = definitions.version(entry["version"])
        return of_figures(scheme, disposal.whole(case_id))
    except (LookupError, crypto.Damaged):
        return {}
