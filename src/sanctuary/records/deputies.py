"""Who plays a colleague's part while that colleague is away, and from when to when? It begins and ends by itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sanctuary.records.arranging import deciding
from sanctuary.records.query import row, rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Deputy:
    """`name` plays the part of `for_name`, from `starts` until `ends`. `now`: that time has begun."""

    id: UUID
    account: UUID
    name: str
    for_account: UUID
    for_name: str
    role: str
    starts: datetime
    ends: datetime
    now: bool


def of_agency() -> Sequence[Deputy]:
    """The deputies of the asker's agency whose time is not over, the next to begin first."""
    found = rows(
        "select d.id, a.id, a.name, f.id, f.name, f.role, d.starts, d.ends, d.starts <= now() from deputy d "
        "join account a on a.id = d.account_id join account f on f.id = d.for_account "
        "where d.ends > now() and a.is_active and f.is_active order by d.starts, lower(f.name), d.id"
    )
    return [
        Deputy(
            id=UUID(str(identity)), account=UUID(str(account)), name=name, for_account=UUID(str(colleague)),
            for_name=for_name, role=role, starts=starts, ends=ends, now=begun,
        )
        for identity, account, name, colleague, for_name, role, starts, ends, begun in found
    ]  # fmt: skip


def appoint(account: UUID, in_place_of: UUID, starts: datetime, ends: datetime) -> UUID:
    """The id of a new deputy. Raises arranging.NotTheirs where it is not for the asker, or there is no such time."""
    made = uuid4()
    with deciding():
        row(
            "select appoint_deputy(%s, %s, %s, %s::timestamptz, %s::timestamptz)",
            [made, account, in_place_of, starts, ends],
        )
    return made


def end(deputy: UUID) -> bool:
    """Whether there was one to end, which is over from now on."""
    found = row("select end_deputy(%s)", [deputy])
    return bool(found and found[0])


def act_for(session_token: str, deputy: UUID | None) -> bool:
    """From the next request on play the colleague's part in this session; None: one's own. False: none such now."""
    found = row("select act_for(%s, %s::uuid)", [session_token, deputy])
    return bool(found and found[0])
