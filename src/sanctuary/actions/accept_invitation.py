"""Accept an invitation: its link and code, together, once."""

from __future__ import annotations

from sanctuary.records import invitations
from sanctuary.records.ways import Holder


def accept_invitation(token: str, code: str) -> Holder | None:
    """Who sets up now how they sign in; None where it opens nothing: nobody is told why, and the tries are counted."""
    return invitations.accept(token, code)
