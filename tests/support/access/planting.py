"""How do the cases of the proof come about? The schemes' examples, kept as the site keeps them, marks in every part."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction

from sanctuary.actions import definitions, kept
from sanctuary.core.clocks import LONDON
from sanctuary.core.events import Event, EventKind, fold
from sanctuary.core.facts import Value
from sanctuary.core.forms import compartment_of
from sanctuary.core.progress import evaluate
from sanctuary.core.scheme import Question, QuestionType, Scheme
from sanctuary.jobs.retelling import attributed, cast, moved, own, peopled
from sanctuary.loader.examples import examples
from sanctuary.records import accounts, bulk
from sanctuary.records.events import Entry
from sanctuary.records.payload import dump_event, dump_progress
from tests.support.access import written
from tests.support.access.marks import word
from tests.support.database import Agency, Person, administrator, make_person
from tests.support.reached import events_of

WRITTEN = (QuestionType.TEXT, QuestionType.LONG_TEXT, QuestionType.NAME, QuestionType.ADDRESS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Planted:
    """A case with marks. `told` is what the page says of it; `agencies` say who plays each role in it."""

    number: int
    id: UUID
    reference: str
    scheme: Scheme = field(repr=False)
    area: str
    told: written.Told
    agencies: Mapping[str, str]
    is_open: bool
    story: tuple[Event, ...] = field(repr=False)

    @property
    def procedure(self) -> written.Procedure:
        """What the page says of its scheme."""
        return written.procedures()[self.scheme.key]

    @property
    def on_it(self) -> tuple[str, ...]:
        """The roles that the page has on it."""
        return tuple(role for role in self.scheme.roles if role not in self.told.not_on_it)

    def readable(self, role: str) -> frozenset[tuple[int, int]]:
        """The marks that the role is to see."""
        return self.marks(self.procedure.reads(role, self.told))

    def marks(self, names: Iterable[str]) -> frozenset[tuple[int, int]]:
        """The marks in these parts of the record."""
        return frozenset((self.number, self.scheme.compartments[name].number) for name in names)


@cache
def running() -> Mapping[str, Scheme]:
    """The schemes of this checkout, published."""
    assert definitions.publish(Path(settings.SCHEMES)) == ()
    with transaction.atomic():
        return definitions.running()


@cache
def staff(agency: str, role: str) -> Person:
    """The one account of the proof with this role of this agency."""
    made = Agency(id=accounts.make_agency(agency, agency), key=agency, title=agency)
    return make_person(made, role)


def plant(first: int = 1, only: Sequence[str] = ()) -> list[Planted]:
    """Every case of the page (`only`: of these schemes), numbered from `first`, in the database."""
    wanted = [
        (key, told) for key, each in written.procedures().items() if not only or key in only for told in each.cases
    ]
    chance = Random(first)
    with administrator() as connection:
        taken = {reference for (reference,) in connection.execute("select reference from kase")}
        made = [
            _whole(number, running()[key], told, chance, taken)
            for number, (key, told) in enumerate(wanted, start=first)
        ]
        bulk.load(connection, [whole for whole, _ in made])
        ids = dict(connection.execute("select reference, id from kase").fetchall())
    return [replace(planted, id=ids[planted.reference]) for _, planted in made]


def _reference(scheme: Scheme, taken: set[str]) -> str:
    """One that no case has, drawn or numbered, which is taken from now on."""
    drawn = iter(lambda: bulk.reference(scheme.key[:3].upper(), secrets.randbelow(10**8)), "")
    reference = next(each for each in drawn if each not in taken)
    taken.add(reference)
    return reference


def _whole(
    number: int, scheme: Scheme, told: written.Told, chance: Random, taken: set[str]
) -> tuple[bulk.Whole, Planted]:
    now = datetime.now(UTC)
    story = _marked_story(scheme, number, _story(scheme, told), now, chance)
    facts = fold(story)
    progress = evaluate(scheme, facts, now)
    story = tuple(replace(event, agency=progress.agencies[event.role]) for event in story)
    entries = [*_entries(scheme, story), *_of_each_part(scheme, number, story[-1])]
    reference = _reference(scheme, taken)
    whole = bulk.Whole(
        reference=reference,
        scheme=scheme.key,
        version=scheme.version,
        area=story[0].area,
        numbers=[part.number for part in scheme.compartments.values()],
        told=entries,
        progress=json.dumps(dump_progress(progress)),
        recheck_at=progress.recheck_at,
        grants=kept.grants(scheme, facts, progress, story[-1].at),
        summary=kept.summary(scheme, facts),
        values=kept.search_values(scheme, facts, story),
    )
    return whole, Planted(
        number=number, id=UUID(int=0), reference=reference, scheme=scheme, area=story[0].area, told=told,
        agencies=dict(progress.agencies), is_open=not progress.is_closed, story=story,
    )  # fmt: skip


def _story(scheme: Scheme, told: written.Told) -> tuple[Event, ...]:
    example = next(each for each in examples(Path(settings.SCHEMES) / scheme.key) if each.name == told.story)
    events = events_of(scheme, example)
    return tuple(attributed(scheme, events[: told.entries or len(events)]))


def _marked_story(
    scheme: Scheme, number: int, story: tuple[Event, ...], now: datetime, chance: Random
) -> tuple[Event, ...]:
    """The story as it happened lately, to somebody else, with marks in whatever people write in words."""
    yesterday = now.astimezone(LONDON).date() - timedelta(days=1)
    lately = peopled(moved(story, story[0].area, yesterday), own(scheme), cast(chance))
    return tuple(_marked(scheme, number, event) for event in lately)


def _marked(scheme: Scheme, number: int, event: Event) -> Event:
    if not event.answers:
        return event
    step = scheme.steps[event.step]
    asked = {question.name: question for question in step.questions}
    answers = {
        name: _with_mark(asked[name], value, word(number, scheme.compartments[compartment_of(step, name)].number))
        if name in asked
        else value
        for name, value in event.answers.items()
    }
    return replace(event, answers=answers)


def _with_mark(question: Question, value: Value, mark: str) -> Value:
    if isinstance(value, str) and question.type in WRITTEN:
        return f"{value} {mark}"
    if question.type is QuestionType.ROWS and isinstance(value, tuple):
        columns = {column.name: column for column in question.columns}
        rows: Any = value
        return tuple({name: _with_mark(columns[name], each, mark) for name, each in row.items()} for row in rows)
    return value


def _entries(scheme: Scheme, story: Sequence[Event]) -> Iterator[bulk.Told]:
    for event in story:
        yield _told(event, kept.entry(scheme, event))


def _of_each_part(scheme: Scheme, number: int, last: Event) -> Iterator[bulk.Told]:
    """A remark in every part of the record, so that each has a mark whatever the story told: a clock started again."""
    step = next(iter(scheme.steps))
    for part in scheme.compartments.values():
        said = replace(last, kind=EventKind.RESUMED, step=step, answers={}, reason=word(number, part.number))
        yield _told(
            last,
            Entry(kind=said.kind.value, compartment=part.number, happened_at=said.at, payload=dump_event(said)),
        )


def _told(event: Event, entry: Entry) -> bulk.Told:
    return bulk.Told(entry=entry, agency=event.agency, author=staff(event.agency, event.role).account)
