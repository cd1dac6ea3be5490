"""Does anybody read what their work does not ask for? The patterns over the audit of the last days, as alarms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sanctuary.core.alarms import Kind
from sanctuary.core.patterns import BY_NAME, COLLEAGUE, DEED, OWN, Reading, find
from sanctuary.records import alarms, readings
from sanctuary.records.readings import Noted

# As far back as the longest pattern looks, and what was done before its first visit.
LOOK_BACK = max(pattern.within for pattern in BY_NAME.values()) + DEED

WEEK = timedelta(days=7)


def watch(now: datetime) -> str:
    """Raise an alarm for each pattern that was not told of in its own stretch of time; how many."""
    noted = readings.since(now - LOOK_BACK)
    told = {name: readings.told(now - pattern.within) for name, pattern in BY_NAME.items()}
    raised = 0
    for found in find(_readings(noted)):
        about, case = UUID(found.account), UUID(found.case) if found.case else None
        recent = now - found.at <= BY_NAME[found.pattern].within
        if recent and (found.pattern, case, about) not in told[found.pattern]:
            alarms.raise_by_job(Kind.SNOOPING, case, about, found.pattern)
            raised += 1
    return f"{len(noted)} readings, {raised} alarms"


def tell(now: datetime) -> str:
    """Tell those who have a case in hand that others read it this week whose turn it was not; how many were told."""
    return f"{readings.tell_who_read(now - WEEK)} told"


def _readings(noted: Sequence[Noted]) -> Iterator[Reading]:
    names = readings.last_names()
    surnames = readings.surnames(sorted({each.case_id for each in noted if each.case_id}))
    agencies = _by_agency(names)
    for each in noted:
        yield Reading(
            at=each.at,
            account=str(each.account),
            case=str(each.case_id or ""),
            wrote=each.wrote,
            turn=each.turn,
            closed=each.closed,
            leaving=each.leaving,
            named=_named(each, names, agencies, surnames),
        )


def _by_agency(names: Mapping[UUID, tuple[int, int]]) -> dict[int, frozenset[int]]:
    found: dict[int, set[int]] = {}
    for agency, token in names.values():
        found.setdefault(agency, set()).add(token)
    return {agency: frozenset(tokens) for agency, tokens in found.items()}


def _named(
    each: Noted,
    names: Mapping[UUID, tuple[int, int]],
    agencies: Mapping[int, frozenset[int]],
    surnames: Mapping[UUID, frozenset[int]],
) -> str:
    """Whether somebody in the case is called like the reader, or like a colleague in their agency."""
    there = surnames.get(each.case_id, frozenset()) if each.case_id else frozenset()
    agency, own = names.get(each.account, (0, -1))
    if own in there:
        return OWN
    return COLLEAGUE if there & agencies.get(agency, frozenset()) else ""
