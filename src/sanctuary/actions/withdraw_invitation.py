"""Withdraw an invitation: its link and code open nothing any more."""

from __future__ import annotations

from uuid import UUID

from sanctuary.actions.arranging import Outcome, arranged
from sanctuary.records import invitations


def withdraw_invitation(invitation: UUID) -> Outcome:
    """`Missing` where there is none in the asker's agency that is still to be accepted."""
    return arranged(lambda: invitations.withdraw(invitation))
