"""Invite somebody into one's own agency, or set up anew the way in of somebody who lost what they sign in with."""

from __future__ import annotations

from uuid import UUID

from sanctuary.actions import definitions
from sanctuary.actions.arranging import Outcome, arranged
from sanctuary.actions.parts_played import parts
from sanctuary.actions.results import Faulty, Missing
from sanctuary.records import accounts, invitations
from sanctuary.records.invitations import Asked

NO_SUCH_ROLE = "Choose a role that your agency plays in a scheme"


def invite_person(asked: Asked) -> Outcome:
    """`Invited` with the keys of the invitation, which nobody can look up again."""
    staff = accounts.current()
    if staff is None:
        return Missing()
    if asked.role not in parts(definitions.running(), staff.agency):
        return Faulty(faults={"role": NO_SUCH_ROLE})
    return arranged(lambda: invitations.invite(asked))


def invite_again(account: UUID) -> Outcome:
    """From now on nothing that they had opens their account: only the new invitation does. Raises an alarm."""
    return arranged(lambda: invitations.invite_again(account))
