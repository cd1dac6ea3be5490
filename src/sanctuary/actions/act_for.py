"""Begin or stop playing a colleague's part, in this session."""

from __future__ import annotations

from uuid import UUID

from sanctuary.actions.arranging import Outcome, arranged
from sanctuary.records import context, deputies


def act_for(deputy: UUID | None) -> Outcome:
    """From the next request on; None: one's own part again. `Missing` where one is no such deputy now."""
    return arranged(lambda: deputies.act_for(context.token() or "", deputy))
