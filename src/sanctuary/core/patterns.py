"""Do somebody's readings look like looking without need? A table of patterns, found in plain rows of what was read.

A pattern is a reason to ask, never a finding of fault: cover, training and handovers look like this too.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sanctuary.core.clocks import LONDON

# Readings of one case that lie closer together are one visit to it.
VISIT = timedelta(minutes=30)
# Something recorded in a case so close to a visit is what the visit was for.
DEED = timedelta(days=3)
# A search that leads to a case does so within this time.
FOUND = timedelta(minutes=10)
NIGHT_BEGINS, NIGHT_ENDS = 22, 6
OWN, COLLEAGUE = "own", "colleague"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """That somebody read a case, wrote in it, or (without a case) searched.

    `turn`: it was theirs to do something; `closed`: the case was; `named`: it names somebody called like the reader
    (OWN) or like a colleague; `leaving`: it was known that the reader would leave.
    """

    at: datetime
    account: str
    case: str = ""
    wrote: bool = False
    turn: bool = False
    closed: bool = False
    named: str = ""
    leaving: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """So many visits `within` a time, each as `fits` says: to one and the same case, or to as many different ones.

    `title` says what was seen, `ask` what to ask about it.
    """

    name: str
    title: str
    ask: str
    fits: Callable[[Reading], bool]
    times: int
    within: timedelta
    same_case: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A pattern in somebody's readings. `case` is "" where it is about several, `at` when it was complete."""

    pattern: str
    account: str
    case: str
    at: datetime


def at_night(at: datetime) -> bool:
    """Whether most people sleep."""
    hour = at.astimezone(LONDON).hour
    return hour >= NIGHT_BEGINS or hour < NIGHT_ENDS


PATTERNS: tuple[Pattern, ...] = (
    Pattern(
        name="again_and_again",
        title="Opened one case again and again, without a turn in it and without recording anything",
        ask="What keeps bringing them back to it?",
        fits=lambda visit: bool(visit.case) and not visit.closed,
        times=7,
        within=timedelta(days=7),
        same_case=True,
    ),
    Pattern(
        name="others_turns",
        title="Opened many cases in a short time in which it was somebody else's turn",
        ask="Were they covering for somebody, or looking for something?",
        fits=lambda visit: bool(visit.case),
        times=12,
        within=timedelta(hours=1),
    ),
    Pattern(
        name="closed_cases",
        title="Opened many closed cases in a day",
        ask="What were they looking back for?",
        fits=lambda visit: visit.closed,
        times=8,
        within=timedelta(days=1),
    ),
    Pattern(
        name="searching",
        title="Searched many times without opening what was found",
        ask="Whom were they looking for?",
        fits=lambda visit: not visit.case,
        times=12,
        within=timedelta(hours=1),
    ),
    Pattern(
        name="own_name",
        title="Opened a case in which somebody has their own last name, more than once",
        ask="Is it a relative? Then they should declare a conflict of interest.",
        fits=lambda visit: visit.named == OWN,
        times=3,
        within=timedelta(days=7),
        same_case=True,
    ),
    Pattern(
        name="colleague",
        title="Opened a case in which somebody has a colleague's last name, several times",
        ask="Is it that colleague's own case, or a relative's?",
        fits=lambda visit: visit.named == COLLEAGUE,
        times=4,
        within=timedelta(days=7),
        same_case=True,
    ),
    Pattern(
        name="at_night",
        title="Opened many cases of other people's turns at night",
        ask="Were they on duty? If not, was it them?",
        fits=lambda visit: bool(visit.case) and at_night(visit.at),
        times=8,
        within=timedelta(hours=2),
    ),
    Pattern(
        name="leaving",
        title="Opened many cases after it was known that they leave",
        ask="Were they handing over, or taking something along?",
        fits=lambda visit: bool(visit.case) and visit.leaving,
        times=10,
        within=timedelta(days=1),
    ),
)
BY_NAME: Mapping[str, Pattern] = {pattern.name: pattern for pattern in PATTERNS}


def find(readings: Iterable[Reading], patterns: Sequence[Pattern] = PATTERNS) -> Iterator[Found]:
    """The patterns in the readings, each once for a stretch of time in which it goes on, in no order."""
    by_account: dict[str, list[Reading]] = defaultdict(list)
    for reading in readings:
        by_account[reading.account].append(reading)
    for own in by_account.values():
        own.sort(key=lambda reading: reading.at)
        needless = _needless(own)
        for pattern in patterns:
            yield from _follows(pattern, [visit for visit in needless if pattern.fits(visit)])


def _needless(own: Sequence[Reading]) -> list[Reading]:
    """One person's visits to which no turn and no deed led, and searches that led to no case; in the order of time."""
    deeds: dict[str, list[datetime]] = defaultdict(list)
    for reading in own:
        if reading.wrote:
            deeds[reading.case].append(reading.at)
    answered, found, last = _answered(own), [], dict[str, datetime]()
    for number, reading in enumerate(own):
        if not reading.case:
            needless = number not in answered
        else:
            again = reading.case in last and reading.at - last[reading.case] < VISIT
            last[reading.case] = reading.at
            needless = not (again or reading.turn or _close_by(deeds.get(reading.case, ()), reading.at))
        if needless:
            found.append(reading)
    return found


def _answered(own: Sequence[Reading]) -> set[int]:
    """Which readings are searches that led to a case: the last one before it was opened."""
    found, search = set(), None
    for number, reading in enumerate(own):
        if not reading.case:
            search = number
        elif search is not None and reading.at - own[search].at <= FOUND:
            found.add(search)
    return found


def _close_by(deeds: Sequence[datetime], at: datetime) -> bool:
    place = bisect_left(deeds, at - DEED)
    return place < len(deeds) and deeds[place] <= at + DEED


def _follows(pattern: Pattern, visits: Sequence[Reading]) -> Iterator[Found]:
    """Where the visits of one person follow the pattern."""
    parts: dict[str, list[Reading]] = defaultdict(list)
    for visit in visits:
        parts[visit.case if pattern.same_case else ""].append(visit)
    for case, part in parts.items():
        yield from (
            Found(pattern=pattern.name, account=visit.account, case=case, at=visit.at)
            for visit in _complete(pattern, part)
        )


def _complete(pattern: Pattern, visits: Sequence[Reading]) -> Iterator[Reading]:
    """The visits with which the pattern is complete, and has not been for as long as it looks back."""
    start, told = 0, None
    for number, visit in enumerate(visits):
        while visit.at - visits[start].at > pattern.within:
            start += 1
        if told is not None and visit.at - told <= pattern.within:
            told = visit.at
        elif _count(pattern, visits[start : number + 1]) >= pattern.times:
            told = visit.at
            yield visit


def _count(pattern: Pattern, visits: Sequence[Reading]) -> int:
    """How many visits, or how many different cases; every search counts."""
    if pattern.same_case:
        return len(visits)
    return len({visit.case or visit.at.isoformat() for visit in visits})
