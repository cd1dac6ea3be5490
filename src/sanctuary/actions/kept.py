"""What is kept of a case besides its facts? Events as entries, a grant for each role, its summary and search values."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from sanctuary.actions import definitions
from sanctuary.core import gates, reach
from sanctuary.core.access import doers
from sanctuary.core.conditions import Scope
from sanctuary.core.consents import GIVEN, consent_of, consents
from sanctuary.core.events import Event, EventKind
from sanctuary.core.facts import Answers, Facts
from sanctuary.core.foresight import foreseen
from sanctuary.core.forms import compartment_of, compartments_of_fact
from sanctuary.core.progress import Open, Progress
from sanctuary.core.reach import Trace
from sanctuary.core.reasons import Reason
from sanctuary.core.scheme import Question, QuestionType, Scheme
from sanctuary.core.timing import to_be_told
from sanctuary.records import cases, events
from sanctuary.records.payload import dump_event
from sanctuary.records.search import Purpose

_EVER = datetime.max.replace(tzinfo=UTC)
_SHARED, _EMERGENCY = "Shared with you for a time", "Opened by you in an emergency"
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
    """Everybody's leave to read and write, in rows that add up; those `in_list` are lines in worklists.

    One by the procedure for each role with something to read, to do or to know of; what of it time will take away
    stands in rows of its own, which the database ends by itself. Then one for each share that is open now.
    """
    ahead = foreseen(scheme, facts, progress)
    found = [grant for role in progress.agencies for grant in _by_procedure(scheme, facts, progress, ahead, role, now)]
    listed = {(grant.agency, grant.role) for grant in found}
    return [*found, *_by_act(scheme, progress, listed, now)]


def holding(scheme: Scheme, facts: Facts, progress: Progress, now: datetime) -> frozenset[str]:
    """The consents and shares that hold, as messages name what they rest on."""
    scope = Scope(facts.answers, now, scheme.calendar)
    agreed = {one.name for one in consents(scheme) if one.decide(facts, scope) == GIVEN}
    return frozenset(agreed | {f"share.{one.number}" for one in progress.given})


def _by_procedure(
    scheme: Scheme, facts: Facts, progress: Progress, ahead: Sequence[Progress], role: str, now: datetime
) -> Iterator[cases.Grant]:
    """What the role reads for good, so far as is foreseen, and in rows beside it what it reads until some time only."""
    agency, left = progress.agencies[role], progress.reads[role]
    if not (left or role in _busy(scheme, progress)):
        return
    line = _grant(scheme, facts, progress, role, agency, now)
    beside: list[cases.Grant] = []
    for later in ahead:
        if later.agencies.get(role) != agency or not (later.reads[role] or role in _busy(scheme, later)):
            yield replace(line, reads=_numbers(scheme, left), valid_until=later.at)
            break
        if not left <= later.reads[role]:
            basis = -1 - len(beside)
            beside.append(_beside(line, reads=_numbers(scheme, left), valid_until=later.at, basis=basis))
            left &= later.reads[role]
    else:
        yield replace(line, reads=_numbers(scheme, left))
    yield from beside


def _busy(scheme: Scheme, progress: Progress) -> set[str]:
    return {
        role for place in progress.open for role in (*place.who, *place.told, *_to_be_told(scheme, progress, place))
    }


def _beside(line: cases.Grant, **words: Any) -> cases.Grant:
    """Leave that stands beside a line of a worklist: to read, and nothing else."""
    quiet = {
        "writes": frozenset(),
        "in_list": False,
        "needs_us": False,
        "due_at": None,
        "opens_at": None,
        "next_step": "",
    }
    return replace(line, waiting_on="", **{**quiet, **words})


def _by_act(
    scheme: Scheme, progress: Progress, listed: Collection[tuple[str, str]], now: datetime
) -> Iterator[cases.Grant]:
    """What was given by an act, to read and not to write. A case stands once in a list: by what lasts longest."""
    seen = set(listed)
    for one in sorted(progress.given, key=lambda each: (bool(each.account), _EVER - each.until, each.number)):
        place = one.agency, one.role
        yield cases.Grant(
            agency=one.agency,
            role=one.role,
            reads=_numbers(scheme, one.parts),
            writes=frozenset(),
            stage=progress.stage.value,
            last_at=now,
            is_open=not progress.is_closed,
            waiting_on=_EMERGENCY if one.account else _SHARED,
            valid_until=one.until,
            account=UUID(one.account) if one.account else None,
            basis=one.number,
            in_list=place not in seen,
        )
        seen |= set() if one.account else {place}


def summary(scheme: Scheme, facts: Facts) -> bytes:
    """What lists show of the person."""
    return json.dumps({"name": str(_told(facts).get(scheme.header.name, ""))}, ensure_ascii=False).encode()


def search_values(scheme: Scheme, facts: Facts, happened: Sequence[Event]) -> dict[Purpose, list[str]]:
    """What the case is to be found by, where anything of that was answered just now."""
    questions = _searched(scheme)
    just_now = {f"{event.step}.{name}" for event in happened for name in event.answers}
    if just_now.isdisjoint(questions):
        return {}
    values: dict[Purpose, list[str]] = {purpose: [] for purposes in _PURPOSES.values() for purpose in purposes}
    told = _told(facts)
    for name, question in questions.items():
        value = told.get(name)
        for purpose in _PURPOSES[question.search] if value is not None else ():
            text = str(value)
            surname = purpose is Purpose.SURNAME and question.type is QuestionType.NAME
            values[purpose].append(text.split()[-1] if surname and text.split() else text)
    return values


@lru_cache(maxsize=64)
def _searched(scheme: Scheme) -> Mapping[str, Question]:
    """The questions by whose answers a case is to be found."""
    return {
        f"{step.name}.{question.name}": question
        for step in scheme.steps.values()
        for question in step.questions
        if question.search
    }


def traces(scheme: Scheme, facts: Facts) -> list[tuple[int, Trace]]:
    """Whoever is known or reached by an answer or a draft, with the number of the compartment where that lies."""
    found = (*reach.traces(scheme, facts.answers), *reach.traces(scheme, facts.drafts))
    return [(scheme.compartments[trace.compartment].number, trace) for trace in found]


def _told(facts: Facts) -> Answers:
    """The answers, and what came with a step that was passed on: whoever is to hand it in has to find it."""
    passed_on = {name: value for name, value in facts.drafts.items() if name.partition(".")[0] in facts.passed_on}
    return {**passed_on, **facts.answers}


def _number(scheme: Scheme, event: Event) -> int:
    """Answers lie in their own compartment, a reason in its step's; that something was done, in the core."""
    if event.answers:
        step = scheme.steps[event.step]
        return scheme.compartments[compartment_of(step, next(iter(event.answers)))].number
    if event.kind is EventKind.WITHDRAWN:
        return _consent_number(scheme, event)
    if event.kind is EventKind.OVERRIDDEN:
        return scheme.compartments[gates.compartment_of(scheme, event.step)].number
    if event.reason and event.step in scheme.steps:
        return scheme.compartments[scheme.steps[event.step].compartment].number
    return definitions.CORE


def _consent_number(scheme: Scheme, event: Event) -> int:
    """With the answer that gave it, where whoever records it writes there; otherwise in the core."""
    consent, role = consent_of(scheme, event.step), scheme.roles.get(event.role)
    part = compartment_of(scheme.steps[consent.step], consent.asked.partition(".")[2]) if consent else ""
    return scheme.compartments[part].number if role and part in role.writes else definitions.CORE


def _grant(scheme: Scheme, facts: Facts, progress: Progress, role: str, agency: str, now: datetime) -> cases.Grant:
    number = {name: compartment.number for name, compartment in scheme.compartments.items()}
    call = min(_calls(scheme, facts, progress, role), key=lambda each: each.order, default=None)
    return cases.Grant(
        agency=agency,
        role=role,
        reads=_numbers(scheme, progress.reads[role]),
        writes=frozenset({definitions.CORE, *(number[name] for name in scheme.roles[role].writes)}),
        stage=progress.stage.value,
        last_at=now,
        needs_us=call is not None,
        is_open=not progress.is_closed,
        due_at=call.due if call else None,
        opens_at=call.opens if call else None,
        next_step=call.title if call else "",
        waiting_on=_waiting_on(scheme, progress, role),
    )


def _numbers(scheme: Scheme, parts: Iterable[str]) -> frozenset[int]:
    return frozenset(scheme.compartments[name].number for name in parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Call:
    """Something that a line in a worklist may call a role for. `opens` None: now; `others`: it is not their turn."""

    title: str
    due: datetime | None
    since: datetime
    opens: datetime | None = None
    others: bool = False

    @property
    def order(self) -> tuple[bool, datetime, bool, bool, datetime]:
        """Now before later, what is to be done before what others do, then by when it is due."""
        return self.opens is not None, self.opens or _EVER, self.others, self.due is None, self.due or self.since


def _calls(scheme: Scheme, facts: Facts, progress: Progress, role: str) -> Iterator[_Call]:
    """What the role is called for: its turns, what others are late with, and what comes of either with time."""
    for place in progress.open:
        title = scheme.steps[place.step].title
        if role in place.who:
            yield _Call(title=title, due=_due(place), since=place.since)
            continue
        told = f"For you to know: {title}"
        if role in place.told:
            yield _Call(title=told, due=_due(place), since=place.since, others=True)
        elif at := _to_be_told(scheme, progress, place).get(role):
            yield _Call(title=told, due=_due(place), since=place.since, opens=at, others=True)
    for waiting in progress.waiting:
        step = scheme.steps[waiting.step]
        if waiting.until and role in doers(scheme, step, facts):
            yield _Call(title=step.title, due=waiting.until, since=waiting.until, opens=waiting.until)


def _to_be_told(scheme: Scheme, progress: Progress, place: Open) -> Mapping[str, datetime]:
    return to_be_told(scheme, progress.clocks, place.step)


def _urgency(place: Open) -> tuple[bool, datetime]:
    return _due(place) is None, _due(place) or place.since


def _due(place: Open) -> datetime | None:
    """When it is due; a clock that stands still runs out at no time."""
    return None if place.paused else place.due


def _waiting_on(scheme: Scheme, progress: Progress, role: str) -> str:
    """Whom the case waits for, other than this role: the most urgent step, in words; or what it is called meanwhile."""
    others = sorted((place for place in progress.open if role not in place.who), key=_urgency)
    if not others:
        mine = (reason for reason in progress.held if _may_know(scheme, progress.reads[role], reason))
        return next((reason.status for reason in mine if reason.status), "")
    roles = " or ".join(scheme.roles[name].title for name in others[0].who if name in scheme.roles)
    return f"{roles or 'Somebody outside'}: {scheme.steps[others[0].step].title}"


def _may_know(scheme: Scheme, reads: frozenset[str], reason: Reason) -> bool:
    return all(compartments_of_fact(scheme, name) <= reads for name in reason.facts)
