"""Which ways are there through a form? Every combination of answers that it takes, in the order in which it asks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from sanctuary.core.answers import Plain, check
from sanctuary.core.clocks import Calendar
from sanctuary.core.facts import Answers, Silence, Value
from sanctuary.core.forms import applies
from sanctuary.core.scheme import Question, QuestionType, Step
from sanctuary.core.whose import Whose

# What is written in a box counts for nothing but that something is written: no condition reads the words of a text.
SAMPLES: Mapping[QuestionType, Plain] = {
    QuestionType.TEXT: "Four years",
    QuestionType.LONG_TEXT: "A housing association",
    QuestionType.NAME: "Dale Sampleton",
    QuestionType.NUMBER: "2",
}
CHOSEN = (QuestionType.YES_NO, QuestionType.CHOICE)


def paths(step: Step, known: Answers, now: datetime, calendar: Calendar) -> Iterator[Mapping[str, Plain]]:
    """Every way of filling in the whole step, as it is typed: what does not apply is left out."""
    yield from _on(step, step.questions, known, {}, now, calendar)


def _on(
    step: Step,
    left: tuple[Question, ...],
    known: Mapping[str, Value],
    typed: Mapping[str, Plain],
    now: datetime,
    calendar: Calendar,
) -> Iterator[Mapping[str, Plain]]:
    if not left:
        yield typed
        return
    question, name = left[0], f"{step.name}.{left[0].name}"
    if applies(question, known, now, calendar) is False:
        yield from _on(step, left[1:], {**known, name: Silence.NOT_APPLICABLE}, typed, now, calendar)
        return
    for plain in _said(question):
        value = check(question, plain)
        said = {**known, name: value} if value is not None else known
        yield from _on(step, left[1:], said, {**typed, question.name: plain} if plain else typed, now, calendar)


def _said(question: Question) -> tuple[Plain, ...]:
    """What may be said to it: each option, each silence that it allows, and nothing where it is optional.

    What is optional and about somebody else than the person, such as the perpetrator's number, is left out.
    """
    if question.optional and question.of is not Whose.PERSON:
        return ("",)
    values: tuple[Plain, ...] = tuple(question.options) if question.type in CHOSEN else (SAMPLES[question.type],)
    silences = tuple(silence.value for silence in question.allow)
    return (*values, *silences, *(("",) if question.optional else ()))
