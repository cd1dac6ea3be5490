"""Say whom one knows, or how one is known oneself: whoever matches is shut out at once, and nobody is told who does."""

from __future__ import annotations

from django.db import transaction

from sanctuary.records import screening
from sanctuary.records.screening import Details


@transaction.atomic
def declare_somebody(details: Details) -> None:
    """The person asking knows somebody with these details: cases with them are gone for the asker, if there are any."""
    screening.give_known(details)


@transaction.atomic
def declare_case(reference: str) -> None:
    """The person asking knows the people of the case with this reference, if there is one."""
    screening.give_case(reference)


@transaction.atomic
def give_own_details(details: Details) -> None:
    """How the person asking is known themselves, instead of what they gave before."""
    screening.give_own(details)
