"""Set up a way of signing in: a password, an app, recovery codes, a passkey. One's own, or a newcomer's."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError

from sanctuary.actions.prove import site
from sanctuary.gateways import code_app, passkeys
from sanctuary.records import crypto, ways
from sanctuary.records.ways import Holder, Ways

CODES, SHORTEST, LONGEST = 10, 12, 200
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that looks like another
_PURPOSE = "code_app.new"


@dataclass(frozen=True, slots=True, kw_only=True)
class App:
    """An app being set up: its secret, to be typed or scanned, and the same sealed, to come back with a code."""

    secret: str
    link: str
    sealed: str


def fault_of(password: str, mine: Ways) -> str:
    """Why this password will not do; "" where it will."""
    if len(password) < SHORTEST:
        return (
            f"Enter a password of {SHORTEST} letters or more. Three words that do not belong together are easy to keep"
        )
    if len(password) > LONGEST:
        return f"Enter a password of {LONGEST} letters at most"
    if password.lower() in (mine.email, mine.name.lower()):
        return "Enter a password that is not your name or e-mail address"
    try:
        CommonPasswordValidator().validate(password)
    except ValidationError:
        return "Enter a password that fewer people use: this one is on every list of guesses"
    return ""


def set_password(holder: Holder, password: str) -> None:
    """Take a password without fault. Every other browser of theirs is signed out."""
    ways.set_password(holder, password)


def new_app(mine: Ways) -> App:
    """A secret that nothing rests on yet."""
    return shown_again(mine, code_app.new_secret())


def shown_again(mine: Ways, secret: str) -> App:
    """The app with this secret, as it is shown."""
    sealed = crypto.seal_for(_PURPOSE, secret.encode(), mine.account.bytes).hex()
    return App(secret=secret, link=code_app.link(secret, mine.email), sealed=sealed)


def confirm_app(holder: Holder, mine: Ways, sealed: str, typed: str, now: datetime) -> App | None:
    """None where the app is taken: it showed a code, which is used by that. Otherwise the app, to be tried again."""
    try:
        secret = crypto.unseal_for(_PURPOSE, bytes.fromhex(sealed), mine.account.bytes).decode()
    except (ValueError, crypto.Damaged):
        return new_app(mine)
    step = code_app.step_of(secret, typed, now)
    if step is None:
        return shown_again(mine, secret)
    ways.set_code_app(holder, mine.account, secret, step)
    return None


def new_recovery_codes(holder: Holder) -> tuple[str, ...]:
    """Ten codes that count from now on, each once. Nobody can show them again."""
    codes = tuple("-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(3)) for _ in range(CODES))
    ways.keep_recovery_codes(holder, codes)
    return codes


def ask_new_passkey(holder: Holder, mine: Ways) -> str:
    """What the browser is told to make a passkey, as JSON."""
    challenge = passkeys.new_challenge()
    ways.set_challenge(holder, challenge)
    known = [each.id for each in mine.passkeys]
    owner = passkeys.Owner(account=mine.account, email=mine.email, name=mine.name, known=known)
    return passkeys.to_make(site(), challenge, owner)


def add_passkey(holder: Holder, answer: str, title: str) -> bool:
    """Take a passkey that was made here just now; whether its answer holds and nobody has it."""
    challenge = ways.take_challenge(holder)
    made = passkeys.made(site(), challenge, answer) if challenge else None
    return made is not None and ways.add_passkey(holder, made.id, title, made.public_key, made.count)
