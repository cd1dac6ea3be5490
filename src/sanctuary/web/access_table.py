"""Who may ask for which page? Every route has a line here, or the site does not start."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum


class Who(Enum):
    """Whom a route answers. Whose case it is, the database decides for each request."""

    ANYONE = "anyone"
    STAFF = "somebody signed in"


ACCESS: Mapping[str, Who] = {
    "start": Who.ANYONE,
    "sign_in": Who.ANYONE,
    "sign_out": Who.ANYONE,
    "worklist": Who.STAFF,
    "search": Who.STAFF,
    "referral_choice": Who.STAFF,
    "referral": Who.STAFF,
    "case": Who.STAFF,
    "pathway": Who.STAFF,
    "why": Who.STAFF,
    "step": Who.STAFF,
    "section": Who.STAFF,
    "check": Who.STAFF,
    "ask": Who.STAFF,
    "acknowledge": Who.STAFF,
    "letter": Who.STAFF,
    "letter_pdf": Who.STAFF,
    "pause": Who.STAFF,
    "resume": Who.STAFF,
    "reopen": Who.STAFF,
    "override": Who.STAFF,
    "withdraw": Who.STAFF,
    "move": Who.STAFF,
    "flows": Who.STAFF,
    "compare": Who.STAFF,
}
