"""Which questions stand on this page? Those that apply, and those that an answer on the same page may call for."""

from __future__ import annotations

from datetime import datetime

from sanctuary.core.clocks import LONDON
from sanctuary.core.conditions.words import in_words
from sanctuary.core.facts import Answers
from sanctuary.core.forms import applies
from sanctuary.core.scheme import Question, Scheme, Section, Step
from sanctuary.web.forms.reveals import options


def asked(scheme: Scheme, step: Step, section: Section, answers: Answers, now: datetime) -> tuple[Question, ...]:
    """The questions of `section` to be drawn, given the case's answers so far, this step's drafts among them."""
    here = frozenset(f"{step.name}.{question.name}" for question in section.questions)
    return tuple(each for each in section.questions if _stands(scheme, each, here, answers, now))


def sections(scheme: Scheme, step: Step, answers: Answers, now: datetime) -> tuple[Section, ...]:
    """The sections of `step` in which there is something to ask."""
    return tuple(section for section in step.sections if asked(scheme, step, section, answers, now))


def only_if(scheme: Scheme, question: Question, answers: Answers, now: datetime) -> str:
    """When the question is to be answered, in words; "" where it is known to apply."""
    if question.when is None or applies(question, answers, now, scheme.calendar) is True:
        return ""
    known = {
        f"{step.name}.{each.name}": each
        for step in scheme.steps.values()
        for each in step.questions
        if f"{step.name}.{each.name}" in question.when.reads
    }
    done = {f"done.{step.name}": step.title for step in scheme.steps.values()}
    titles = {**done, **{name: each.ask for name, each in known.items()}}
    return f"Only if {in_words(question.when, titles, {name: options(each) for name, each in known.items()})}."


def _stands(scheme: Scheme, question: Question, here: frozenset[str], answers: Answers, now: datetime) -> bool:
    if not question.in_force.on(now.astimezone(LONDON).date()):
        return False
    if question.when is not None and question.when.reads & here:
        return True
    return applies(question, answers, now, scheme.calendar) is not False
