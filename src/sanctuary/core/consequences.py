"""What follows of itself from what was just recorded? Events of the engine's own; not where the case stands."""

from __future__ import annotations

from datetime import datetime

from sanctuary.core import risk
from sanctuary.core.access import turn
from sanctuary.core.conditions import Scope
from sanctuary.core.events import Event, EventKind
from sanctuary.core.facts import Facts
from sanctuary.core.known import known
from sanctuary.core.scheme import Scheme, Step


def consequences(scheme: Scheme, facts: Facts, step: Step, at: datetime) -> tuple[Event, ...]:
    """What follows of itself from something just recorded on `step`: steps to do again, a notice that all have seen."""
    if step.tells and step.name not in facts.done and not turn(scheme, step, facts):
        return (Event(kind=EventKind.DONE, at=at, step=step.name),)
    again = dict.fromkeys(risk.reopened_by(scheme.derived, facts, step.name), risk.CHANGED)
    if step.reopens_if and step.reopens_if.decide(Scope(known(scheme, facts, at), at, scheme.calendar)) is True:
        again |= dict.fromkeys(step.reopens, step.title)
    return tuple(
        Event(kind=EventKind.REOPENED, at=at, step=name, reason=reason)
        for name, reason in again.items()
        if name in facts.done
    )
