"""What does a fictional county look like? The schemes' examples, happening lately to fictional people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import groupby
from pathlib import Path
from random import Random
from uuid import UUID

from django.db import transaction

from sanctuary.actions.held import begin, hold, record
from sanctuary.core.access import agencies, doers
from sanctuary.core.clocks import LONDON
from sanctuary.core.conditions import Scope
from sanctuary.core.events import Event, EventKind, fold
from sanctuary.core.facts import Silence, Value
from sanctuary.core.progress import known
from sanctuary.core.scheme import Question, QuestionType, Scheme
from sanctuary.jobs.people import Person, person
from sanctuary.loader.casefile import read_events
from sanctuary.loader.examples import examples
from sanctuary.records import accounts, context


@dataclass(frozen=True, slots=True, kw_only=True)
class SignIn:
    """A demonstration account. Its password is that of the whole county."""

    area: str
    role: str
    agency: str
    email: str
    name: str


def sign_ins(scheme: Scheme) -> tuple[SignIn, ...]:
    """An account for every role of every agency of the scheme, each once, in the order of its areas."""
    found: dict[str, SignIn] = {}
    moved = [(change.role, change.agency) for change in scheme.reassignments]
    for area in scheme.areas.values():
        for role, agency in (*area.agencies.items(), *moved):
            email = _email(role, agency)
            name = person(Random(email)).name  # noqa: S311
            found.setdefault(email, SignIn(area=area.title, role=role, agency=agency, email=email, name=name))
    return tuple(found.values())


def make_accounts(scheme: Scheme, password: str) -> dict[str, UUID]:
    """The accounts of `sign_ins`, by e-mail address, all with this password. By the owner's login."""
    return {
        each.email: accounts.make_account(
            email=each.email, name=each.name, password=password, agency=each.agency, role=each.role
        )
        for each in sign_ins(scheme)
    }


def happen(scheme: Scheme, folder: Path, staff: Mapping[str, UUID], now: datetime, chance: Random) -> int:
    """Let every example in `folder` happen once in an area of the scheme, ending in the days before `now`; how many."""
    tokens: dict[str, str] = {}
    areas = list(scheme.areas)
    cases = list(_stories(scheme, folder))
    for number, events in enumerate(cases):
        story = retold(scheme, events, areas[number % len(areas)], now, chance)
        _replay(scheme, story, staff, tokens, now)
    for token in tokens.values():
        accounts.close_session(token)
    return len(cases)


def retold(scheme: Scheme, events: Iterable[Event], area: str, now: datetime, chance: Random) -> tuple[Event, ...]:
    """The same story with another person in another area, so that its last event lies one to six days before `now`."""
    story = tuple(events)
    days = (now.astimezone(LONDON).date() - story[-1].at.astimezone(LONDON).date()).days - chance.randint(1, 6)
    who, others = person(chance), [person(chance) for _ in range(3)]
    questions = {
        f"{step.name}.{question.name}": question for step in scheme.steps.values() for question in step.questions
    }
    return tuple(
        replace(
            event,
            at=_moved(event.at, days),
            area=area if event.kind is EventKind.OPENED else event.area,
            answers={
                name: _retold(scheme, f"{event.step}.{name}", value, questions, who, others, days)
                for name, value in event.answers.items()
            },
        )
        for event in story
    )


def _stories(scheme: Scheme, folder: Path) -> Iterator[tuple[Event, ...]]:
    for example in examples(folder):
        node = example.spot["events"].node
        events, _ = read_events(node, scheme) if node is not None else (None, ())
        if events:
            yield events


def _moved(at: datetime, days: int) -> datetime:
    """The same time of the day in London, `days` later."""
    local = at.astimezone(LONDON)
    return datetime.combine(local.date() + timedelta(days=days), local.time(), tzinfo=LONDON)


def _retold(
    scheme: Scheme,
    fact: str,
    value: Value,
    questions: Mapping[str, Question],
    who: Person,
    others: list[Person],
    days: int,
) -> Value:
    question = questions.get(fact)
    if question is None or isinstance(value, Silence):
        return value
    if fact == scheme.header.name:
        return who.name
    if fact == scheme.header.birth_date:
        return who.birth_date
    if isinstance(value, datetime):
        return _moved(value, days)
    if isinstance(value, date):
        return value + timedelta(days=days)
    mine: Mapping[QuestionType, str] = {
        QuestionType.NAME: others[len(fact) % 3].name,
        QuestionType.ADDRESS: who.address,
        QuestionType.POSTCODE: who.postcode,
        QuestionType.PHONE: who.phone,
        QuestionType.EMAIL: who.email,
    }
    return mine.get(question.type, value)


def _replay(
    scheme: Scheme, story: tuple[Event, ...], staff: Mapping[str, UUID], tokens: dict[str, str], now: datetime
) -> None:
    """Record the story as the people who do it would, each with their own account."""
    case_id: UUID | None = None
    done: list[Event] = []
    for role, group in groupby(_attributed(scheme, story), key=lambda event: event.role):
        happened = list(group)
        facts = fold(done or happened[:1])
        scope = Scope(known(scheme, facts, now), now, scheme.calendar)
        agency = agencies(scheme, facts, scope)[role]
        with context.acting(_token(_email(role, agency), staff, tokens)), transaction.atomic():
            held = hold(case_id) if case_id else begin(scheme, story[0].area, happened[0].at)
            record(held, [replace(event, agency=agency) for event in happened], now)
            case_id = held.id
        done += happened


def _attributed(scheme: Scheme, story: tuple[Event, ...]) -> Iterator[Event]:
    """The story with a role for every event: where none is named, the last or the first that may."""
    last = ""
    for number, event in enumerate(story):
        step = scheme.steps.get(event.step)
        may = (
            doers(scheme, step, fold(story[:number]))
            if step and number
            else next(iter(scheme.steps.values())).who.roles
        )
        last = event.role or (last if last in may or not may else may[0])
        yield replace(event, role=last)


def _token(email: str, staff: Mapping[str, UUID], tokens: dict[str, str]) -> str:
    if email not in tokens:
        tokens[email] = accounts.open_session(staff[email])
    return tokens[email]


def _email(role: str, agency: str) -> str:
    return f"{role}@{agency}.example".replace("_", "-")
