"""What do the people of the fictional county sign in with? One password and one app's secret for all of them."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import datetime

from sanctuary.gateways import code_app
from sanctuary.gateways.home import home, place

_PASSWORD, _SECRET = "demonstration-password", "demonstration-code"


def password() -> str:
    """The county's password."""
    return _kept(_PASSWORD, lambda: "-".join(secrets.token_hex(2) for _ in range(3)))


def secret() -> str:
    """The secret of the county's app that shows codes."""
    return _kept(_SECRET, code_app.new_secret)


def code(now: datetime) -> tuple[str, int] | None:
    """The code of this moment and for how many seconds more it is shown; None where there is no county here."""
    return code_app.code(secret(), now) if (place() / _SECRET).exists() else None


def _kept(name: str, make: Callable[[], str]) -> str:
    """What stands in this file of the installation, made once."""
    path = home() / name
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(make(), encoding="utf-8")
    return path.read_text(encoding="utf-8")
