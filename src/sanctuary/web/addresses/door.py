"""How do people come in and leave?"""

from __future__ import annotations

from sanctuary.web.access_table import Address, Who
from sanctuary.web.screens import sign_in, start

ADDRESSES: tuple[Address, ...] = (
    Address(path="", name="start", view=start.start, who=Who.ANYONE),
    Address(path="sign-in", name="sign_in", view=sign_in.sign_in, who=Who.ANYONE),
    Address(path="sign-out", name="sign_out", view=sign_in.sign_out, who=Who.ANYONE),
)
