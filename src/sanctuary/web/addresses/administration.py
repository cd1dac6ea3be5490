"""Where are people, teams and deputies looked after?"""

from __future__ import annotations

from sanctuary.web.access_table import Address

ADDRESSES: tuple[Address, ...] = ()
