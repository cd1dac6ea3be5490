"""What takes two people? The acts, who may propose and who may agree, in words; that it holds, the database sees to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

# Not a duty: whoever may write in the case.
STANDING = "standing"


class Act(Enum):
    """An act that nobody does alone."""

    RELEASE = "release"
    ERASE = "erase"
    LIFT_CONFLICT = "lift_conflict"


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """On what terms an act is done: what it is called and comes to, and who may propose it and agree to it."""

    title: str
    about: str
    proposes: frozenset[str]
    agrees: frozenset[str]


TERMS: Mapping[Act, Terms] = {
    Act.RELEASE: Terms(
        title="Hand over a copy of a record",
        about="A copy of what is recorded about a person can then be downloaded once, to be handed over.",
        proposes=frozenset({STANDING}),
        agrees=frozenset({"oversight"}),
    ),
    Act.ERASE: Terms(
        title="Erase a record",
        about="What was recorded is destroyed for good. Nobody can bring it back.",
        proposes=frozenset({STANDING, "oversight"}),
        agrees=frozenset({"oversight"}),
    ),
    Act.LIFT_CONFLICT: Terms(
        title="Lift a conflict of interest",
        about="A colleague who was kept from a case can then see it, as far as their role does.",
        proposes=frozenset({"oversight", "specialist"}),
        agrees=frozenset({"oversight"}),
    ),
}
