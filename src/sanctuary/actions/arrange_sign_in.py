"""Arrange how an agency's people come in from its own sign-in, or end that."""

from __future__ import annotations

from django.db import transaction

from sanctuary.actions.results import Faulty
from sanctuary.gateways.home import is_production
from sanctuary.gateways.single_sign_on import NotProved, Provider, may_be_issuer, reach
from sanctuary.records import single_sign_on
from sanctuary.records.arranging import RuleBroken

_NOT_THEIRS = "Only an administrator who has just confirmed who they are can change this"
_NO_OTHER_WAY = (
    "No administrator of your agency could sign in any more. Set up a passkey, or a password and an app, under "
    "“Your account” first"
)


@transaction.atomic
def arrange_sign_in(*, issuer: str, client_id: str, secret: str) -> Faulty | None:
    """Keep the agency's provider, once it has answered; None where it is kept."""
    faults = _faults(issuer, client_id, secret)
    if not faults and not _answers(issuer, client_id, secret):
        faults["issuer"] = (
            "Nothing that can sign people in answers at this address. Check it with whoever gave it to you"
        )
    if not faults and not single_sign_on.arrange(issuer, client_id, secret):
        faults["issuer"] = _NOT_THEIRS
    return Faulty(faults=faults) if faults else None


@transaction.atomic
def end_sign_in() -> Faulty | None:
    """The agency's people come in by their own passkeys and codes alone; None where it is so."""
    try:
        ended = single_sign_on.arrange("", "", "")
    except RuleBroken:
        return Faulty(faults={"end": _NO_OTHER_WAY})
    return None if ended else Faulty(faults={"end": _NOT_THEIRS})


def _faults(issuer: str, client_id: str, secret: str) -> dict[str, str]:
    faults = {}
    if not may_be_issuer(issuer, in_production=is_production()):
        faults["issuer"] = "Enter the whole address of your agency’s sign-in. It begins with https://"
    if not client_id:
        faults["client_id"] = "Enter the client ID that your agency’s sign-in gave to Sanctuary"
    if not secret:
        faults["secret"] = "Enter the client secret that goes with the client ID"  # noqa: S105 - the words of a fault
    return faults


def _answers(issuer: str, client_id: str, secret: str) -> bool:
    try:
        reach(Provider(issuer=issuer, client_id=client_id, secret=secret))
    except NotProved:
        return False
    return True
