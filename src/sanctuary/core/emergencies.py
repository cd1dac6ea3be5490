"""Was it right to open a case in an emergency? What a second person may say of it, in words; not who may say so."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum


class Verdict(Enum):
    """What a review comes to."""

    JUSTIFIED = "justified"
    NOT_JUSTIFIED = "not_justified"


VERDICTS: Mapping[Verdict, str] = {
    Verdict.JUSTIFIED: "It was right to open it",
    Verdict.NOT_JUSTIFIED: "It was not right to open it",
}
# What somebody has to have ticked before a case opens.
UNDERSTOOD: Mapping[str, str] = {
    "danger": "Somebody is in danger now, or something has to be done today that cannot wait for a colleague",
    "recorded": "Everything that I open is recorded, and both agencies are told at once",
    "reviewed": "Somebody else looks at my reason today",
}
