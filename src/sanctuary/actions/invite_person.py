"""Invite somebody into one's own agency, or set up anew the way in of somebody who lost what they sign in with."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sanctuary.actions import definitions
from sanctuary.actions.arranging import Outcome, arranged
from sanctuary.actions.parts_played import parts
from sanctuary.actions.results import Faulty, Missing
from sanctuary.core.answers import is_email
from sanctuary.records import accounts, invitations
from sanctuary.records.invitations import Asked

NO_SUCH_ROLE = "Choose a role that your agency plays in a scheme"


def invite_person(asked: Asked) -> Outcome:
    """`Invited` with the keys of the invitation, which nobody can look up again."""
    staff = accounts.current()
    if staff is None:
        return Missing()
    faults = _faults(staff.agency, asked)
    if faults:
        return Faulty(faults=faults)
    return arranged(lambda: invitations.invite(asked))


def invite_again(account: UUID) -> Outcome:
    """From now on nothing that they had opens their account: only the new invitation does. Raises an alarm."""
    return arranged(lambda: invitations.invite_again(account))


def invite_from_outside(*, agency: str, email: str, name: str, role: str, duties: Sequence[str]) -> Outcome:
    """Into any agency, by whoever runs the site; who has an account there sets up their way in anew.

    `Missing` where there is no such agency.
    """
    asked = Asked(email=email.strip().lower(), name=name.strip(), role=role, duties=frozenset(duties))
    faults = _faults(agency, asked)
    if faults:
        return Faulty(faults=faults)
    return arranged(lambda: invitations.invite_from_outside(agency, asked))


def _faults(agency: str, asked: Asked) -> dict[str, str]:
    played = parts(definitions.running(), agency)
    faults = {}
    if not asked.name:
        faults["name"] = "Enter their name"
    if not is_email(asked.email):
        faults["email"] = "Enter an email address, like name@council.example"
    if asked.role not in played:
        faults["role"] = NO_SUCH_ROLE
    return faults
