"""How does an app that shows codes work with us? Its secret, the codes by the standard (RFC 6238), and its picture."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO

import pyotp
import segno

_ISSUER = "Sanctuary"


def new_secret() -> str:
    """A secret of 160 bits as apps take it."""
    return pyotp.random_base32()


def step_of(secret: str, typed: str, now: datetime) -> int | None:
    """The step of time whose code was typed: this one, or one to either side, since clocks differ. None for no code."""
    code = "".join(typed.split())
    if not secret or len(code) != 6 or not (code.isascii() and code.isdigit()):
        return None
    try:
        return pyotp.TOTP(secret).verify_and_get_timecode(code, for_time=now, valid_window=1)
    except pyotp.OTPVerificationError:
        return None


def code(secret: str, now: datetime) -> tuple[str, int]:
    """The code of this moment, and for how many seconds more it is shown."""
    app = pyotp.TOTP(secret)
    return app.at(now), app.interval - int(now.timestamp()) % app.interval


def link(secret: str, email: str) -> str:
    """What an app reads to know the secret and whose it is."""
    return pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name=_ISSUER)


def picture(text: str) -> str:
    """The text as a square picture for a camera: an SVG element without style or script."""
    drawn = BytesIO()
    words = {"svgclass": None, "lineclass": None, "omitsize": True, "title": "Picture for the camera of your phone"}
    segno.make(text, error="m").save(drawn, kind="svg", xmldecl=False, svgns=False, nl=False, light="#fff", **words)
    return drawn.getvalue().decode()
