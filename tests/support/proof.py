"""How long should a proof be, and what did it come to? As long as it promises, unless SHORT is set."""

from __future__ import annotations

import os
from pathlib import Path

SHORT = bool(os.environ.get("SHORT"))
# Names the file into which proofs write their figures, where `tests.support.prove` asks for them.
FIGURES = "SANCTUARY_FIGURES"


def length(*, full: int, short: int) -> int:
    """`full`, or `short` where SHORT is set."""
    return short if SHORT else full


def figure(text: str) -> None:
    """Say what a proof came to: beside its claim, and in the test's own output."""
    print(text)
    if path := os.environ.get(FIGURES):
        with Path(path).open("a", encoding="utf-8") as file:
            file.write(f"{text}\n")
