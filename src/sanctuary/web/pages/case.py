"""What does the page of a case say? The person and safe contact first, then where it stands, then what was recorded."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sanctuary.actions.see_case import SeenCase
from sanctuary.core import homes
from sanctuary.core.access import may_do
from sanctuary.core.facts import Silence, Value
from sanctuary.core.known import settle
from sanctuary.core.progress import Done, Progress
from sanctuary.core.scheme import QuestionType, Scheme
from sanctuary.core.stages import Stage
from sanctuary.web import naming, wording
from sanctuary.web.pages.agreements import Agreements, agreements
from sanctuary.web.pages.answers import AnsweredSection, Line, Reader, answered, line, lines, reader
from sanctuary.web.pages.paying import paying
from sanctuary.web.pages.remarks import Remark, remarks
from sanctuary.web.pages.standing import No, Turn, Wait, noes, turns, waits
from sanctuary.web.pages.timeline import Happened, timeline

_REACHES = (QuestionType.PHONE, QuestionType.EMAIL)


@dataclass(frozen=True, slots=True, kw_only=True)
class SafeContact:
    """How the person may be reached. `state` is "known", "none" (nobody makes contact) or "held" by somebody else.

    `unsafe`: what was given as safe and is given as the perpetrator's as well; its answers are not shown here.
    """

    state: str
    lines: tuple[Line, ...]
    holder: str = ""
    unsafe: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AnsweredStep:
    """A step that was done, with its answers. `again`: this reader may open it again."""

    step: str
    title: str
    by: str
    at: datetime
    times: int
    again: bool
    sections: tuple[AnsweredSection, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AnsweredStage:
    """The steps of one stage that were done, in the order of the scheme. `here`: the case is in this stage."""

    title: str
    here: bool
    steps: tuple[AnsweredStep, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StageMark:
    """One of the seven stages: "past", "here" or "ahead"."""

    title: str
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Something that can be done, by the name and title of its step."""

    step: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CasePage:
    """Everything on the page of a case. Its title never names a person."""

    case_id: UUID
    reference: str
    scheme: str
    area: str
    person: str
    name: str
    standing: str
    tone: str
    stages: tuple[StageMark, ...]
    safe: SafeContact
    turns: tuple[Turn, ...]
    waits: tuple[Wait, ...]
    noes: tuple[No, ...]
    held: tuple[No, ...]
    remarks: tuple[Remark, ...]
    people: tuple[Line, ...]
    parts: tuple[Line, ...]
    answered: tuple[AnsweredStage, ...]
    available: tuple[Choice, ...]
    timeline: tuple[Happened, ...]
    agreements: Agreements
    paying: tuple[Line, ...]


def case_page(seen: SeenCase, now: datetime) -> CasePage:
    """The page of a case as this reader may see it."""
    scheme, progress, facts, who = seen.scheme, seen.progress, seen.facts, reader(seen)
    scope = settle(scheme, facts, now).scope
    standing, tone = _standing(scheme, progress, now)
    area = scheme.areas.get(facts.area)
    return CasePage(
        case_id=seen.case_id,
        reference=seen.reference,
        scheme=scheme.title,
        area=area.title if area else facts.area,
        person=naming.person(scheme),
        name=_said(scheme, facts.answers, scheme.header.name),
        standing=standing,
        tone=tone,
        stages=_stages(progress),
        safe=safe_contact(scheme, facts.answers, who, progress.unsafe),
        turns=turns(seen, now),
        waits=waits(seen, now),
        noes=noes(seen, progress.stopped),
        held=noes(seen, progress.held),
        remarks=remarks(seen),
        people=_people(scheme, facts.answers, who),
        parts=_parts(scheme, progress, who.mine),
        answered=_answered(seen, who),
        available=_available(scheme, progress),
        timeline=timeline(seen),
        agreements=agreements(seen, scope),
        paying=paying(seen, scope.facts),
    )


def _standing(scheme: Scheme, progress: Progress, now: datetime) -> tuple[str, str]:
    if progress.outcome == "stopped":
        return "Stopped", "stopped"
    closing = scheme.closing_reasons.get(progress.outcome)
    if closing:
        return f"Closed: {closing.title}", "closed"
    late = sum(place.due is not None and place.due < now and not place.paused for place in progress.open)
    called = progress.status or "Open"
    return (f"{called}, {wording.count(late, 'step')} overdue", "late") if late else (called, "open")


def _stages(progress: Progress) -> tuple[StageMark, ...]:
    here = progress.stage.position
    states = {-1: "past", 0: "here", 1: "ahead"}
    return tuple(
        StageMark(title=stage.value.capitalize(), state=states[(stage.position > here) - (stage.position < here)])
        for stage in Stage
    )


def safe_contact(scheme: Scheme, answers: Mapping[str, Value], reader: Reader, unsafe: Collection[str]) -> SafeContact:
    """Nothing counts as safe until somebody has said so: blank, not known and does not apply all mean no contact.

    Nor does anything that turned out to be within the perpetrator's reach.
    """
    found = [(name, naming.question(scheme, name)) for name in scheme.header.safe_contact]
    asked = [(question, answers.get(name) if name not in unsafe else None) for name, question in found if question]
    if asked and all(not reader.may(question.compartment) for question, _ in asked):
        return SafeContact(state="held", lines=(), holder=reader.holder(asked[0][0].compartment))
    said = [(question, value) for question, value in asked if value is not None]
    given = [question for question, value in said if not isinstance(value, Silence) and value != "no"]
    spoilt = tuple(question.ask for name, question in found if question and name in unsafe)
    confirmed = any(question.type in _REACHES or not spoilt for question in given)
    told = tuple(Line(label=question.ask, lines=lines(question, value)) for question, value in said)
    return SafeContact(state="known" if confirmed else "none", lines=told, unsafe=spoilt)


def _people(scheme: Scheme, answers: Mapping[str, Value], reader: Reader) -> tuple[Line, ...]:
    header = scheme.header
    where = [_of_the_home(scheme, answers, name) for name in (header.address, header.postcode)]
    names = dict.fromkeys((header.name, header.birth_date, *where, *header.people))
    asked = ((naming.question(scheme, name), answers.get(name)) for name in names)
    made = (line(question, value, reader) for question, value in asked if question)
    return tuple(each for each in made if each is not None)


def _of_the_home(scheme: Scheme, answers: Mapping[str, Value], name: str) -> str:
    """The question that gives `name`: that of the home of concern, where it is about that."""
    concern = homes.of(scheme.derived)
    return concern.asked(name, answers) if concern else name


def _parts(scheme: Scheme, progress: Progress, mine: frozenset[str]) -> tuple[Line, ...]:
    return tuple(
        Line(label=role.title, lines=(scheme.agencies.get(progress.agencies[name], ""),), strong=name in mine)
        for name, role in scheme.roles.items()
        if name in progress.agencies
    )


def _answered(seen: SeenCase, who: Reader) -> tuple[AnsweredStage, ...]:
    found = ((stage, tuple(_answered_step(seen, each, who) for each in _done_in(seen, stage))) for stage in Stage)
    return tuple(
        AnsweredStage(title=stage.value.capitalize(), here=stage is seen.progress.stage, steps=steps)
        for stage, steps in found
        if steps
    )


def _done_in(seen: SeenCase, stage: Stage) -> list[Done]:
    return [each for each in seen.progress.done if seen.scheme.steps[each.step].stage is stage]


def _answered_step(seen: SeenCase, done: Done, who: Reader) -> AnsweredStep:
    step = seen.scheme.steps[done.step]
    return AnsweredStep(
        step=step.name,
        title=step.title,
        by=seen.scheme.agencies.get(seen.progress.agencies.get(done.role, ""), ""),
        at=done.at,
        times=done.times,
        again=any(may_do(seen.scheme, step, seen.facts, role) for role in seen.mine),
        sections=answered(step, seen.facts.answers, who),
    )


def _available(scheme: Scheme, progress: Progress) -> tuple[Choice, ...]:
    return tuple(Choice(step=name, title=scheme.steps[name].title) for name in progress.available)


def _said(scheme: Scheme, answers: Mapping[str, Value], fact: str) -> str:
    question, value = naming.question(scheme, fact), answers.get(fact)
    return ", ".join(lines(question, value)) if question and value is not None else ""
