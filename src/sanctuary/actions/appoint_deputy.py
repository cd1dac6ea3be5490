"""Let a colleague play somebody's part while that one is away: from a day, to a day."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from uuid import UUID

from sanctuary.actions.arranging import Outcome, arranged
from sanctuary.actions.results import Faulty
from sanctuary.core.clocks import LONDON
from sanctuary.records import deputies

LONGEST = timedelta(days=365)


def appoint_deputy(*, account: UUID, in_place_of: UUID, first: date, last: date, now: datetime) -> Outcome:
    """From the beginning of the `first` day, or now where that is today, to the end of the `last` one, in London.

    Nobody has stood in on a day that is over: it is refused rather than counted from now without a word.
    """
    faults = _faults(account, in_place_of, first, last, now)
    if faults:
        return Faulty(faults=faults)
    starts = max(_midnight(first), now.replace(microsecond=0))
    ends = _midnight(last + timedelta(days=1))
    return arranged(lambda: deputies.appoint(account, in_place_of, starts, ends))


def end_deputy(deputy: UUID) -> Outcome:
    """Before its time. `Missing` where there is none, or it is not for the asker to end."""
    return arranged(lambda: deputies.end(deputy))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), LONDON)


def _faults(account: UUID, in_place_of: UUID, first: date, last: date, now: datetime) -> dict[str, str]:
    if account == in_place_of:
        return {"deputy": "Choose somebody else: nobody is their own deputy"}
    today = now.astimezone(LONDON).date()
    past = {name: day for name, day in (("first", first), ("last", last)) if day < today}
    if past:
        return {name: f"The {name} day must be today or later" for name in past}
    if last < first:
        return {"last": "The last day must be the first day or later"}
    if last - first >= LONGEST:
        return {"last": "Choose a last day within a year of the first: a deputy can be appointed again"}
    return {}
