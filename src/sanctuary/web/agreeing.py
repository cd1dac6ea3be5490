"""Is there anybody who could agree to what takes two people? What is said where there is not."""

from __future__ import annotations

from sanctuary.records import proposals

ALONE = (
    "Nobody else in your agency has oversight now, so nobody can agree to this yet. Ask an administrator of your "
    "agency to give oversight to a colleague, under Administration, People."
)


def alone() -> str:
    """What is said to whoever asks for something, or is about to, where nobody could agree; "" where somebody could."""
    return "" if proposals.others_oversee() else ALONE
