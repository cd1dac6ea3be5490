"""What is kept of a case besides its facts? Events as entries, a grant for each role, its summary and search values."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime

from sanctuary.actions import definitions
from sanctuary.core.access import doers
from sanctuary.core.events import Event
from sanctuary.core.facts import Facts
from sanctuary.core.forms import compartment_of
from sanctuary.core.progress import Open, Progress, Waiting
from sanctuary.core.scheme import QuestionType, Scheme
from sanctuary.records import cases, events
from sanctuary.records.payload import dump_event
from sanctuary.records.search import Purpose

_PURPOSES: Mapping[str, tuple[Purpose, ...]] = {
    "name": (Purpose.FULL_NAME, Purpose.SURNAME),
    "postcode": (Purpose.POSTCODE,),
    "birth_date": (Purpose.BIRTH_DATE,),
}


def entry(scheme: Scheme, event: Event) -> events.Entry:
    """The event as it is to be recorded."""
    return events.Entry(
        kind=event.kind.value,
        compartment=_number(scheme, event),
        happened_at=event.at,
        payload=dump_event(event),
    )


def grants(scheme: Scheme, facts: Facts, progress: Progress, now: datetime) -> list[cases.Grant]:
    """One grant, which is also a line in a worklist, for each role with something to read or to do in the case."""
    busy = {role for place in progress.open for role in place.who}
    parts = ((role, agency) for role, agency in progress.agencies.items() if progress.reads[role] or role in busy)
    return [_grant(scheme, facts, progress, role, agency, now) for role, agency in parts]


def summary(scheme: Scheme, facts: Facts) -> bytes:
    """What lists show of the person."""
    return json.dumps({"name": str(facts.answers.get(scheme.header.name, ""))}, ensure_ascii=False).encode()


def search_values(scheme: Scheme, facts: Facts, happened: Sequence[Event]) -> dict[Purpose, list[str]]:
    """What the case is to be found by, where anything of that was answered just now."""
    questions = {
        f"{step.name}.{question.name}": question
        for step in scheme.steps.values()
        for question in step.questions
        if question.search
    }
    just_now = {f"{event.step}.{name}" for event in happened for name in event.answers}
    if just_now.isdisjoint(questions):
        return {}
    values: dict[Purpose, list[str]] = {purpose: [] for purposes in _PURPOSES.values() for purpose in purposes}
    for name, question in questions.items():
        value = facts.answers.get(name)
        for purpose in _PURPOSES[question.search] if value is not None else ():
            text = str(value)
            surname = purpose is Purpose.SURNAME and question.type is QuestionType.NAME
            values[purpose].append(text.split()[-1] if surname and text.split() else text)
    return values


def _number(scheme: Scheme, event: Event) -> int:
    """Answers lie in their own compartment, a reason in its step's; that something was done, in the core."""
    if event.answers:
        step = scheme.steps[event.step]
        return scheme.compartments[compartment_of(step, next(iter(event.answers)))].number
    if event.reason and event.step in scheme.steps:
        return scheme.compartments[scheme.steps[event.step].compartment].number
    return definitions.CORE


def _grant(scheme: Scheme, facts: Facts, progress: Progress, role: str, agency: str, now: datetime) -> cases.Grant:
    number = {name: compartment.number for name, compartment in scheme.compartments.items()}
    ours = sorted((place for place in progress.open if role in place.who), key=_urgency)
    later = [
        place for place in progress.waiting if place.until and role in doers(scheme, scheme.steps[place.step], facts)
    ]
    next_later = min(later, key=lambda place: place.until or now, default=None)
    first: Open | Waiting | None = ours[0] if ours else next_later
    return cases.Grant(
        agency=agency,
        role=role,
        reads=frozenset(number[name] for name in progress.reads[role]),
        writes=frozenset({definitions.CORE, *(number[name] for name in scheme.roles[role].writes)}),
        stage=progress.stage.value,
        last_at=now,
        needs_us=first is not None,
        is_open=not progress.is_closed,
        due_at=_due(ours[0]) if ours else (next_later.until if next_later else None),
        opens_at=next_later.until if next_later and not ours else None,
        next_step=scheme.steps[first.step].title if first else "",
        waiting_on=_waiting_on(scheme, progress, role),
    )


def _urgency(place: Open) -> tuple[bool, datetime]:
    return _due(place) is None, _due(place) or place.since


def _due(place: Open) -> datetime | None:
    """When it is due; a clock that stands still runs out at no time."""
    return None if place.paused else place.due


def _waiting_on(scheme: Scheme, progress: Progress, role: str) -> str:
    """Whom the case waits for, other than this role: the most urgent step, in words."""
    others = sorted((place for place in progress.open if role not in place.who), key=_urgency)
    if not others:
        return ""
    roles = " or ".join(scheme.roles[name].title for name in others[0].who if name in scheme.roles)
    return f"{roles or 'Somebody outside'}: {scheme.steps[others[0].step].title}"
