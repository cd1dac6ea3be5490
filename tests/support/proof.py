"""How long should a proof be? As long as it promises, unless SHORT is set, as CI does the second time."""

from __future__ import annotations

import os

SHORT = bool(os.environ.get("SHORT"))


def length(*, full: int, short: int) -> int:
    """`full`, or `short` where SHORT is set."""
    return short if SHORT else full
