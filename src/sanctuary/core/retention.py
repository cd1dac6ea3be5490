"""May the record of a case go, and why or why not? From how the case ended; who destroys it is elsewhere."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from sanctuary.core import clocks
from sanctuary.core.keeping import Ground, Retention, rule_in_words
from sanctuary.core.progress import Progress
from sanctuary.core.scheme import Scheme


class Standing(Enum):
    """Where a record stands."""

    OPEN = "open"
    UNSAID = "unsaid"
    KEPT = "kept"
    HELD = "held"
    DUE = "due"


@dataclass(frozen=True, slots=True, kw_only=True)
class Keeping:
    """Whether a record may go. `until` None: no time can be said; `rule` None: the scheme has none for it."""

    standing: Standing
    reason: str
    rule: Retention | None = None
    ended: datetime | None = None
    until: datetime | None = None

    @property
    def is_due(self) -> bool:
        """Whether it is to be disposed of now."""
        return self.standing is Standing.DUE


def due(scheme: Scheme, progress: Progress, now: datetime, holds: Iterable[Ground] = ()) -> Keeping:
    """Whether the record of the case that stands like `progress` may go at `now`, and why or why not.

    Only what is not personal is looked at, so that it can be asked without opening the record.
    """
    ended = _ended(scheme, progress)
    if ended is None:
        return Keeping(standing=Standing.OPEN, reason="The case is still open.")
    found = [(_until(scheme, rule, progress, ended), rule) for rule in _rules(scheme, progress.outcome)]
    until, rule = max(found, key=lambda each: each[0], default=(None, None))
    standing, reason = _standing(rule, until, now, tuple(dict.fromkeys(holds)))
    return Keeping(standing=standing, reason=reason, rule=rule, ended=ended, until=until)


def _ended(scheme: Scheme, progress: Progress) -> datetime | None:
    """When the case ended; None while it has not. Where what ended it is not known any more: when it last moved."""
    if not progress.is_closed:
        return None
    closing = [done.at for done in progress.done if done.step in scheme.steps and scheme.steps[done.step].closes_with]
    return max(closing, default=max((done.at for done in progress.done), default=None))


def _rules(scheme: Scheme, outcome: str) -> list[Retention]:
    """The rule for the outcome; every rule where it is not known any more what the outcome was: the longest counts."""
    return [rule for rule in scheme.retention if outcome in rule.outcomes] or list(scheme.retention)


def _until(scheme: Scheme, rule: Retention, progress: Progress, ended: datetime) -> datetime:
    started = next((done.at for done in progress.done if done.step == rule.start), ended)
    return max(clocks.due(started, rule.period, scheme.calendar), ended)


def _standing(
    rule: Retention | None, until: datetime | None, now: datetime, holds: tuple[Ground, ...]
) -> tuple[Standing, str]:
    if holds:
        return Standing.HELD, f"It has to stay: {'; '.join(_lower(ground.title) for ground in holds)}."
    if rule is None or until is None:
        return Standing.UNSAID, "The definition that the case ended under does not say how long its record is kept."
    if now < until:
        return Standing.KEPT, f"It is kept for {rule_in_words(rule)}."
    return Standing.DUE, f"Its time has passed: {rule_in_words(rule)}."


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
