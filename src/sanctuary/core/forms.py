"""Are these good answers to a step's form? Which questions apply, what each answer is worth, and the totals."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sanctuary.core.answers import Fault, Plain, check, missing, per_period
from sanctuary.core.clocks import LONDON, Calendar
from sanctuary.core.conditions import Scope
from sanctuary.core.facts import Answers, Silence, Unknown, Value
from sanctuary.core.scheme import Question, Section, Step, Total


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
    given: dict[str, Value] = {}
    faults = {name: "This is not a question of the form" for name in plain if name not in _asked(step, section)}
    known = ChainMap[str, Value]({}, dict(answers))
    own = len(step.name) + 1
    earlier = {name[own:]: value for name, value in answers.items() if name.startswith(f"{step.name}.")}
    for part in _sections(step, section):
        for question in part.questions:
            value = _answer(question, plain.get(question.name, ""), known, now, calendar, drafting)
            if isinstance(value, Fault):
                faults[f"{question.name}-{value.at}" if value.at else question.name] = value.message
            elif value is not None:
                given[question.name] = known[f"{step.name}.{question.name}"] = value
        given.update({total.name: sum_up(total, ChainMap(given, earlier)) for total in part.totals})
    return Reading(answers=given, faults=faults)


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


def _answer(
    question: Question, plain: Plain, known: Answers, now: datetime, calendar: Calendar, drafting: bool
) -> Value | Fault | None:
    asked = applies(question, known, now, calendar)
    if asked is False:
        return Silence.NOT_APPLICABLE
    value = check(question, plain)
    if value is None and asked is True and not question.optional and not drafting:
        return missing(question)
    return value


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
