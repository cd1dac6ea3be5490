"""Where do two people act together, and where is a pack made for somebody who asks what is held on them?"""

from __future__ import annotations

from sanctuary.web.access_table import Address

ADDRESSES: tuple[Address, ...] = ()
