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

    def __init__(self, value: str) -> None:
        """`position` is 1 for referral to 7 for monitoring."""
        self.position = len(type(self).__members__) + 1
