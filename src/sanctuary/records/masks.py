"""Which compartments? Sets of compartment numbers as the bits that the database compares."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

HIGHEST = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Masks:
    """What may be read and written: bit n stands for compartment n, 0 to 30."""

    read: int
    write: int


def mask(compartments: Iterable[int]) -> int:
    """The mask of these compartment numbers. Raises ValueError for one that is not 0 to 30."""
    bits = 0
    for number in compartments:
        if not 0 <= number <= HIGHEST:
            raise ValueError(f"compartments are numbered 0 to {HIGHEST}, not {number}")
        bits |= 1 << number
    return bits


def compartments(bits: int) -> frozenset[int]:
    """The compartment numbers in a mask."""
    return frozenset(number for number in range(HIGHEST + 1) if bits >> number & 1)
