"""Where do people declare conflicts of interest, and where are they looked at?"""

from __future__ import annotations

from sanctuary.web.access_table import Address

ADDRESSES: tuple[Address, ...] = ()
