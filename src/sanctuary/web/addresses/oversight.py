"""Where is it seen who looked at what, and what raised an alarm?"""

from __future__ import annotations

from sanctuary.web.access_table import Address

ADDRESSES: tuple[Address, ...] = ()
