"""Close an alarm that one has taken, with what it was and a few words about it."""

from __future__ import annotations

from uuid import UUID

from sanctuary.actions.arranging import Outcome as Arranging
from sanctuary.actions.arranging import arranged
from sanctuary.core.alarms import Outcome
from sanctuary.records import alarms


def close_alarm(alarm: UUID, outcome: Outcome, words: str) -> Arranging:
    """`Missing` where it is not this person's to close: not theirs, not taken by them, or closed."""
    return arranged(lambda: alarms.close(alarm, outcome, words))
