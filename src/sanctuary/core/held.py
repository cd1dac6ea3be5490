"""Why is an answer held? What the definition does with it, whom it is about, who may read it and for how long."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from sanctuary.core.conditions import Condition
from sanctuary.core.keeping import Retention
from sanctuary.core.letters import Letter
from sanctuary.core.scheme import Question, ReadingRule, Scheme, Step
from sanctuary.core.whose import Whose


class Use(Enum):
    """What an answer is used for. The value is how it is said, before what it is used in."""

    STEP = "It decides whether a step is needed"
    QUESTION = "It decides what else is asked"
    RULE = "A rule looks at it before the case goes on"
    WORKED_OUT = "Something is worked out from it"
    TIME = "A time is counted from it or to it"
    TOTAL = "It is part of a sum"
    LETTER = "A letter says it"
    ACCESS = "It decides who may read a part of the record"
    PART = "It decides which agency plays a part"
    HEADER = "It says whom the case is about, to whoever works on it"
    CONTACT = "It says how the person can be reached safely"
    FOUND = "A case is found again by it"
    ENDS = "It says how the case ended"
    COUNTED = "It is counted, as a code and without a name"


@dataclass(frozen=True, slots=True, kw_only=True)
class Used:
    """One use: what for, in what (a title; "" where that says nothing more), and where the rule comes from."""

    use: Use
    title: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """A role that may read the answer, and under which rule of the definition."""

    role: str
    rule: ReadingRule


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """Why an answer is held. `used` is empty where no part of the definition looks at it."""

    step: Step
    question: Question
    used: tuple[Used, ...]
    about: Whose
    readers: tuple[Reader, ...]
    kept: tuple[Retention, ...]

    @property
    def source(self) -> str:
        """Where it comes from that it is asked: the question's own source, or its step's."""
        return self.question.origin.source or self.step.origin.source


def why_held(scheme: Scheme, step: str, question: str) -> Held | None:
    """All that the definition says of a question; None where it has none of that name."""
    place = scheme.steps.get(step)
    asked = next((each for each in place.questions if each.name == question), None) if place else None
    if place is None or asked is None:
        return None
    return Held(
        step=place,
        question=asked,
        used=tuple(dict.fromkeys(_used(scheme, f"{step}.{question}", asked))),
        about=asked.of,
        readers=tuple(_readers(scheme, asked.compartment)),
        kept=scheme.retention,
    )


def _used(scheme: Scheme, fact: str, asked: Question) -> Iterator[Used]:
    yield from _by_rules(scheme, fact)
    yield from _by_steps(scheme, fact)
    yield from _by_people(scheme, fact)
    yield from (Used(use=Use.WORKED_OUT, title=one.title) for one in scheme.derived if fact in one.reads)
    yield from (Used(use=Use.LETTER, title=each.subject) for each in scheme.letters.values() if _names(each, fact))
    if asked.search:
        yield Used(use=Use.FOUND)
    if asked.counted:
        yield Used(use=Use.COUNTED)


def _by_rules(scheme: Scheme, fact: str) -> Iterator[Used]:
    for gate in scheme.gates.values():
        for criterion in gate.criteria:
            if fact in criterion.stops_if.reads:
                yield Used(use=Use.RULE, title=gate.title, source=criterion.origin.source)
    for clock in scheme.clocks:
        if fact in (clock.start, clock.until, clock.before):
            yield Used(use=Use.TIME, title=clock.title, source=clock.origin.source)


def _by_steps(scheme: Scheme, fact: str) -> Iterator[Used]:
    for step in scheme.steps.values():
        if _reads(step.when, fact) or _reads(step.reopens_if, fact):
            yield Used(use=Use.STEP, title=step.title, source=step.origin.source)
        if step.closes_with == fact:
            yield Used(use=Use.ENDS)
        if step.opens and fact == step.opens.anchor:
            yield Used(use=Use.TIME, title=step.title, source=step.origin.source)
        if any(_reads(question.when, fact) for question in step.questions):
            yield Used(use=Use.QUESTION, title=step.title)
        for section in step.sections:
            for total in section.totals:
                if fact.partition(".")[0] == step.name and fact.partition(".")[2] in (*total.add, *total.subtract):
                    yield Used(use=Use.TOTAL, title=total.title)


def _by_people(scheme: Scheme, fact: str) -> Iterator[Used]:
    header = scheme.header
    if fact in (header.name, header.birth_date, header.address, header.postcode, *header.people):
        yield Used(use=Use.HEADER)
    if fact in header.safe_contact:
        yield Used(use=Use.CONTACT)
    for role in scheme.roles.values():
        if any(_reads(rule.when, fact) for rule in role.reads):
            yield Used(use=Use.ACCESS, title=role.title)
    for change in scheme.reassignments:
        if fact in change.when.reads:
            yield Used(use=Use.PART, title=scheme.roles[change.role].title, source=change.origin.source)


def _reads(condition: Condition | None, fact: str) -> bool:
    return condition is not None and fact in condition.reads


def _names(letter: Letter, fact: str) -> bool:
    return any(fact in block.fields for block in letter.blocks)


def _readers(scheme: Scheme, compartment: str) -> Iterator[Reader]:
    for role in scheme.roles.values():
        for rule in role.reads:
            if compartment in rule.compartments:
                yield Reader(role=role.name, rule=rule)
