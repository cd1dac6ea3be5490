"""What is about to be recorded? The answers of the whole step, and what is still missing, with the way to each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sanctuary.core.scheme import Step
from sanctuary.web.forms.page import problems
from sanctuary.web.pages.answers import AnsweredSection, answered
from sanctuary.web.pages.loose_ends import notes
from sanctuary.web.pages.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """Something still to be put right: what to do, the section and the box."""

    text: str
    section: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckPage:
    """The whole step before it is recorded."""

    case_id: str
    reference: str
    step: str
    title: str
    sections: tuple[AnsweredSection, ...]
    missing: tuple[Missing, ...]
    closes: bool
    decides: bool
    notes: tuple[str, ...] = ()


def check_page(work: Work, faults: Mapping[str, str]) -> CheckPage:
    """The step's drafts as they would be recorded."""
    step = work.step
    answers = {f"{step.name}.{name}": value for name, value in work.handed_in().answers.items()}
    return CheckPage(
        case_id=str(work.seen.case_id),
        reference=work.seen.reference,
        step=step.name,
        title=step.title,
        sections=answered(step, answers, work.reader),
        missing=_missing(step, faults),
        closes=bool(step.closes_with),
        decides=step.kind.value == "decision",
        notes=notes(work, answers),
    )


def _missing(step: Step, faults: Mapping[str, str]) -> tuple[Missing, ...]:
    return tuple(
        Missing(text=problem.text, section=section.name, href=problem.href)
        for section in step.sections
        for problem in problems(section.questions, faults)
        if problem.href != "#main-content"
    )
