"""How does a register fill with very many fictional cases? The examples' stories, told of one person after another.

Where a case stands is concluded once for each telling; people, keys and everything encrypted are each case's own.
"""

from __future__ import annotations

import json
import multiprocessing
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

from django.conf import settings

from sanctuary.actions import kept
from sanctuary.core.clocks import LONDON
from sanctuary.core.events import Event, fold
from sanctuary.core.facts import Facts, Silence
from sanctuary.core.progress import evaluate
from sanctuary.core.scheme import Scheme
from sanctuary.gateways import database
from sanctuary.jobs.demonstration import address_of
from sanctuary.jobs.retelling import Own, Story, attributed, cast, moved, own, peopled, stories
from sanctuary.loader import load_all
from sanctuary.records import bulk
from sanctuary.records.cases import Grant
from sanctuary.records.payload import dump_progress

# A register is mostly history: of a hundred cases so many have ended, in the last six years; the others moved lately.
ENDED = 75
ENDED_WITHIN, MOVED_WITHIN = timedelta(days=6 * 365), timedelta(days=45)
TELLING = 20
ORDER = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """Cases to be made by one process. `first` numbers them, `staff` are accounts by e-mail address."""

    first: int
    count: int
    now: datetime
    staff: Mapping[str, UUID]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plot:
    """A story that can be told again, with a role for every event, and whether it ends."""

    scheme: Scheme
    story: Story
    ends: bool
    own: Own


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """A story in one area at one time, and what was concluded from it; to be told of many people."""

    plot: Plot
    area: str
    facts: Facts
    told: tuple[bulk.Told, ...]
    story: Story
    progress: str
    recheck_at: datetime | None
    grants: Sequence[Grant]


def generate(count: int, first: int, now: datetime, staff: Mapping[str, UUID], workers: int = 2) -> Iterator[int]:
    """Make cases number `first` and on; yields how many of the `count` are made. Needs a superuser's database login.

    `staff` are the accounts of `demonstration.make_accounts` for every scheme. The same numbers make the same stories.
    """
    starts = range(first, first + count, ORDER)
    orders = [Order(first=at, count=min(ORDER, first + count - at), now=now, staff=staff) for at in starts]
    made = 0
    with ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn")) as pool:
        for done in pool.map(_filled, orders):
            made += done
            yield made


def fill(order: Order, connection: Any) -> int:
    """Make the cases of the order, all or none, over a superuser's connection; how many they are."""
    made = wholes(order)
    bulk.load(connection, made)
    return len(made)


def wholes(order: Order) -> list[bulk.Whole]:
    """The cases of the order, not yet kept: the same for the same numbers, time and accounts."""
    chance = Random(order.first)  # noqa: S311 - fiction is no secret
    numbers = range(order.first, order.first + order.count)
    made: list[bulk.Whole] = []
    for start in numbers[::TELLING]:
        telling = _telling(chance, order)
        made += [_case(telling, number, chance) for number in range(start, min(start + TELLING, numbers.stop))]
    return made


@lru_cache(maxsize=1)
def plots() -> tuple[Plot, ...]:
    """Every story of every sound scheme of the installation."""
    root = Path(settings.SCHEMES)
    found = ((key, loaded.scheme) for key, loaded in load_all(root).items())
    return tuple(_plot(scheme, story) for key, scheme in found if scheme for story in stories(scheme, root / key))


def _filled(order: Order) -> int:
    with closing(database.administrator().connect()) as connection:
        return fill(order, connection)


def _plot(scheme: Scheme, story: Story) -> Plot:
    outcome = evaluate(scheme, fold(story), story[-1].at).outcome
    return Plot(
        scheme=scheme,
        story=tuple(attributed(scheme, story)),
        ends=outcome in scheme.closing_reasons,
        own=own(scheme),
    )


def _telling(chance: Random, order: Order) -> Telling:
    ends = chance.randrange(100) < ENDED
    plot, area = _somewhere(chance, ends)
    last = order.now.astimezone(LONDON).date() - chance.randint(1, (ENDED_WITHIN if ends else MOVED_WITHIN).days) * _DAY
    scheme, story = plot.scheme, moved(plot.story, area, last)
    facts = fold(story)
    progress = evaluate(scheme, facts, order.now)
    story = tuple(replace(event, agency=progress.agencies[event.role]) for event in story)
    return Telling(
        plot=plot,
        area=area,
        facts=facts,
        told=tuple(_told(scheme, event, order.staff) for event in story),
        story=story,
        progress=json.dumps(dump_progress(progress)),
        recheck_at=progress.recheck_at,
        grants=kept.grants(scheme, facts, progress, story[-1].at),
    )


def _somewhere(chance: Random, ends: bool) -> tuple[Plot, str]:
    """A story and an area; every area of every scheme is as likely."""
    places = sorted({(plot.scheme.key, area) for plot in plots() for area in plot.scheme.areas})
    key, area = chance.choice(places)
    here = [plot for plot in plots() if plot.scheme.key == key]
    return chance.choice([plot for plot in here if plot.ends is ends] or here), area


def _case(telling: Telling, number: int, chance: Random) -> bulk.Whole:
    scheme, people = telling.plot.scheme, cast(chance)
    story = peopled(telling.story, telling.plot.own, people)
    answers = {
        name: telling.plot.own[name](people) if name in telling.plot.own and not isinstance(value, Silence) else value
        for name, value in telling.facts.answers.items()
    }
    facts = replace(telling.facts, answers=answers)
    return bulk.Whole(
        reference=bulk.reference(scheme.key[:3].upper(), number),
        scheme=scheme.key,
        version=scheme.version,
        area=telling.area,
        numbers=[compartment.number for compartment in scheme.compartments.values()],
        told=[
            told if event is same else replace(told, entry=kept.entry(scheme, event))
            for event, same, told in zip(story, telling.story, telling.told, strict=True)
        ],
        progress=telling.progress,
        recheck_at=telling.recheck_at,
        grants=telling.grants,
        summary=kept.summary(scheme, facts),
        values=kept.search_values(scheme, facts, story),
        traces=kept.traces(scheme, facts),
    )


def _told(scheme: Scheme, event: Event, staff: Mapping[str, UUID]) -> bulk.Told:
    author = staff[address_of(event.role, event.agency)]
    return bulk.Told(entry=kept.entry(scheme, event), agency=event.agency, author=author)


_DAY = timedelta(days=1)
