"""What do the readings of a county look like over some weeks, and how does somebody look who should not?

Officers with their own cases, worries, holidays' cover, managers' reviews and nights on call; and planted snoopers.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from sanctuary.core.clocks import LONDON
from sanctuary.core.patterns import COLLEAGUE, OWN, PATTERNS, Reading

STAFF, DAYS, AGENCIES = 120, 60, 10
BEGIN = datetime(2026, 3, 2, tzinfo=LONDON)  # a Monday, with the change of the clocks in between
# A surname is a given person's in one case of 200, and some colleague's in one of 20.
OWN_NAME, COLLEAGUES_NAME = 1 / 200, 1 / 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Planted:
    """Somebody who looks without need, in the way of one pattern."""

    pattern: str
    account: str


def county(chance: Random) -> list[Reading]:
    """About 100,000 readings of people who do their work."""
    return [reading for number in range(STAFF) for reading in _officer(f"officer {number}", number, chance)]


def snoopers(chance: Random) -> tuple[list[Planted], list[Reading]]:
    """Twenty of them, and what they read beside their work."""
    names = [pattern.name for pattern in PATTERNS]
    planted, readings = [], []
    for number, account in enumerate(chance.sample(range(STAFF), 20)):
        one = Planted(pattern=names[number % len(names)], account=f"officer {account}")
        planted.append(one)
        readings += _snooping(one, chance)
    return planted, readings


def _officer(account: str, number: int, chance: Random) -> Iterator[Reading]:
    own = [f"{account}, case {index}" for index in range(25)]
    named = {case: _name(chance) for case in own}
    manager, on_call = number % 12 == 0, number % 15 == 1
    worry = chance.choice(own)
    for day in range(DAYS):
        at = BEGIN + timedelta(days=day)
        if at.weekday() >= 5 and not on_call:
            continue
        if chance.random() < 0.55:  # a case that somebody thinks of even where nothing is to be done
            yield Reading(at=_worktime(at, chance), account=account, case=worry, named=named[worry])
        if chance.random() < 0.04:
            worry = chance.choice(own)
        if manager and at.weekday() == 4:
            yield from _review(account, at, chance)
        if chance.random() < 0.015:
            yield from _cover(account, at, chance)
        if on_call and chance.random() < 0.3:
            yield from _night(account, at, chance)
        for _ in range(chance.randint(8, 16)):
            yield from _work(account, at, own, named, chance)


def _work(account: str, day: datetime, own: list[str], named: dict[str, str], chance: Random) -> Iterator[Reading]:
    at, case, kind = _worktime(day, chance), chance.choice(own), chance.random()
    name = named[case]
    if kind < 0.62:
        yield Reading(at=at, account=account, case=case, turn=True, named=name)
        if chance.random() < 0.6:
            deed = at + timedelta(minutes=chance.randint(2, 20))
            yield Reading(at=deed, account=account, case=case, wrote=True, turn=True, named=name)
    elif kind < 0.8:  # a look, to see how it goes
        yield Reading(at=at, account=account, case=case, named=name)
    elif kind < 0.84:  # what happened last time
        case = f"closed {chance.randrange(20_000)}"
        yield Reading(at=at, account=account, case=case, closed=True, named=_name(chance))
    else:
        yield Reading(at=at, account=account)
        if chance.random() < 0.75:
            found = at + timedelta(seconds=chance.randint(5, 200))
            yield Reading(at=found, account=account, case=case, turn=chance.random() < 0.7, named=name)


def _review(account: str, day: datetime, chance: Random) -> Iterator[Reading]:
    """A manager looks through the team's cases, ten minutes for each or less."""
    at = day + timedelta(hours=10)
    for _ in range(chance.randint(5, 10)):
        at += timedelta(minutes=chance.randint(4, 14))
        yield Reading(at=at, account=account, case=f"team {chance.randrange(400)}", named=_name(chance))


def _cover(account: str, day: datetime, chance: Random) -> Iterator[Reading]:
    """Somebody is ill: their cases are read in one morning, and some need something."""
    at = day + timedelta(hours=9)
    for _ in range(chance.randint(6, 14)):
        at += timedelta(minutes=chance.randint(3, 15))
        case = f"covered {chance.randrange(3000)}"
        yield Reading(at=at, account=account, case=case, turn=chance.random() < 0.4, named=_name(chance))


def _night(account: str, day: datetime, chance: Random) -> Iterator[Reading]:
    """Called at night: a few cases, most of them with something to do."""
    at = day + timedelta(hours=22, minutes=chance.randint(0, 300))
    for _ in range(chance.randint(1, 5)):
        at += timedelta(minutes=chance.randint(5, 30))
        case = f"tonight {chance.randrange(3000)}"
        yield Reading(at=at, account=account, case=case, turn=chance.random() < 0.6)


def _snooping(planted: Planted, chance: Random) -> Iterator[Reading]:
    """A fifth to a half more than the pattern asks for, in most of the time that it allows."""
    pattern = next(each for each in PATTERNS if each.name == planted.pattern)
    count = round(pattern.times * chance.uniform(1.2, 1.5)) + 1
    day = BEGIN + timedelta(days=chance.randrange(DAYS - 8), hours=23 if pattern.name == "at_night" else 0)
    within = min(pattern.within, timedelta(days=6)) * 0.9
    for number in range(count):
        at = day + timedelta(hours=8 if pattern.within >= timedelta(hours=24) else 0) + within * number / count
        at += timedelta(seconds=chance.randint(0, 30))
        if pattern.name not in ("at_night",) and pattern.within < timedelta(hours=24):
            at += timedelta(hours=13)
        yield Reading(
            at=at,
            account=planted.account,
            case=""
            if pattern.name == "searching"
            else f"theirs {0 if pattern.same_case else number} {planted.account}",
            closed=pattern.name == "closed_cases",
            named={"own_name": OWN, "colleague": COLLEAGUE}.get(pattern.name, ""),
            leaving=pattern.name == "leaving",
        )


def _worktime(day: datetime, chance: Random) -> datetime:
    return day + timedelta(hours=8, seconds=chance.randrange(36_000))


def _name(chance: Random) -> str:
    drawn = chance.random()
    return OWN if drawn < OWN_NAME else COLLEAGUE if drawn < COLLEAGUES_NAME else ""
