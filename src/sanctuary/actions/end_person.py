"""End the account of somebody who leaves: at once, with everything that they had open."""

from __future__ import annotations

from uuid import UUID

from sanctuary.actions.arranging import Outcome, arranged
from sanctuary.records import people


def end_person(account: UUID) -> Outcome:
    """What they recorded stays, under their name. `Refused` for the last administrator of the agency."""
    return arranged(lambda: people.end(account))
