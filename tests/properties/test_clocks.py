"""What is so of every clock, wherever it starts, however often it stands still and whoever is to know of it?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from sanctuary.core.clocks import LONDON, Escalation, Period, Unit, back, due
from sanctuary.core.dated import Dated
from sanctuary.core.events import Event, EventKind
from sanctuary.core.progress import Progress, as_of
from sanctuary.core.scheme import Clock, Opening, Scheme
from tests.support.proof import length
from tests.unit.core.town import CALENDAR, START, after, at, clock, did, event, scheme, step

COUNT = length(full=400, short=80)
ROLES = ("police", "support")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tale:
    """A scheme, what happened in a case, and so many hours after its opening at which to ask."""

    scheme: Scheme
    events: tuple[Event, ...]
    hours: float

    def at(self, hours: float) -> Progress:
        """Where the case stands then."""
        return at(self.scheme, hours, *self.events)


def tales(seed: int) -> Iterator[Tale]:
    """Two steps with clocks of all sorts around the change to summer time, with pauses."""
    random = Random(seed)
    for _ in range(COUNT):
        order = Dated(key="order", title="Order", start="a.on")
        opens = Opening(before="a.on", period=_period(random)) if random.random() < 0.3 else None
        clocks = tuple(_clock(random, number) for number in range(random.randrange(1, 4)))
        made = scheme(step("a"), step("b", opens=opens), clocks=clocks, derived=(order,))
        day = date(2026, 3, 2) + timedelta(days=random.randrange(60))
        events = [*did("a", 0, on=day), *_pauses(random)]
        yield Tale(scheme=made, events=tuple(events), hours=random.randrange(1, 1500))


def _clock(random: Random, number: int) -> Clock:
    told = tuple(
        Escalation(to=random.choice(ROLES), **{random.choice(("before", "after")): _period(random)})
        for _ in range(random.randrange(3))
    )
    rest = {"escalations": told, "pauses_for": random.choice((None, ("away",)))}
    if random.random() < 0.3:
        return clock("b", "", _period(random), before="a.on", escalations=told)
    return clock("b", random.choice(("a", "opened")), _period(random), **rest)


def _period(random: Random) -> Period:
    return Period(count=random.randrange(0, 12), unit=random.choice(list(Unit)[:3]))


def _pauses(random: Random) -> list[Event]:
    hours = sorted(random.sample(range(1, 900), random.randrange(5)))
    kinds = (EventKind.PAUSED, EventKind.RESUMED)
    causes = ("away", "parts")
    return [event(kinds[n % 2], hour, "b", cause=random.choice(causes)) for n, hour in enumerate(hours)]


def test_time_alone_changes_nothing_before_the_time_to_look_again() -> None:
    looked = 0
    for tale in tales(seed=1):
        happened = [each for each in tale.events if each.at <= after(tale.hours)]
        now = at(tale.scheme, tale.hours, *happened)
        until = now.recheck_at or after(tale.hours + 400)
        for part in (0.01, 0.5, 0.99):
            then = after(tale.hours) + (until - after(tale.hours)) * part
            later = at(tale.scheme, (then - START) / timedelta(hours=1), *happened)
            assert as_of(now, later.at).open == later.open
            looked += any(place.told for place in later.open)
    assert looked > COUNT / 10


def test_whoever_was_told_stays_told_until_it_is_done() -> None:
    told = 0
    for tale in tales(seed=2):
        before: set[str] = set()
        for hours in range(0, 1500, 25):
            happened = [each for each in tale.events if each.at <= after(hours)]
            open_ = {place.step: place for place in at(tale.scheme, hours, *happened).open}
            if "b" not in open_:
                continue
            assert before <= set(open_["b"].told)
            before = set(open_["b"].told)
        told += bool(before)
    assert told > COUNT / 10


def test_a_period_counted_back_and_on_again_ends_where_it_began() -> None:
    """Working days do from a working day: one day back from a Sunday is Friday, and one day on from there is Monday."""
    random = Random(3)
    for _ in range(COUNT):
        end = START.astimezone(LONDON) + timedelta(hours=random.randrange(2000))
        period = _period(random)
        if period.unit is not Unit.WORKING_DAYS or CALENDAR.is_working_day(end.date()):
            assert due(back(end, period, CALENDAR), period, CALENDAR) == end
