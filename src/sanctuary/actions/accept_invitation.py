"""Accept an invitation: its link and code, together, once."""

from __future__ import annotations

from uuid import UUID

from sanctuary.records import invitations


def accept_invitation(token: str, code: str) -> UUID | None:
    """The account that it opens; None where it opens nothing: nobody is told why, and the tries are counted."""
    return invitations.accept(token, code)
