"""Check what somebody types or a passkey signs, on the way in or again later. What it opens, the database decides."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings

from sanctuary.gateways import code_app, passkeys
from sanctuary.records import sign_in
from sanctuary.records.sign_in import Said


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """A passkey is asked: the token of the attempt, and what the browser is told, as JSON."""

    token: str
    options: str


def site() -> passkeys.Site:
    """This site, as passkeys know it."""
    return passkeys.Site(origin=settings.SITE_ADDRESS, host=urlsplit(settings.SITE_ADDRESS).hostname or "")


def prove_password(*, email: str, password: str, place: str) -> tuple[Said, str]:
    """Begin with an e-mail address and a password; with YES the token of the attempt."""
    return sign_in.prove_password(email, password, place)


def ask_passkey(*, place: str, session: str | None = None, known: tuple[bytes, ...] = ()) -> Begun | None:
    """Begin with a passkey; with a session, its step-up. None where too many were begun lately."""
    challenge = passkeys.new_challenge()
    token = sign_in.begin_passkey(place, challenge, session)
    return Begun(token=token, options=passkeys.to_use(site(), challenge, known)) if token else None


def prove_passkey(*, token: str, answer: str) -> bool:
    """Whether the passkey's answer to this attempt holds. However it falls out, the question is spent."""
    challenge, named = sign_in.take_challenge(token), passkeys.named(answer)
    if challenge is None or named is None:
        return False
    credential, account = named
    known = sign_in.passkey(credential)
    if known is None or known.account != account:
        return False
    count = passkeys.used(site(), challenge, answer, known.public_key, known.count)
    return count is not None and sign_in.prove_passkey(token, credential, count)


def prove_code(*, token: str, typed: str, now: datetime) -> Said:
    """Whether this is a code of the attempt's account that was never used."""
    said, secret = sign_in.ask_code(token)
    if said is not Said.YES:
        return said
    step = code_app.step_of(secret, typed, now)
    return Said.YES if step is not None and sign_in.prove_code(token, step) else Said.NO


def prove_recovery(*, token: str, typed: str) -> Said:
    """Whether this is one of the account's recovery codes, unused until now."""
    return sign_in.prove_recovery(token, typed)
