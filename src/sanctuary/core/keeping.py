"""What does a definition say of how long a record is kept? Its rules, and why a record may have to stay longer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from sanctuary.core.clocks import Period, Unit
from sanctuary.core.origin import NOWHERE, Origin

# What a period runs from where the definition names no step: the end of the case.
ENDED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention:
    """How long the record is kept of cases that ended with one of `outcomes` (closing reasons).

    `stated`: the period is the document's own; otherwise the document states none, and `period` is what the scheme's
    partners set meanwhile. `start` is "closed" or a step, called `start_title`; no record goes before its case ends.
    """

    name: str
    title: str
    outcomes: tuple[str, ...]
    period: Period
    stated: bool
    because: str
    start: str = ENDED
    start_title: str = ""
    origin: Origin = NOWHERE


class Ground(Enum):
    """Why a record has to stay although its time has come."""

    LITIGATION = "litigation"
    SAFEGUARDING = "safeguarding"
    COMPLAINT = "complaint"
    INQUIRY = "inquiry"

    @property
    def title(self) -> str:
        """The ground in words."""
        return _GROUNDS[self]


_GROUNDS: Mapping[Ground, str] = {
    Ground.LITIGATION: "A claim or a court case, begun or expected",
    Ground.SAFEGUARDING: "A safeguarding enquiry or a review of a death or serious harm",
    Ground.COMPLAINT: "A complaint, or a request of the person that is not answered yet",
    Ground.INQUIRY: "A police investigation or a public inquiry",
}


def in_words(period: Period) -> str:
    """The period as people say it: "6 years" rather than "72 months"."""
    if period.unit is Unit.MONTHS and period.count and period.count % 12 == 0:
        years = period.count // 12
        return f"{years} year{'s' if years != 1 else ''}"
    return str(period)


def rule_in_words(rule: Retention) -> str:
    """What the rule says: how long, from when, and whether that is the document's own figure."""
    start = "the case closed" if rule.start == ENDED else f"“{rule.start_title}” was done"
    said = f"{in_words(rule.period)} after {start}"
    return said if rule.stated else f"{said} (the document does not state a time; the partnership keeps to this one)"
