"""What day or time is so long before or after another? Periods in London's calendar; lengths of time as they elapse."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from sanctuary.core.clocks import LONDON, Calendar, Period, Unit, add_months


def moved_day(day: date, period: Period, sign: int, calendar: Calendar) -> date:
    """`day` and `period` together; `sign` is 1 for later and -1 for earlier."""
    if period.unit is Unit.MONTHS:
        return add_months(day, sign * period.count)
    if period.unit is Unit.WORKING_DAYS:
        return calendar.add_working_days(day, period.count) if sign > 0 else _working_days_before(day, period, calendar)
    return day + sign * timedelta(days=period.count)


def moved_moment(moment: datetime, period: Period, sign: int, calendar: Calendar) -> datetime:
    """`moment` and `period` together, at the same time of day in London; in UTC."""
    local = moment.astimezone(LONDON)
    day = moved_day(local.date(), period, sign, calendar)
    return datetime.combine(day, local.time(), tzinfo=LONDON).astimezone(UTC)


def _working_days_before(day: date, period: Period, calendar: Calendar) -> date:
    count = period.count
    while count:
        day -= timedelta(days=1)
        count -= calendar.is_working_day(day)
    return day
