"""Which lengths of time and dates may be written out, and how? Not what is done with them."""

from __future__ import annotations

import re
from datetime import date, timedelta

from sanctuary.core.clocks import Period, Unit
from sanctuary.core.conditions import syntax
from sanctuary.core.conditions.tree import Fixed
from sanctuary.core.conditions.types import Kind

_UNITS = {"days": Unit.DAYS, "months": Unit.MONTHS, "working_days": Unit.WORKING_DAYS}
WRITTEN = ("duration", "date", *_UNITS)
# About a century each, so that no sum of a few leaves the calendar; working days are counted one by one.
_MOST = {Unit.DAYS: 36_500, Unit.MONTHS: 1_200, Unit.WORKING_DAYS: 1_000}
_YEARS = range(1900, 2201)
_DURATION = re.compile(r"(?=.)(?:([0-9]{1,6})h)?(?:([0-9]{1,6})m)?(?:([0-9]{1,6})s)?")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def written(call: syntax.Call) -> Fixed | str:
    """The value of a call whose name is in WRITTEN, or the message that says what to write instead."""
    value = _argument(call)
    if call.name == "duration":
        return _duration(value)
    if call.name == "date":
        return _date(value)
    return _period(call.name, value)


def _argument(call: syntax.Call) -> object:
    only = call.arguments[0] if len(call.arguments) == 1 else None
    return only.value if isinstance(only, syntax.Constant) else None


def _duration(value: object) -> Fixed | str:
    match = _DURATION.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        return "write a length of time like duration('48h') or duration('1h30m'); whole days are days(2)"
    hours, minutes, seconds = (int(part or 0) for part in match.groups())
    return Fixed(kind=Kind.DURATION, value=timedelta(hours=hours, minutes=minutes, seconds=seconds))


def _date(value: object) -> Fixed | str:
    if not isinstance(value, str) or not _DATE.fullmatch(value):
        return "write a date with year, month and day, like date('2026-05-01')"
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return f"there is no such day as {value}"
    if day.year not in _YEARS:
        return f"the year {day.year} is out of reach; write one from 1900 to 2200"
    return Fixed(kind=Kind.DATE, value=day)


def _period(name: str, value: object) -> Fixed | str:
    unit = _UNITS[name]
    if type(value) is not int or value < 0:
        return f"write {name}(2) with a whole number; to go back, take it away: today - {name}(2)"
    if value > _MOST[unit]:
        return f"{name}() goes up to {_MOST[unit]}"
    return Fixed(kind=Kind.PERIOD, value=Period(count=value, unit=unit))
