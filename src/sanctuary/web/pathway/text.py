"""How wide is a line of words, and where does it break? An estimate from letter shapes, since SVG does not wrap."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache

from sanctuary.core.clocks import LONDON
from sanctuary.web.wording import day_and_month

# Widths in thousandths of the letter height, a little wide on purpose: no line may run out of its box.
_WIDTHS = {**dict.fromkeys("ijl.,:;'’!|", 310), **dict.fromkeys("ftrI()-[] /", 390), **dict.fromkeys("mwMW@%", 920)}
_BOLD = 1.1


def width(words: str, size: float, *, bold: bool = False) -> float:
    """How wide `words` are at `size`."""
    thousandths = sum(_WIDTHS.get(letter, 710 if letter.isupper() else 600) for letter in words)
    return thousandths * size / 1000 * (_BOLD if bold else 1)


# Titles come again with every picture of a scheme.
@lru_cache(maxsize=8192)
def wrap(words: str, size: float, room: float, *, bold: bool = False) -> tuple[str, ...]:
    """`words` in lines no wider than `room`; a word that is wider stands alone on its line."""
    lines: list[str] = []
    for word in words.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width(longer, size, bold=bold) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return tuple(lines)


def day(at: datetime, now: datetime) -> str:
    """A day as people say it: "3 March", with the year where it is another one than now."""
    local = at.astimezone(LONDON)
    year = f" {local.year}" if local.year != now.astimezone(LONDON).year else ""
    return f"{day_and_month(local)}{year}"


def moment(at: datetime, now: datetime) -> str:
    """A day and time as people say them: "3 March, 9:10am"."""
    local = at.astimezone(LONDON)
    minutes = f":{local.minute:02}" if local.minute else ""
    return f"{day(at, now)}, {local.hour % 12 or 12}{minutes}{'am' if local.hour < 12 else 'pm'}"


def listed(words: tuple[str, ...], last: str = "and") -> str:
    """ "a, b and c"."""
    return f" {last} ".join(part for part in (", ".join(words[:-1]), *words[-1:]) if part)
