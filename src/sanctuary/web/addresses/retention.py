"""Where is it seen how long a record is kept, why, and that it is gone?"""

from __future__ import annotations

from sanctuary.web.access_table import Address

ADDRESSES: tuple[Address, ...] = ()
