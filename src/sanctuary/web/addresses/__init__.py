"""Which pages are there? Each with its address, and with whom it answers."""

from __future__ import annotations

from collections.abc import Mapping

from sanctuary.web.access_table import Address, Who
from sanctuary.web.addresses import (
    administration,
    case,
    door,
    oversight,
    release,
    retention,
    screening,
    sharing,
    single_sign_on,
    work,
)

ALL: tuple[Address, ...] = (
    *door.ADDRESSES,
    *single_sign_on.ADDRESSES,
    *work.ADDRESSES,
    *case.ADDRESSES,
    *sharing.ADDRESSES,
    *screening.ADDRESSES,
    *administration.ADDRESSES,
    *oversight.ADDRESSES,
    *release.ADDRESSES,
    *retention.ADDRESSES,
)
ACCESS: Mapping[str, Who] = {address.name: address.who for address in ALL}
