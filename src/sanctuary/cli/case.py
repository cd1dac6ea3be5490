"""Where does the case in a file stand? Reading a scheme and a case file, and the clock, at the edge of the program."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from sanctuary.cli import find
from sanctuary.cli.command import UnusableError
from sanctuary.core.clocks import LONDON
from sanctuary.core.events import fold
from sanctuary.core.facts import Facts
from sanctuary.core.progress import Progress, evaluate
from sanctuary.core.scheme import Scheme
from sanctuary.loader import Problem
from sanctuary.loader.casefile import read_case

# Those that conditions can write: beyond them there is no calendar to count on.
_YEARS = range(1900, 2201)
_AT = re.compile(r"\d{4}-\d\d-\d\d([ T]\d\d:\d\d(:\d\d)?)?(Z|[+-]\d\d:\d\d)?")


def scheme_of(named: str) -> Scheme | None:
    """The scheme meant; its problems go to the terminal where it has any."""
    loaded = find.scheme(named)
    if loaded.scheme is None:
        complain(loaded.problems)
    return loaded.scheme


def progress_of(path: Path, scheme: Scheme, at: datetime) -> Progress | None:
    """Where the case in the file `path` stood at `at`; the file's problems go to the terminal where it has any."""
    facts = facts_of(path, scheme, at)
    return None if facts is None else evaluate(scheme, facts, at)


def facts_of(path: Path, scheme: Scheme, at: datetime) -> Facts | None:
    """What was known at `at` of the case in the file `path`; the file's problems go to the terminal."""
    if not path.is_file():
        raise UnusableError(f"There is no case file {path}.")
    events, problems = read_case(path, scheme)
    if events is None:
        complain(problems)
        return None
    past = [event for event in events if event.at <= at]
    if not past:
        raise UnusableError(
            f"At {at:%Y-%m-%d %H:%M} this case had not been opened: it was on {events[0].at:%Y-%m-%d %H:%M}."
        )
    return fold(past)


def moment(text: str | None) -> datetime:
    """The time asked about: London time where no offset is given, midnight where there is no time of day, else now."""
    if text is None:
        return datetime.now(LONDON)
    if not _AT.fullmatch(text):
        raise UnusableError(f"'{text}' is no time: write it like 2026-03-02 or '2026-03-02 14:30'.")
    try:
        at = datetime.fromisoformat(text)
    except ValueError as error:
        raise UnusableError(f"There is no such time as '{text}'.") from error
    if at.year not in _YEARS:
        raise UnusableError(f"The year {at.year} is out of reach: ask about 1900 to 2200.")
    return at if at.tzinfo else at.replace(tzinfo=LONDON)


def complain(problems: Iterable[Problem]) -> None:
    """Each problem on a line of its own, where an editor finds it."""
    for problem in problems:
        sys.stdout.write(f"{problem}\n")
