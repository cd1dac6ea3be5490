"""How does somebody come to have an account? By a link and a code that goes with it, of which only hashes are kept."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sanctuary.records.arranging import deciding
from sanctuary.records.cases import ALPHABET
from sanctuary.records.query import as_owner, row, rows
from sanctuary.records.tokens import hashed, new_token
from sanctuary.records.ways import Holder

LASTS_DAYS = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Keys:
    """What opens an invitation: the token of its link, and its code. Shown once, and handed over by different means."""

    id: UUID
    token: str
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Who is to have an account, in which part of their agency's work."""

    email: str
    name: str
    role: str
    duties: frozenset[str] = frozenset()
    team: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pending:
    """An invitation that nobody has accepted yet. `again`: of somebody who has an account already."""

    id: UUID
    email: str
    name: str
    role: str
    duties: frozenset[str]
    expires: datetime
    expired: bool
    locked: bool
    again: bool


def invite(asked: Asked) -> Keys:
    """Invite somebody into the asker's own agency. Raises arranging.RuleBroken or arranging.NotTheirs."""
    keys = _new_keys()
    with deciding():
        row(
            "select invite(%s, %s, %s, %s, %s, %s, %s::uuid, %s::text[])",
            [*_hashes(keys), asked.email, asked.name, asked.role, asked.team, sorted(asked.duties)],
        )
    return keys


def invite_again(account: UUID) -> Keys:
    """Shut somebody out who has lost what they sign in with, and let them set it up anew. Raises as `invite` does."""
    keys = _new_keys()
    with deciding():
        row("select invite_again(%s, %s, %s, %s)", [*_hashes(keys), account])
    return keys


def invite_from_outside(agency: str, asked: Asked) -> Keys:
    """Invite somebody into any agency; who has an account there sets it up anew. By the owner's login, no request.

    Raises arranging.NotTheirs where there is no such agency or role.
    """
    keys = _new_keys()
    with deciding(using="owner"), as_owner():
        row(
            "select invite_from_outside(%s, %s, %s, %s, %s, %s, %s, %s::text[])",
            [*_hashes(keys), asked.email, asked.name, agency, asked.role, sorted(asked.duties)],
            using="owner",
        )
    return keys


def withdraw(invitation: UUID) -> bool:
    """Whether it was still to be accepted; now it cannot be any more. Raises as `invite` does."""
    with deciding():
        found = row("select withdraw_invitation(%s)", [invitation])
    return bool(found and found[0])


def accept(token: str, code: str) -> Holder | None:
    """The newcomer, who sets up how they sign in; None where these open nothing, whatever the reason. Spends them."""
    attempt = new_token()
    found = row(
        "select accept_invitation(%s, %s, %s)", [hashed(token), _code_hash(token, code), hashed(attempt)], using="door"
    )
    return Holder(attempt=attempt) if found and found[0] else None


def pending() -> Sequence[Pending]:
    """The invitations of the asker's agency that are not accepted or withdrawn, the newest first."""
    found = rows(
        "select id, email, name, role, duties, expires, expires <= now(), tries >= 5, account_id is not null "
        "from invitation where accepted_at is null and withdrawn_at is null order by made desc"
    )
    return [
        Pending(
            id=UUID(str(identity)), email=email, name=name, role=role, duties=frozenset(duties), expires=expires,
            expired=expired, locked=locked, again=again,
        )
        for identity, email, name, role, duties, expires, expired, locked, again in found
    ]  # fmt: skip


def _new_keys() -> Keys:
    code = "".join(secrets.choice(ALPHABET) for _ in range(8))
    return Keys(id=uuid4(), token=new_token(), code=f"{code[:4]}-{code[4:]}")


def _hashes(keys: Keys) -> tuple[UUID, bytes, bytes]:
    return keys.id, hashed(keys.token), _code_hash(keys.token, keys.code)


def _code_hash(token: str, code: str) -> bytes:
    """With the token in it, so that nobody tries codes against a stolen table. However the code was typed."""
    plain = "".join(letter for letter in code.upper() if letter.isalnum())
    return hashed(f"{token}|{plain}")
