"""Are these good answers to a step's form? Which questions apply, what each answer is worth, and the totals."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sanctuary.core.answers import Fault, Plain, check, missing, per_period, unfinished
from sanctuary.core.clocks import LONDON, Calendar
from sanctuary.core.conditions import Scope
from sanctuary.core.facts import Answers, Silence, Unknown, Value
from sanctuary.core.scheme import Question, Scheme, Section, Step, Total


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a form came to: `answers` by question (totals among them), `faults` by field.

    A fault of a part stands under "question-part", of a row under "question-0-column".
    """

    answers: Mapping[str, Value]
    faults: Mapping[str, str]


def applies(question: Question, answers: Answers, now: datetime, calendar: Calendar) -> bool | Unknown:
    """Whether the question is to be asked, given the case's answers ("step.question") so far."""
    if not question.in_force.on(now.astimezone(LONDON).date()):
        return False
    return True if question.when is None else question.when.decide(Scope(answers, now, calendar))


def read(
    step: Step,
    plain: Mapping[str, Plain],
    answers: Answers,
    now: datetime,
    calendar: Calendar,
    *,
    drafting: bool = False,
    section: str = "",
) -> Reading:
    """The answers to the step (or to one `section` of it) on top of the case's `answers` so far.

    A question that does not apply is answered "not applicable" whatever was typed. While `drafting`, nothing is missing
    yet. A name in `plain` that the form does not ask is a fault.
    """
    strange = {name: "This is not a question of the form" for name in plain if name not in _asked(step, section)}
    scope, sections = Scope(answers, now, calendar), _sections(step, section)

    def typed(question: Question) -> Value | Fault | None:
        return check(question, plain.get(question.name, ""), drafting=drafting)

    reading = _gathered(step, sections, typed, scope, needed=not drafting)
    return Reading(answers=reading.answers, faults={**strange, **reading.faults})


def hand_in(step: Step, drafts: Answers, answers: Answers, now: datetime, calendar: Calendar) -> Reading:
    """The step's drafted values ("step.question") as its answers: all that is needed must be among them."""
    return _gathered(
        step, step.sections, lambda question: _drafted(step, question, drafts),
        Scope(answers, now, calendar), needed=True,
    )  # fmt: skip


def anew(step: Step, answers: Answers, drafts: Answers) -> Answers:
    """What is known while the step is being done, perhaps again: its own drafts, and nothing that it said before."""
    own = f"{step.name}."
    others = {name: value for name, value in answers.items() if not name.startswith(own)}
    return others | {name: value for name, value in drafts.items() if name.startswith(own)}


def compartment_of(step: Step, name: str) -> str:
    """The compartment in which the answer `name` of the step lies; a total lies with the first amount in it."""
    return _compartments(step).get(name, step.compartment)


def _compartments(step: Step) -> Mapping[str, str]:
    compartments = {question.name: question.compartment for question in step.questions}
    for section in step.sections:
        compartments.update({total.name: compartments.get(total.add[0], step.compartment) for total in section.totals})
    return compartments


def parted(step: Step, answers: Mapping[str, Value]) -> tuple[Mapping[str, Value], ...]:
    """The answers to the step, parted by the compartment in which they lie: one event for each part."""
    lie, parts = _compartments(step), dict[str, dict[str, Value]]()
    for name, value in answers.items():
        parts.setdefault(lie.get(name, step.compartment), {})[name] = value
    return tuple(parts.values())


def compartments_of_fact(scheme: Scheme, name: str) -> frozenset[str]:
    """The compartments that a fact tells of: an answer's own, and those of everything that a derived fact rests on.

    Any other fact tells of the first, which holds where the case stands.
    """
    step, _, question = name.partition(".")
    if step in scheme.steps:
        return frozenset({compartment_of(scheme.steps[step], question)})
    behind = next((one.reads for one in scheme.derived if one.name == name), frozenset[str]())
    if behind:
        return frozenset().union(*(compartments_of_fact(scheme, fact) for fact in behind))
    return frozenset({min(scheme.compartments.values(), key=lambda part: part.number).name})


def _drafted(step: Step, question: Question, drafts: Answers) -> Value | Fault | None:
    """What was drafted, unless that is only that the question did not apply at the time; rows must be whole by now."""
    value = drafts.get(f"{step.name}.{question.name}")
    if value is Silence.NOT_APPLICABLE and value not in question.allow:
        return None
    return unfinished(question, value) or value


def _gathered(
    step: Step,
    sections: tuple[Section, ...],
    answer: Callable[[Question], Value | Fault | None],
    scope: Scope,
    *,
    needed: bool,
) -> Reading:
    given: dict[str, Value] = {}
    faults: dict[str, str] = {}
    known = ChainMap[str, Value]({}, dict(scope.facts))
    own = len(step.name) + 1
    earlier = {name[own:]: value for name, value in scope.facts.items() if name.startswith(f"{step.name}.")}
    for section in sections:
        for question in section.questions:
            asked = applies(question, known, scope.now, scope.calendar)
            value = Silence.NOT_APPLICABLE if asked is False else answer(question)
            if value is None and asked is True and needed and not question.optional:
                value = missing(question)
            if isinstance(value, Fault):
                faults[f"{question.name}-{value.at}" if value.at else question.name] = value.message
            elif value is not None:
                given[question.name] = known[f"{step.name}.{question.name}"] = value
        given.update({total.name: sum_up(total, ChainMap(given, earlier)) for total in section.totals})
    whole = _checked(step, sections, Scope(known, scope.now, scope.calendar)) if needed else {}
    return Reading(answers=given, faults={**whole, **faults})


def _checked(step: Step, sections: tuple[Section, ...], scope: Scope) -> Mapping[str, str]:
    """What is wrong with the answers as a whole, at those questions of the step that are being answered."""
    here = {question.name for section in sections for question in section.questions}
    found = (fault for check_ in step.checks for fault in check_.faults(scope).items())
    return {field: message for field, message in found if field.partition("-")[0] in here}


def sum_up(total: Total, given: Mapping[str, Value]) -> Value:
    """The total of the answers `given` to a step, in its own period; a blank counts nothing.

    Not known while an amount in it is not known or was not said.
    """
    parts = [(name, 1) for name in total.add] + [(name, -1) for name in total.subtract]
    result = Decimal("0.00")
    for name, sign in parts:
        value = given.get(name)
        if value in (Silence.NOT_KNOWN, Silence.DECLINED):
            return Silence.NOT_KNOWN
        result += sign * _worth(value, total.per)
    return result


def _worth(value: Value | None, per: str) -> Decimal:
    if isinstance(value, Decimal):
        return value
    if isinstance(value, Mapping) and isinstance(value["amount"], Decimal):
        return per_period(value["amount"], str(value["per"]), per)
    return Decimal("0.00")


def _sections(step: Step, section: str) -> tuple[Section, ...]:
    return tuple(part for part in step.sections if not section or part.name == section)


def _asked(step: Step, section: str) -> frozenset[str]:
    return frozenset(question.name for part in _sections(step, section) for question in part.questions)
