"""Which agency has a sign-in of its own, and whose account does its word stand for? How it is asked: `gateways`."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from sanctuary.records import crypto
from sanctuary.records.arranging import deciding
from sanctuary.records.query import row, rows
from sanctuary.records.tokens import hashed, new_token

SECRET = b"sanctuary/provider/1"
SUBJECT = b"sanctuary/subject/1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Arranged:
    """An agency's own sign-in. `secret` is None where only its administrator looks at it."""

    issuer: str
    client_id: str
    secret: str | None = None


def agencies() -> list[tuple[str, str]]:
    """Key and title of every agency with a sign-in of its own."""
    return [(key, title) for key, title in rows("select agency, title from providers()", using="door")]


def provider_of(agency: str) -> Arranged | None:
    """What the door needs to ask the agency's sign-in; None where it has none. Raises crypto.Damaged."""
    found = row("select issuer, client_id, nonce, secret from provider_of(%s)", [agency], using="door")
    if found is None:
        return None
    issuer, client_id, nonce, sealed = found
    secret = crypto.unseal(_cipher(), nonce, sealed, _about(issuer, client_id)).decode()
    return Arranged(issuer=issuer, client_id=client_id, secret=secret)


def begin_way(agency: str, state: str, nonce: str, verifier: str) -> None:
    """Keep for ten minutes what a browser sent to the agency's sign-in will have to match."""
    row("select begin_way(%s, %s, %s, %s)", [agency, hashed(state), nonce, verifier], using="door")


def end_way(agency: str, state: str) -> tuple[str, str] | None:
    """Nonce and verifier of the way with this state, once; None for one unknown, over, or another agency's."""
    found = row("select nonce, verifier from end_way(%s, %s)", [agency, hashed(state)], using="door")
    return (found[0], found[1]) if found else None


def prove_agency(agency: str, subject: str, email: str, *, strong: bool) -> str | None:
    """The token of an attempt that begins with the agency's word; None where that is for no active account of its own.

    `email` "" unless the agency's sign-in has checked the address; `strong`: it asked for more than a password.
    """
    token = new_token()
    found = row(
        "select prove_agency(%s, %s, %s, %s, %s)",
        [hashed(token), agency, _subject(agency, subject), email, strong],
        using="door",
    )
    return token if found and found[0] else None


def arranged() -> Arranged | None:
    """What this administrator's own agency has arranged, without the secret."""
    found = row("select issuer, client_id from agency_provider")
    return Arranged(issuer=found[0], client_id=found[1]) if found else None


def arrange(issuer: str, client_id: str, secret: str) -> bool:
    """Arrange it for the own agency, or with an empty `issuer` end it. False for one who may not, or not lately.

    Raises arranging.RuleBroken where nobody could come in any more to look after the agency.
    """
    nonce, sealed = crypto.seal(_cipher(), secret.encode(), _about(issuer, client_id))
    with deciding():
        found = row("select arrange_provider(%s, %s, %s, %s)", [issuer, client_id, nonce, sealed])
    return bool(found and found[0])


def _cipher() -> AESGCM:
    return AESGCM(crypto.derived(settings.MASTER_KEY, SECRET))


def _about(issuer: str, client_id: str) -> bytes:
    return b"provider|" + issuer.encode() + b"|" + client_id.encode()


def _subject(agency: str, subject: str) -> bytes:
    key = crypto.derived(settings.MASTER_KEY, SUBJECT)
    return hmac.digest(key, f"{agency}|{subject}".encode(), hashlib.sha256)
