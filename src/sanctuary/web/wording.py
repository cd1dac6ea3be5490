"""How are times and numbers said? Days, moments and what is due, in the words and the time of the people here."""

from __future__ import annotations

from calendar import month_name
from datetime import date, datetime, timedelta

from sanctuary.core.clocks import LONDON

_MINUTE = timedelta(minutes=1)
_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)
_MONTHS = tuple(month_name)  # a page says many days, and strftime is slow


def day(value: date) -> str:
    """2 March 2026."""
    return f"{day_and_month(value)} {value.year}"


def day_and_month(value: date) -> str:
    """2 March."""
    return f"{value.day} {_MONTHS[value.month]}"


def moment(value: datetime) -> str:
    """2 March 2026 at 09:30, in London time."""
    local = value.astimezone(LONDON)
    return f"{day(local)} at {local.hour:02}:{local.minute:02}"


def machine_time(value: datetime) -> str:
    """The moment for a `datetime` attribute."""
    return value.astimezone(LONDON).isoformat(timespec="minutes")


def due(value: datetime | None, now: datetime) -> str:
    """When a thing is due, or by how much it is overdue: "due tomorrow 10:00", "2 hours overdue"."""
    if value is None:
        return "no target stated"
    if value < now:
        return f"{length(now - value)} overdue"
    return f"due {coming(value, now)}"


def coming(value: datetime, now: datetime) -> str:
    """A moment ahead as people say it: "in 25 minutes", "today 16:00", "tomorrow 10:00", "Thursday 10:00"."""
    local, today = value.astimezone(LONDON), now.astimezone(LONDON).date()
    days = (local.date() - today).days
    if value - now < _HOUR:
        return f"in {length(value - now)}"
    if days < 7:
        return f"{_nearby(days, local)} {local:%H:%M}"
    return day(local) if local.year != today.year else day_and_month(local)


def ago(value: datetime, now: datetime) -> str:
    """A moment gone by: "just now", "3 hours ago", "2 days ago"."""
    return "just now" if now - value < _MINUTE else f"{length(now - value)} ago"


def length(value: timedelta) -> str:
    """A stretch of time in its largest fitting unit, rounded down, and never less than a minute."""
    if value < _HOUR:
        return count(max(value // _MINUTE, 1), "minute")
    if value < 2 * _DAY:
        return count(value // _HOUR, "hour")
    return count(value // _DAY, "day")


def count(number: int, one: str, many: str = "") -> str:
    """1 day, 2 days."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def listed(words: list[str] | tuple[str, ...], last: str = "and") -> str:
    """One, two and three."""
    words = tuple(words)
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def _nearby(days: int, local: datetime) -> str:
    return {0: "today", 1: "tomorrow"}.get(days) or f"{local:%A}"
