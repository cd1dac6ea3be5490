"""Which questions stand on this page? Those that apply, and those that an answer on the same page may call for."""

from __future__ import annotations

from datetime import datetime

from sanctuary.core.conditions.words import in_words
from sanctuary.core.facts import Answers, Silence
from sanctuary.core.forms import applies
from sanctuary.core.scheme import Question, Scheme, Section, Step
from sanctuary.web.forms.reveals import options


def asked(scheme: Scheme, step: Step, section: Section, answers: Answers, now: datetime) -> tuple[Question, ...]:
    """The questions of `section` to be drawn, given the case's answers so far, this step's drafts among them.

    What is answered on this page may still change on it: only what cannot come to apply is left out.
    """
    here = {f"{step.name}.{question.name}": question for question in section.questions}
    known = {name: value for name, value in answers.items() if name not in here}
    for name, question in here.items():
        if applies(question, known, now, scheme.calendar) is False:
            known[name] = Silence.NOT_APPLICABLE
    return tuple(question for name, question in here.items() if name not in known)


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
