"""How is a time, a name or a list said on a terminal? Words only; what is said is decided elsewhere."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from textwrap import fill

from sanctuary.core.clocks import LONDON
from sanctuary.core.scheme import Scheme

WIDTH = 100
_UNITS = ((timedelta(days=1), "day"), (timedelta(hours=1), "hour"), (timedelta(minutes=1), "minute"))


def moment(at: datetime) -> str:
    """A time in full: "Tuesday 3 March 2026 at 9:10am"."""
    local = at.astimezone(LONDON)
    minutes = f":{local.minute:02}" if local.minute else ""
    clock = f"{local.hour % 12 or 12}{minutes}{'am' if local.hour < 12 else 'pm'}"
    return f"{local:%A} {local.day} {local:%B %Y} at {clock}"


def due(at: datetime, now: datetime) -> str:
    """When something is or was due, and how far away that is."""
    if at < now:
        return f"It was due {moment(at)}, {_length(now - at)} ago."
    return f"Due {moment(at)}, in {_length(at - now)}."


def listed(words: Iterable[str], last: str = "and") -> str:
    """ "a, b and c"."""
    *others, end = [*words] or [""]
    return f"{', '.join(others)} {last} {end}" if others else end


def paragraph(words: str, indent: int = 2) -> str:
    """`words` broken into lines for a terminal."""
    margin = " " * indent
    return fill(words, WIDTH, initial_indent=margin, subsequent_indent=margin, break_long_words=False)


def role(scheme: Scheme, name: str) -> str:
    """A role by its title."""
    return scheme.roles[name].title if name in scheme.roles else name


def fact(scheme: Scheme, name: str) -> str:
    """What a fact ("step.question", "done.step", "gate.name", "case.area") is about, in the scheme's words."""
    first, _, rest = name.partition(".")
    if first in ("gate", "done"):
        held = scheme.gates.get(rest) if first == "gate" else scheme.steps.get(rest)
        return f"‘{held.title}’ is {'decided' if first == 'gate' else 'done'}" if held else name
    step = scheme.steps.get(first)
    asked = {question.name: question.ask for question in step.questions} if step else {}
    word = rest.partition(".")[0]
    return f"{asked[word]} ({step.title})" if step and word in asked else name


def step(scheme: Scheme, name: str) -> str:
    """What `on` of a waiting step names: a step by its title, else a fact."""
    return scheme.steps[name].title if name in scheme.steps else fact(scheme, name)


def count(number: int, word: str) -> str:
    """ "1 step", "2 steps"."""
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def _length(span: timedelta) -> str:
    """A span in its largest unit of which there are two, or in minutes."""
    for unit, word in _UNITS:
        if span >= 2 * unit:
            return count(span // unit, word)
    return count(max(span // _UNITS[-1][0], 1), "minute")
