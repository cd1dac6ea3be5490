"""What might happen to a case? Random tales, cut, mixed and changed from the examples of every scheme here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from random import Random

from sanctuary.core.clocks import LONDON
from sanctuary.core.events import Event, EventKind, fold
from sanctuary.core.facts import Answers, Facts
from sanctuary.core.scheme import Scheme
from sanctuary.jobs.retelling import Story, moved, stories
from sanctuary.loader import load_all
from tests.support.random_conditions import answer
from tests.support.source import ROOT

# Around both changes of the clocks, the end of April 2026 when rules change, and the turn of a year.
ENDS = [datetime(2025, 10, 26, tzinfo=UTC), datetime(2026, 3, 29, tzinfo=UTC), datetime(2026, 5, 1, tzinfo=UTC),
        datetime(2026, 12, 31, tzinfo=UTC)]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """Events that begin with the opening of a case, and a time at which to ask about it."""

    scheme: Scheme
    events: Story
    now: datetime

    @property
    def facts(self) -> Facts:
        """What the events tell."""
        return fold(self.events)


@cache
def told() -> tuple[tuple[Scheme, tuple[Story, ...]], ...]:
    """Each scheme of this checkout with what happens in its examples."""
    root = ROOT / "schemes"
    found = ((key, loaded.scheme) for key, loaded in load_all(root).items())
    return tuple((scheme, tuple(stories(scheme, root / key))) for key, scheme in found if scheme)


def prefixes() -> Iterator[History]:
    """Every example after each of its events, asked about as that happened."""
    for scheme, tales in told():
        for tale in tales:
            for length in range(1, len(tale) + 1):
                yield History(scheme=scheme, events=tale[:length], now=tale[length - 1].at)


def histories(seed: int, count: int) -> Iterator[History]:
    """Random histories: tales cut short, two mixed into one, answers changed or lost, events out of order."""
    random = Random(seed)
    for _ in range(count):
        scheme, tales = random.choice(told())
        end = random.choice(ENDS)
        opening, *rest = moved(random.choice(tales), random.choice(list(scheme.areas)), end.date())
        if random.random() < 0.4:
            rest = _mixed(random, rest, [event for event in random.choice(tales) if event.kind is not EventKind.OPENED])
        rest = [_changed(random, scheme, event) for event in rest[: random.randrange(len(rest) + 1)]]
        if random.random() < 0.3:
            random.shuffle(rest)
        now = end + timedelta(minutes=30 * random.randrange(-2000, 2000))
        yield History(scheme=scheme, events=(opening, *rest), now=now.astimezone(random.choice((UTC, LONDON))))


def completed(random: Random, scheme: Scheme, answers: Answers, share: float) -> Answers:
    """The answers with a share of all questions that had none answered somehow."""
    lacking = [name for name in scheme.names if name.partition(".")[0] in scheme.steps and name not in answers]
    return {**answers, **{name: answer(random, scheme.names[name]) for name in lacking if random.random() < share}}


def _mixed(random: Random, one: list[Event], other: list[Event]) -> list[Event]:
    """Both, each in its own order."""
    places = sorted([(random.random(), 0) for _ in one] + [(random.random(), 1) for _ in other])
    tales = iter(one), iter(other)
    return [next(tales[which]) for _, which in places]


def _changed(random: Random, scheme: Scheme, event: Event) -> Event:
    """The event with some answers changed, now and then to what another question would be answered with."""
    types = list(scheme.names.values())
    found = {
        name: answer(random, scheme.names.get(f"{event.step}.{name}", random.choice(types)))
        if random.random() < 0.1
        else answer(random, random.choice(types))
        if random.random() < 0.02
        else value
        for name, value in event.answers.items()
        if random.random() < 0.95
    }
    return replace(event, answers=found)
