"""How far has somebody come in signing in? Attempts, their proofs and what they open, as the database decides it.

What was typed or signed is checked by actions.prove; all here runs on the door's login, which reads no table.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import Enum
from typing import Any
from uuid import UUID

from django.contrib.auth.hashers import check_password, make_password

from sanctuary.records import crypto
from sanctuary.records.query import Row, row
from sanctuary.records.tokens import hashed, new_token

_PURPOSE = "code_app"
# Checked where nobody has the address: made once, and as slow to check as anybody's.
_NOBODYS: list[str] = []


class Said(Enum):
    """What comes of a proof: it holds, it does not, too many were tried lately, or the attempt has ended."""

    YES = "yes"
    NO = "no"
    WAIT = "wait"
    GONE = "gone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The limits of signing in, as the database keeps them; all that a page tells of them."""

    lasting: timedelta
    idle: timedelta
    fresh: timedelta
    at_most: int
    counted: timedelta
    carried: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A passkey that somebody here has."""

    account: UUID
    public_key: bytes
    count: int


def limits() -> Limits:
    """The limits in force."""
    question = "select lasting, idle, fresh, at_most, counted, carried from sign_in_limits()"
    lasting, idle, fresh, at_most, counted, carried = _one(question)
    return Limits(lasting=lasting, idle=idle, fresh=fresh, at_most=at_most, counted=counted, carried=carried)


def prove_password(email: str, password: str, place: str) -> tuple[Said, str]:
    """Whether these two belong together, and the token of the attempt that begins with it.

    As much work, and the same answer, where nobody has this address.
    """
    token = new_token()
    address = email.replace("\0", "").strip().lower()  # which no address has, and the database takes for no text
    may_go, stored = _one("select may_go, password from ask_password(%s, %s, %s)", hashed(token), address, place)
    if not may_go:
        return Said.WAIT, ""
    holds = check_password(password, stored or _nobodys())
    if not (holds and stored and _one("select prove_password(%s)", hashed(token))[0]):
        return Said.NO, ""
    return Said.YES, token


def begin_passkey(place: str, challenge: bytes, session: str | None = None) -> str | None:
    """The token of an attempt whose passkey is asked to sign `challenge`; with a session, of that session's step-up.

    None where too many were begun lately, or where the session has ended.
    """
    token = new_token()
    values = (hashed(token), place, challenge, hashed(session) if session else None)
    return token if _one("select ask_passkey(%s, %s, %s, %s)", *values)[0] else None


def take_challenge(token: str) -> bytes | None:
    """What the passkey of this attempt was asked to sign: once."""
    found = _one("select take_challenge(%s)", hashed(token))[0]
    return bytes(found) if found is not None else None


def passkey(credential: bytes) -> Known | None:
    """The passkey with this id."""
    account, key, count = _one("select account_id, public_key, sign_count from passkey_key(%s)", credential)
    return Known(account=account, public_key=bytes(key), count=count) if account else None


def prove_passkey(token: str, credential: bytes, count: int) -> bool:
    """Note that this passkey signed, having counted so far; whether the database takes it."""
    return bool(_one("select prove_passkey(%s, %s, %s)", hashed(token), credential, count)[0])


def ask_code(token: str) -> tuple[Said, str]:
    """Counts a code that is about to be checked; whether it may be, and the secret to check it with ("" for none)."""
    said, account, secret = _one("select said, account_id, secret from ask_code(%s)", hashed(token))
    if said != "go":
        return Said(said), ""
    return Said.YES, unseal_secret(account, bytes(secret)) if secret else ""


def prove_code(token: str, step: int) -> bool:
    """Note the code of this step of time; whether neither it nor a later one was ever used."""
    return bool(_one("select prove_code(%s, %s)", hashed(token), step)[0])


def prove_recovery(token: str, code: str) -> Said:
    """Whether this is an unused recovery code; it is used by it."""
    return Said(_one("select prove_recovery(%s, %s)", hashed(token), code_hash(code))[0])


def open_session(attempt: str, device: str, replacing: str | None) -> str | None:
    """A session token, where the attempt proved enough; None where it did not."""
    token = new_token()
    before = hashed(replacing) if replacing else None
    opened = _one("select open_session(%s, %s, %s, %s)", hashed(attempt), hashed(token), device, before)[0]
    return token if opened else None


def seal_secret(account: UUID, secret: str) -> bytes:
    """The secret of an account's app as it is kept."""
    return crypto.seal_for(_PURPOSE, secret.encode(), account.bytes)


def unseal_secret(account: UUID, sealed: bytes) -> str:
    """The secret of an account's app. Raises crypto.Damaged where it is another's."""
    return crypto.unseal_for(_PURPOSE, sealed, account.bytes).decode()


def code_hash(code: str) -> bytes:
    """What is kept of a recovery code, however it was spelled."""
    return crypto.blinded("recovery", "".join(letter for letter in code.lower() if letter.isalnum()))


def _nobodys() -> str:
    if not _NOBODYS:
        _NOBODYS.append(make_password(new_token()))
    return _NOBODYS[0]


def _one(statement: str, *values: Any) -> Row:
    found = row(statement, values, using="door")
    if found is None:
        raise LookupError("a function of the database gave no row")
    return found
