"""What do facts that schemes have in common become as answers to one scheme, and what do its answers say of them?"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sanctuary.core.conditions import Scope
from sanctuary.core.facts import Answers, Silence, Value
from sanctuary.core.scheme import Question, QuestionType, Scheme

# Meaning -> its answer; several, where the question is one of several choices.
Given = Mapping[str, str | tuple[str, ...]]


def put(scheme: Scheme, given: Given, now: datetime) -> Answers:
    """`given` as answers to the questions of `scheme` that mean them; what does not apply with them says so."""
    answers: dict[str, Value] = {}
    scope = Scope(answers, now, scheme.calendar)
    for step in scheme.steps.values():
        if step.when is not None and step.when.decide(scope) is False:
            continue
        for question in step.questions:
            value = _applying(question, scope, given)
            if value is not None:
                answers[f"{step.name}.{question.name}"] = value
    return answers


def meant(scheme: Scheme, answers: Answers) -> Given:
    """What `answers` say in the words of the catalogue; the later of two answers, and nothing that could be either."""
    found: dict[str, str | tuple[str, ...]] = {}
    for step in scheme.steps.values():
        for question in step.questions:
            value = answers.get(f"{step.name}.{question.name}")
            for name, options in question.means.items():
                said = _meant(value, options)
                if said:
                    found[name] = said
    return found


def questions(scheme: Scheme, meaning: str) -> tuple[Question, ...]:
    """The questions that mean it."""
    return tuple(question for step in scheme.steps.values() for question in step.questions if meaning in question.means)


def asking(scheme: Scheme, meaning: str) -> frozenset[str]:
    """The facts that mean it."""
    return frozenset(
        f"{step.name}.{question.name}"
        for step in scheme.steps.values()
        for question in step.questions
        if meaning in question.means
    )


def _applying(question: Question, scope: Scope, given: Given) -> Value | None:
    if question.when is not None and question.when.decide(scope) is False:
        return Silence.NOT_APPLICABLE
    for name in question.means:
        if name in given and (value := _said(question, name, given[name])):
            return value
    return None


def _said(question: Question, meaning: str, value: str | tuple[str, ...]) -> str | tuple[str, ...]:
    """The answer to `question` that says `value`: the first option that covers it, empty where none does."""
    options = question.means[meaning]
    wanted = (value,) if isinstance(value, str) else value
    found = tuple(dict.fromkeys(option for one in wanted for option in options if one in options[option]))
    if question.type is QuestionType.CHOICES:
        return found
    return found[0] if found else ""


def _meant(value: Value | None, options: Mapping[str, tuple[str, ...]]) -> str | tuple[str, ...]:
    """What an answer means; empty where that is nothing, or one of several."""
    if isinstance(value, str):
        covered = options.get(value, ())
        return covered[0] if len(covered) == 1 else ""
    if not isinstance(value, tuple):
        return ""
    return tuple(dict.fromkeys(one for option in value if isinstance(option, str) for one in options.get(option, ())))
