"""Set a rule aside for one case, with a reason: only what the scheme lets be set aside, by those whom it names."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from uuid import UUID

from django.db import transaction

from sanctuary.actions.held import Held, No, hold, once, record
from sanctuary.actions.results import Faulty, Missing, Recorded, Refused, Result
from sanctuary.core.events import EventKind
from sanctuary.core.gates import overridden_by
from sanctuary.core.progress import evaluate


@transaction.atomic
def override_rule(*, case_id: UUID, rule: str, reason: str, key: UUID, now: datetime) -> Result:
    """Let the case go on as though `rule`, "gate.criterion", were met. Who did it and why is kept and shown."""
    return once(key, lambda: _overridden(case_id, rule, reason, now), "override", case_id, rule, reason)


def _overridden(case_id: UUID, rule: str, reason: str, now: datetime) -> Recorded:
    held = hold(case_id, now)
    why_not = _why_not(held, rule, now)
    if why_not:
        raise No(Refused(reasons=(why_not,)))
    if not reason.strip():
        raise No(Faulty(faults={"reason": "Enter the reason for setting the rule aside"}))
    return record(held, [held.event(EventKind.OVERRIDDEN, now, rule, reason=reason.strip())], now)


def _why_not(held: Held, rule: str, now: datetime) -> str:
    """Why the person cannot set the rule aside now; empty where they can. Raises No where there is no such rule."""
    roles = _roles(held, rule)
    if not roles:
        return "This rule cannot be set aside."
    if held.staff.role not in roles:
        titles = ", ".join(held.scheme.roles[role].title for role in roles)
        return f"This rule can be set aside by: {titles}."
    progress = evaluate(held.scheme, held.facts, now)
    if rule in progress.overridden:
        return "This rule has been set aside already."
    return "" if rule in progress.soft else "This rule does not stand in the way now."


def _roles(held: Held, rule: str) -> tuple[str, ...]:
    with suppress(KeyError, StopIteration):
        if rule.count(".") == 1:
            return overridden_by(held.scheme, rule)
    raise No(Missing())
