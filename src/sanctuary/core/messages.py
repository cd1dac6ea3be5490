"""Of what is somebody told inside the site? The kinds of notice, in words that tell of nobody; not who is told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum


class Kind(Enum):
    """A kind of notice. The value is how it is kept."""

    SHARED = "shared"
    EMERGENCY_OPENED = "emergency_opened"
    EMERGENCY_REVIEWED = "emergency_reviewed"
    WHO_READ = "who_read"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a notice says, and the page that it leads to: of its case or, where it has a subject, of that."""

    text: str
    page: str


TOLD: Mapping[Kind, Told] = {
    Kind.SHARED: Told(text="A case has been shared with you for a time.", page="case"),
    Kind.EMERGENCY_OPENED: Told(
        text="A case was opened in an emergency. It is to be reviewed today.", page="emergency_review"
    ),
    Kind.WHO_READ: Told(text="Others looked at a case this week in which it was not their turn.", page="readers"),
    Kind.EMERGENCY_REVIEWED: Told(
        text="Somebody has reviewed a case that you opened in an emergency.", page="emergency_mine"
    ),
}
UNKNOWN = Told(text="There is something new for you.", page="worklist")


def told(kind: str) -> Told:
    """What a notice of this kind says. One that this release does not know is still a notice."""
    return TOLD[Kind(kind)] if kind in {each.value for each in Kind} else UNKNOWN
