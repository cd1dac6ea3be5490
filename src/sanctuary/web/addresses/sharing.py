"""Where is a case shared, and where is it seen who can see it?"""

from __future__ import annotations

from sanctuary.web.access_table import Address

ADDRESSES: tuple[Address, ...] = ()
