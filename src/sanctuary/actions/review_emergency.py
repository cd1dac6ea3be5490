"""Say whether it was right to open a case in an emergency: a second person, with oversight, in words."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from sanctuary.actions.results import Faulty, Missing
from sanctuary.core.emergencies import Verdict
from sanctuary.records import emergencies


@transaction.atomic
def review_emergency(*, emergency: UUID, verdict: str, words: str) -> Faulty | Missing | None:
    """Keep the review; None where it is kept. Missing where there is none for this person, or somebody was first."""
    faults = {} if verdict in {each.value for each in Verdict} else {"verdict": "Select whether it was right"}
    if not words.strip():
        faults["words"] = "Enter how you came to that"
    if faults:
        return Faulty(faults=faults)
    return None if emergencies.review(emergency, Verdict(verdict), words.strip()) else Missing()
