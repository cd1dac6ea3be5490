"""Which part of the journey is this? The seven stages every scheme has, in order; no scheme's own steps."""

from __future__ import annotations

from enum import Enum


class Stage(Enum):
    """One of the seven stages. The value names the YAML file and the pages of its documentation."""

    REFERRAL = "referral"
    ASSESSMENT = "assessment"
    DECISION = "decision"
    SURVEY = "survey"
    WORKS = "works"
    AFTERCARE = "aftercare"
    MONITORING = "monitoring"

    @property
    def position(self) -> int:
        """1 for referral to 7 for monitoring."""
        return _ORDER[self]


_ORDER = {stage: position for position, stage in enumerate(Stage, start=1)}
