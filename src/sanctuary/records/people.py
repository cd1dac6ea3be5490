"""Who works for this agency, and what was done about its people? Changing and ending accounts, and the log of it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sanctuary.records.arranging import deciding
from sanctuary.records.query import as_owner, row, rows, run


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody of the agency, as its administrators know them. `team` None: the whole agency."""

    account: UUID
    email: str
    name: str
    role: str
    team: UUID | None
    duties: frozenset[str]
    is_active: bool
    last_seen: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Colleague:
    """Somebody active in the agency, as everybody there may know them."""

    account: UUID
    name: str
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted:
    """What was done about people. `by` is "" where whoever runs the site did it; `about` the person or the invited."""

    at: datetime
    act: str
    by: str
    about: str
    for_whom: str
    detail: Mapping[str, Any]


def everybody() -> Sequence[Person]:
    """The people of the asker's agency, in the order of their names; empty unless the asker is an administrator."""
    found = rows(
        "select id, email, name, role, team_id, duties, is_active, last_seen from people() order by lower(name), email"
    )
    return [
        Person(
            account=UUID(str(account)), email=email, name=name, role=role, team=team and UUID(str(team)),
            duties=frozenset(duties), is_active=is_active, last_seen=last_seen,
        )
        for account, email, name, role, team, duties, is_active, last_seen in found
    ]  # fmt: skip


def colleagues() -> Sequence[Colleague]:
    """The active people of the asker's agency, the asker among them, in the order of their names."""
    found = rows(
        "select id, name, role from account where agency_id = (select (ctx()).agency_id) and is_active "
        "order by lower(name), id"
    )
    return [Colleague(account=UUID(str(account)), name=name, role=role) for account, name, role in found]


def change(account: UUID, *, name: str, role: str, team: UUID | None, duties: Iterable[str]) -> None:
    """From their next request on. Raises arranging.RuleBroken or arranging.NotTheirs."""
    with deciding():
        row("select change_person(%s, %s, %s, %s::uuid, %s::text[])", [account, name, role, team, sorted(duties)])


def end(account: UUID) -> None:
    """Their sessions stop with the next request, and nothing opens their account any more. Raises as `change` does."""
    with deciding():
        row("select end_person(%s)", [account])


def give_duties(account: UUID, duties: Iterable[str]) -> None:
    """Let an account have these duties beside those that it has. By the owner's login, never by a request."""
    with as_owner():
        run(
            "update account set duties = array(select distinct unnest(duties || %s::text[])) where id = %s",
            [sorted(duties), account],
            using="owner",
        )


def log(limit: int, skip: int = 0) -> Sequence[Noted]:
    """What was done about the people of the asker's agency, the newest first; for administrators and oversight."""
    found = rows(
        "select l.at, l.act, b.name, coalesce(p.name, i.name), f.name, l.detail from people_log l "
        "left join account b on b.id = l.by_account left join invitation i on i.id = l.invitation_id "
        "left join account p on p.id = coalesce(l.account_id, i.account_id) "
        "left join account f on f.id = l.for_account order by l.at desc, l.id limit %s offset %s",
        [limit, skip],
    )
    return [
        Noted(at=at, act=act, by=by or "", about=about or "", for_whom=for_whom or "", detail=_mapping(detail))
        for at, act, by, about, for_whom, detail in found
    ]


def log_length() -> int:
    """How many entries there are for this asker."""
    found = row("select count(*) from people_log")
    return int(found[0]) if found else 0


def _mapping(detail: Any) -> Mapping[str, Any]:
    return json.loads(detail) if isinstance(detail, str) else detail
