"""When is something due? Periods, the working calendar and pauses; not what is timed, which the scheme says."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import Enum
from zoneinfo import ZoneInfo

from sanctuary.core.facts import Facts, Pause, Value

LONDON = ZoneInfo("Europe/London")


class Unit(Enum):
    """What a period is counted in."""

    HOURS = "hours"
    DAYS = "days"
    WORKING_DAYS = "working days"
    MONTHS = "months"


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """So many hours, calendar days, working days or calendar months, counted forwards."""

    count: int
    unit: Unit

    def __post_init__(self) -> None:
        if self.count < 0:
            raise ValueError("a period counts forwards")

    def __str__(self) -> str:
        unit = self.unit.value if self.count != 1 else self.unit.value.removesuffix("s")
        return f"{self.count} {unit}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Escalation:
    """Who else is to know of a clock, from how long `before` it runs out, or `after`: one of the two."""

    to: str
    before: Period | None = None
    after: Period | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PauseCause:
    """A coded reason for which a clock stands still, and whose time that is: "" where it is nobody's in particular."""

    name: str
    title: str
    charged_to: str = ""


_END_OF_DAY, _DAY = time(23, 59), timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """Working days: Monday to Friday less the bank holidays given, known up to and including `known_to`."""

    bank_holidays: frozenset[date]
    known_to: date

    def is_working_day(self, day: date) -> bool:
        """Whether offices are open on `day`."""
        return day.weekday() < 5 and day not in self.bank_holidays

    def add_working_days(self, day: date, count: int) -> date:
        """The working day that is `count` working days after `day`; `day` itself for 0."""
        while count:
            day += _DAY
            count -= self.is_working_day(day)
        return day

    def subtract_working_days(self, day: date, count: int) -> date:
        """The working day that is `count` working days before `day`; `day` itself for 0."""
        while count:
            day -= _DAY
            count -= self.is_working_day(day)
        return day


def add_months(day: date, count: int) -> date:
    """The same day `count` months on (back where negative), or the last day of a month that has no such day."""
    years, month = divmod(day.month - 1 + count, 12)
    year, month = day.year + years, month + 1
    return day.replace(year=year, month=month, day=min(day.day, monthrange(year, month)[1]))


def due(start: datetime, period: Period, calendar: Calendar) -> datetime:
    """When `period` from `start` (aware) has run out, as an aware London time.

    Hours are elapsed hours. Days, working days and months keep the wall-clock time of `start`.
    """
    if period.unit is Unit.HOURS:
        return (start.astimezone(UTC) + timedelta(hours=period.count)).astimezone(LONDON)
    local = start.astimezone(LONDON)
    return datetime.combine(_day_after(local.date(), period, calendar), local.time(), tzinfo=LONDON)


def deadline(start: datetime, within: Period, calendar: Calendar) -> datetime:
    """When a clock of `within` has run out: as `due`, but "0 days" lasts to the end of the day it starts on."""
    if within.count == 0 and within.unit is Unit.DAYS:
        return datetime.combine(start.astimezone(LONDON).date(), _END_OF_DAY, tzinfo=LONDON)
    return due(start, within, calendar)


def back(end: datetime, period: Period, calendar: Calendar) -> datetime:
    """The time `period` before `end` (aware), counted as in `due`."""
    if period.unit is Unit.HOURS:
        return (end.astimezone(UTC) - timedelta(hours=period.count)).astimezone(LONDON)
    local = end.astimezone(LONDON)
    return datetime.combine(_day_before(local.date(), period, calendar), local.time(), tzinfo=LONDON)


def deadline_before(end: datetime, by: Period, calendar: Calendar) -> datetime:
    """When something due `by` before `end` is late: counted in days before a day, when that day of the count ends."""
    found = back(end, by, calendar)
    if by.unit is not Unit.HOURS and end.astimezone(LONDON).time() == time():
        return datetime.combine(found.date(), _END_OF_DAY, tzinfo=LONDON)
    return found


def _day_before(day: date, period: Period, calendar: Calendar) -> date:
    if period.unit is Unit.WORKING_DAYS:
        return calendar.subtract_working_days(day, period.count)
    if period.unit is Unit.MONTHS:
        return add_months(day, -period.count)
    return day - timedelta(days=period.count)


def _day_after(day: date, period: Period, calendar: Calendar) -> date:
    if period.unit is Unit.WORKING_DAYS:
        return calendar.add_working_days(day, period.count)
    if period.unit is Unit.MONTHS:
        return add_months(day, period.count)
    return day + timedelta(days=period.count)


def midnight(day: date) -> datetime:
    """The first moment of `day` in London."""
    return datetime.combine(day, time(), tzinfo=LONDON)


def starting(anchor: str, asked: str = "") -> Callable[[Facts], datetime | None]:
    """Finds the moment that `anchor` names: "opened", "asked" (when `asked` went out), a step done, or a dated fact."""
    if anchor == "opened":
        return lambda facts: facts.opened_at
    if anchor == "asked":
        return lambda facts: facts.asked.get(asked)
    if "." not in anchor:
        return lambda facts: facts.done.get(anchor)
    return lambda facts: _moment(facts.answers.get(anchor))


def start_of(facts: Facts, anchor: str, asked: str = "") -> datetime | None:
    """The moment that `anchor` names, as in `starting`."""
    return starting(anchor, asked)(facts)


def _moment(value: Value | None) -> datetime | None:
    if isinstance(value, datetime):
        return value if value.tzinfo else None
    return midnight(value) if isinstance(value, date) else None


def extended(ends: datetime, pauses: Iterable[Pause], step: str, started: datetime, now: datetime) -> datetime:
    """`ends` put off by as long as the clocks of `step` stood still from `started` to `now`, in elapsed time."""
    stood = timedelta()
    for pause in pauses:
        if pause.step == step:
            # In UTC: Python subtracts times of one zone by the wall clock.
            first, last = max(pause.start, started).astimezone(UTC), min(pause.end or now, now).astimezone(UTC)
            stood += max(last - first, timedelta())
    return (ends.astimezone(UTC) + stood).astimezone(LONDON) if stood else ends
