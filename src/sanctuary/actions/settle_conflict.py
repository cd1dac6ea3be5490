"""Look at a conflict of interest: it stays, or two people lift it."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from sanctuary.actions.arranging import Arranged, Outcome, arranged
from sanctuary.actions.results import Missing, Refused
from sanctuary.core.proposals import Act
from sanctuary.records import cases, proposals, screening

_NOT_YET = "Nobody else has agreed to it yet, or what was agreed to has lapsed. Ask again where it is still right."


def keep_conflict(account: UUID, case_id: UUID) -> Outcome:
    """It was looked at, and the colleague stays shut out."""
    return arranged(lambda: screening.keep(account, case_id))


@transaction.atomic
def ask_to_lift(account: UUID, case_id: UUID) -> Outcome:
    """Ask a second person to agree that the colleague may see the case again."""
    try:
        proposals.propose(Act.LIFT_CONFLICT, case_id, account)
    except cases.NotAllowed:
        return Missing()
    return Arranged()


@transaction.atomic
def lift_conflict(account: UUID, case_id: UUID) -> Outcome:
    """Lift it, where another person agreed to that."""
    for proposal in proposals.of_subject(Act.LIFT_CONFLICT, case_id, account):
        if proposal.agreed and proposal.carried_out is None and screening.lift(proposal.id, account, case_id):
            return Arranged()
    return Refused(reasons=(_NOT_YET,))


@transaction.atomic
def look_at_crossing(crossing: UUID, outcome: str) -> Outcome:
    """Record what a specialist found two cases with the same people to be."""
    return Arranged() if screening.look_at(crossing, outcome) else Missing()
