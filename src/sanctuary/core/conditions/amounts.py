"""How is a value told to a person? Dates, money, lengths of time and texts in plain English."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from sanctuary.core.clocks import Period


def told(value: object) -> str:
    """`value` as it stands in a sentence."""
    match value:
        case Decimal():
            return f"{'-' if value < 0 else ''}£{abs(value):,.2f}"
        case date():
            return f"{value.day} {value:%B %Y}"
        case timedelta():
            return _length(int(value.total_seconds()))
        case Period():
            return str(value)
        case int():
            return f"{value:,}"
        case _:
            return f"“{value}”"


def listed(words: list[str], last: str) -> str:
    """`words` with commas, and `last` ("and", "or") before the last one."""
    return f" {last} ".join(filter(None, [", ".join(words[:-1]), words[-1]]))


def _length(seconds: int) -> str:
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    counted = [(hours, "hour"), (minutes, "minute"), (seconds, "second")]
    words = [f"{count} {unit}{'' if count == 1 else 's'}" for count, unit in counted if count]
    return listed(words, "and") if words else "no time"
