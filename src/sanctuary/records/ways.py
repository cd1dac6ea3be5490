"""How may this person sign in, and where are they signed in? What they see and change of their own.

`attempt` is a newcomer's, begun by an invitation; without one it is who is asking, who must have proved it lately.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth.hashers import make_password

from sanctuary.records.query import as_owner, row, rows
from sanctuary.records.sign_in import code_hash, seal_secret
from sanctuary.records.tokens import hashed


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """Whose ways are meant: the one asking, with this session, or the newcomer with this attempt."""

    session: str = ""
    attempt: str = ""

    @property
    def login(self) -> str:
        """The login that speaks for them: nobody who is new has signed in."""
        return "door" if self.attempt else "default"

    @property
    def tried(self) -> bytes | None:
        """The hash of the newcomer's attempt."""
        return hashed(self.attempt) if self.attempt else None

    @property
    def here(self) -> bytes | None:
        """The hash of the session that a change leaves alone."""
        return hashed(self.session) if self.session else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Passkey:
    """A passkey, by the name that its owner gave it."""

    number: UUID
    id: bytes
    title: str
    created: datetime
    last_used: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """How an account may sign in."""

    account: UUID
    email: str
    name: str
    has_password: bool
    app_since: datetime | None
    codes_left: int
    passkeys: tuple[Passkey, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A browser in which somebody is signed in."""

    id: UUID
    way: str
    device: str
    created: datetime
    last_seen: datetime
    is_this: bool


def ways(holder: Holder) -> Ways | None:
    """All ways in; None where the attempt has ended, or nobody is asking."""
    found = row(
        "select account_id, email, name, has_password, app_since, codes_left from my_ways(%s)",
        [holder.tried],
        using=holder.login,
    )
    if found is None or found[0] is None:
        return None
    account, email, name, has_password, app_since, codes_left = found
    return Ways(
        account=account, email=email, name=name, has_password=has_password, app_since=app_since, codes_left=codes_left,
        passkeys=tuple(_passkeys(holder)),
    )  # fmt: skip


def set_password(holder: Holder, password: str) -> None:
    """Take this password from now on."""
    _do(holder, "select set_password(%s, %s, %s)", make_password(password), holder.here)


def set_code_app(holder: Holder, account: UUID, secret: str, step: int) -> None:
    """Take the codes of this secret, confirmed by the code of `step`, which is used by it."""
    _do(holder, "select set_code_app(%s, %s, %s, %s)", seal_secret(account, secret), step, holder.here)


def add_passkey(holder: Holder, credential: bytes, title: str, public_key: bytes, count: int) -> bool:
    """Take this passkey; False where somebody has it already."""
    return bool(_do(holder, "select add_passkey(%s, %s, %s, %s, %s)", credential, title, public_key, count))


def rename_passkey(number: UUID, title: str) -> bool:
    """Whether there is such a passkey of theirs, called so now."""
    found = row("select rename_passkey(%s, %s)", [number, title])
    return bool(found and found[0])


def remove_passkey(number: UUID, holder: Holder) -> bool:
    """Whether it is gone: not where it is nobody's, or the last full way in."""
    found = row("select remove_passkey(%s, %s)", [number, holder.here])
    return bool(found and found[0])


def keep_recovery_codes(holder: Holder, codes: Sequence[str]) -> None:
    """Take these recovery codes, each once, and none from before."""
    _do(holder, "select new_recovery_codes(%s, %s)", [code_hash(code) for code in codes])


def set_challenge(holder: Holder, challenge: bytes) -> None:
    """Remember what a new passkey is asked to sign."""
    row("select set_challenge(%s, %s)", [holder.tried or holder.here, challenge], using=holder.login)


def take_challenge(holder: Holder) -> bytes | None:
    """What the new passkey was asked to sign: once."""
    found = row("select take_challenge(%s)", [holder.tried or holder.here], using=holder.login)
    return bytes(found[0]) if found and found[0] is not None else None


def sessions(token: str) -> list[Session]:
    """Where the one asking is signed in, this browser (the one with this token) included."""
    found = rows("select id, way, device, created, last_seen, is_this from my_sessions(%s)", [hashed(token)])
    return [
        Session(id=id_, way=way, device=device, created=created, last_seen=seen, is_this=this)
        for id_, way, device, created, seen, this in found
    ]


def end_session(number: UUID) -> bool:
    """End a session of the one asking; whether there was one."""
    found = row("select end_my_session(%s)", [number])
    return bool(found and found[0])


def leave(token: str) -> None:
    """End the session of this browser, in its own request."""
    row("select close_session(%s)", [hashed(token)])


def step_up(attempt: str, token: str) -> bool:
    """Note that the one asking proved again who they are, by an attempt begun in this session; whether they did."""
    found = row("select step_up(%s, %s)", [hashed(attempt), hashed(token)])
    return bool(found and found[0])


def give_code_app(emails: Iterable[str], secret: str) -> None:
    """The fictional county's app, for those of these accounts that have none. By the owner's login."""
    with as_owner():
        for (account,) in rows("select id from account where email = any(%s)", [list(emails)], using="owner"):
            row("select give_code_app(%s, %s)", [account, seal_secret(account, secret)], using="owner")


def forget_old(now: datetime) -> str:
    """What nobody signing in can use any more, forgotten; how many rows. By the owner's login, at nobody's request."""
    del now
    with as_owner():
        found = row("select tidy_sign_in()", using="owner")
    return str(found[0] if found else 0)


def _passkeys(holder: Holder) -> list[Passkey]:
    found = rows(
        "select number, id, title, created, last_used from my_passkeys(%s)", [holder.tried], using=holder.login
    )
    return [
        Passkey(number=number, id=bytes(credential), title=title, created=created, last_used=last_used)
        for number, credential, title, created, last_used in found
    ]


def _do(holder: Holder, statement: str, *values: Any) -> Any:
    found = row(statement, [holder.tried, *values], using=holder.login)
    return found[0] if found else None
