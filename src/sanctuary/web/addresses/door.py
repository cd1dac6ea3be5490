"""How do people come in and leave, and look after their own ways of signing in?"""

from __future__ import annotations

from sanctuary.web.access_table import Address, View, Who
from sanctuary.web.screens import carried, confirm, sessions, sign_in, start, ways


def _open(path: str, name: str, view: View) -> Address:
    return Address(path=path, name=name, view=view, who=Who.ANYONE)


def _own(path: str, name: str, view: View, *, fresh: bool = False) -> Address:
    return Address(path=path, name=name, view=view, who=Who.STAFF, fresh=fresh)


ADDRESSES: tuple[Address, ...] = (
    _open("", "start", start.start),
    _open("sign-in", "sign_in", sign_in.sign_in),
    _open("sign-in/passkey", "sign_in_passkey", sign_in.passkey),
    _open("sign-in/code", "sign_in_code", sign_in.code),
    _open("sign-in/recovery", "sign_in_recovery", sign_in.recovery),
    _open("sign-out", "sign_out", sign_in.sign_out),
    # A newcomer's, who holds an attempt that an invitation began.
    _open("welcome", "welcome", ways.ways),
    _open("welcome/password", "welcome_password", ways.password),
    _open("welcome/app", "welcome_app", ways.app),
    _open("welcome/codes", "welcome_codes", ways.codes),
    _open("welcome/passkey", "welcome_passkey", ways.passkey),
    _open("welcome/done", "welcome_done", ways.done),
    _own("confirm", "confirm", confirm.confirm),
    _own("carried/<uuid:number>", "carried", carried.carried),
    _own("account/ways", "ways", ways.ways),
    _own("account/ways/password", "ways_password", ways.password, fresh=True),
    _own("account/ways/app", "ways_app", ways.app, fresh=True),
    _own("account/ways/codes", "ways_codes", ways.codes, fresh=True),
    _own("account/ways/passkey", "ways_passkey", ways.passkey, fresh=True),
    _own("account/ways/passkeys/<uuid:number>", "ways_passkey_one", ways.one_passkey, fresh=True),
    _own("account/sessions", "sessions", sessions.sessions),
)
