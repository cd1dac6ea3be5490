"""How does a story happen again: lately, elsewhere and to somebody else? What is not theirs stays as it was told."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random

from sanctuary.core.access import doers
from sanctuary.core.clocks import LONDON
from sanctuary.core.events import Event, EventKind, fold
from sanctuary.core.facts import Silence, Value
from sanctuary.core.known import informed
from sanctuary.core.scheme import QuestionType, Scheme
from sanctuary.core.whose import Whose
from sanctuary.jobs.people import Person, foe, person
from sanctuary.loader.casefile import read_events
from sanctuary.loader.examples import examples

Story = tuple[Event, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """The person whom a story is about, the perpetrator, and others who are named in it."""

    who: Person
    foe: Person
    others: tuple[Person, ...]


# Which answers are somebody's own, and what they are when the story is about somebody else.
Own = Mapping[str, Callable[[Cast], Value]]


def stories(scheme: Scheme, folder: Path) -> Iterator[Story]:
    """What happens in the examples of the scheme in `folder`."""
    for example in examples(folder):
        node = example.spot["events"].node
        events, _ = read_events(node, scheme) if node is not None else (None, ())
        if events:
            yield events


def retold(scheme: Scheme, story: Story, area: str, now: datetime, chance: Random) -> Story:
    """The same story with another person in another area, so that its last event lies one to six days before `now`."""
    last = now.astimezone(LONDON).date() - timedelta(days=chance.randint(1, 6))
    return peopled(moved(story, area, last), own(scheme), cast(chance))


def moved(story: Story, area: str, last: date) -> Story:
    """The same story in another area, so that its last event lies on the day `last` in London; all dates move along."""
    days = (last - story[-1].at.astimezone(LONDON).date()).days
    return tuple(
        replace(
            event,
            at=_later(event.at, days),
            area=area if event.kind is EventKind.OPENED else event.area,
            answers={name: _moved(value, days) for name, value in event.answers.items()},
        )
        for event in story
    )


def cast(chance: Random) -> Cast:
    """People drawn by `chance`."""
    who, others = person(chance), tuple(person(chance) for _ in range(3))
    return Cast(who=who, foe=foe(chance), others=others)


def own(scheme: Scheme) -> Own:
    """The answers to the scheme's questions that are somebody's own."""
    found: dict[str, Callable[[Cast], Value]] = {}
    for step in scheme.steps.values():
        for question in step.questions:
            fact = f"{step.name}.{question.name}"
            if question.type is QuestionType.NAME:
                found[fact] = _other(len(fact) % 3) if question.of not in _FOES else _foe(_name)
            elif question.type in _THEIRS:
                found[fact] = _foe(_THEIRS[question.type]) if question.of in _FOES else _their(_THEIRS[question.type])
    found[scheme.header.name] = lambda cast: cast.who.name
    found[scheme.header.birth_date] = lambda cast: cast.who.birth_date
    return found


def peopled(story: Story, own: Own, cast: Cast) -> Story:
    """The same story about these people."""
    return tuple(_peopled(event, own, cast) for event in story)


def attributed(scheme: Scheme, story: Story) -> Iterator[Event]:
    """The story with a role for every event: where none is named, whoever was last or the first that may do it."""
    last = ""
    for number, event in enumerate(story):
        step = scheme.steps.get(event.step)
        may = (
            doers(scheme, step, informed(scheme, fold(story[:number]), event.at))
            if step and number
            else next(iter(scheme.steps.values())).who.roles
        )
        last = event.role or (last if last in may or not may else may[0])
        yield replace(event, role=last)


def _peopled(event: Event, own: Own, cast: Cast) -> Event:
    theirs = {
        name: own[fact](cast)
        for name, value in event.answers.items()
        if (fact := f"{event.step}.{name}") in own and not isinstance(value, Silence)
    }
    return replace(event, answers={**event.answers, **theirs}) if theirs else event


def _moved(value: Value, days: int) -> Value:
    if isinstance(value, datetime):
        return _later(value, days)
    return value + timedelta(days=days) if isinstance(value, date) else value


def _later(at: datetime, days: int) -> datetime:
    """The same time of the day in London, `days` later."""
    local = at.astimezone(LONDON)
    return datetime.combine(local.date() + timedelta(days=days), local.time(), tzinfo=LONDON)


def _other(number: int) -> Callable[[Cast], Value]:
    return lambda cast: cast.others[number].name


def _their(part: Callable[[Person], Value]) -> Callable[[Cast], Value]:
    return lambda cast: part(cast.who)


def _foe(part: Callable[[Person], Value]) -> Callable[[Cast], Value]:
    return lambda cast: part(cast.foe)


def _name(who: Person) -> Value:
    return who.name


_FOES = frozenset({Whose.PERPETRATOR, Whose.PERPETRATORS_LANDLORD})
_THEIRS: Mapping[QuestionType, Callable[[Person], Value]] = {
    QuestionType.ADDRESS: lambda who: who.address,
    QuestionType.POSTCODE: lambda who: who.postcode,
    QuestionType.PHONE: lambda who: who.phone,
    QuestionType.EMAIL: lambda who: who.email,
}
