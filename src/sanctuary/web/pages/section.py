"""What stands on the page of a section? Its questions with what was typed, and what is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from markupsafe import Markup

from sanctuary.core.answers import Plain
from sanctuary.core.fittings import Measure, Status
from sanctuary.core.scheme import Question, Scheme, Section
from sanctuary.web.forms.page import Problem, Typing, body
from sanctuary.web.pages.answers import Line, answered, lines_of
from sanctuary.web.pages.work import Work
from sanctuary.web.wording import listed


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionPage:
    """A form. `letter` names the letter that goes with the step."""

    title: str
    caption: str
    help: str
    hint: str
    fields: tuple[Markup, ...]
    problems: tuple[Problem, ...]
    button: str = "Continue"
    may_leave: bool = True
    letter: str = ""
    case_id: str = ""
    step: str = ""
    totals: tuple[Line, ...] = ()


def section_page(work: Work, section: Section, typing: Typing) -> SectionPage:
    """The form of one section of a step."""
    step, alone = work.step, len(work.sections) == 1
    questions = work.asked(section)
    whole = replace(typing, only_if=work.only_if(questions), about=packages(work.seen.scheme, questions))
    drawn = body(step.name, questions, whole)
    return SectionPage(
        title=step.title if alone else section.title or step.title,
        caption=f"Case {work.seen.reference}" if alone else _caption(work, section),
        help=step.help if alone else "",
        hint=section.hint,
        fields=drawn.fields,
        problems=drawn.problems,
        letter=step.letter if alone else "",
        case_id=str(work.seen.case_id),
        step=step.name,
        totals=_totals(work, section),
    )


def _caption(work: Work, section: Section) -> str:
    """The step that the section belongs to, and how far on in it this is."""
    names = [each.name for each in work.sections]
    place = f", part {names.index(section.name) + 1} of {len(names)}" if section.name in names else ""
    return f"Case {work.seen.reference}: {work.step.title}{place}"


def _totals(work: Work, section: Section) -> tuple[Line, ...]:
    """What the section's totals come to, once an amount in the step has been kept."""
    if not section.totals or not work.drafts:
        return ()
    answers = {f"{work.step.name}.{name}": value for name, value in work.handed_in().answers.items()}
    return lines_of(replace(section, questions=()), work.step, answers, work.reader)


def typed_lines(work: Work, section: Section, plain: Mapping[str, Plain]) -> tuple[Line, ...]:
    """What was typed in `section`, in words, as far as it makes answers."""
    answers = {f"{work.step.name}.{name}": value for name, value in work.read(section, plain).answers.items()}
    everything = replace(work.reader, own=frozenset(work.seen.scheme.compartments))
    return tuple(
        line for part in answered(replace(work.step, sections=(section,)), answers, everything) for line in part.lines
    )


def packages(scheme: Scheme, questions: tuple[Question, ...]) -> Mapping[str, Mapping[str, str]]:
    """What each package holds and on what terms a measure may be chosen, to stand below the option that chooses it."""
    known = {name: _contents(scheme, name) for name in scheme.packages}
    known |= {name: _terms(measure) for name, measure in scheme.measures.items()}
    return {
        each.name: {option: known[option] for option in each.options if known[option]}
        for each in questions
        if each.options and set(each.options) <= known.keys()
    }


def _contents(scheme: Scheme, name: str) -> str:
    package = scheme.packages[name]
    own = "; ".join(scheme.measures[each].title for each in package.measures)
    below = listed([f"all of {scheme.packages[each].title}" for each in package.includes], "and")
    both = ", and: ".join(filter(None, (below, own)))
    return f"{both[0].upper()}{both[1:]}" if below else own


def _terms(measure: Measure) -> str:
    if measure.status is Status.DENIED:
        return f"Not part of this scheme. {measure.reason}"
    if measure.status is Status.EXCEPTIONAL:
        return f"Only by exception, with the agreement of {measure.approver}."
    return ""
