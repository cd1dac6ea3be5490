"""What has been answered? The answers of a step in words, and who holds those that this reader may not see."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sanctuary.actions.see_case import SeenCase
from sanctuary.core.answers import pounds, said
from sanctuary.core.facts import Answers, Silence, Value
from sanctuary.core.scheme import Question, Scheme, Section, Step, Total
from sanctuary.web import naming


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A label and what there is to say under it, in lines. `held`: who knows, where it is not for this reader."""

    label: str
    lines: tuple[str, ...] = ()
    held: str = ""
    name: str = ""
    strong: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AnsweredSection:
    """The answers of one section."""

    name: str
    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Who reads: the roles they play in the case, what is open to them, and what each role may read now."""

    scheme: Scheme
    mine: frozenset[str]
    own: frozenset[str]
    reads: Mapping[str, frozenset[str]]

    def may(self, compartment: str) -> bool:
        """Whether they may read it."""
        return compartment in self.own

    def holder(self, compartment: str) -> str:
        """Who holds it instead."""
        return naming.holders(self.scheme, self.reads, compartment, self.mine)


def reader(seen: SeenCase) -> Reader:
    """The person who looks at a case."""
    return Reader(scheme=seen.scheme, mine=frozenset(seen.mine), own=seen.reads, reads=seen.progress.reads)


def answered(step: Step, answers: Answers, reader: Reader) -> tuple[AnsweredSection, ...]:
    """Every section of `step` with something in it; questions that do not apply are left out."""
    sections = (
        AnsweredSection(name=section.name, title=section.title, lines=lines_of(section, step, answers, reader))
        for section in step.sections
    )
    return tuple(section for section in sections if section.lines)


def line(question: Question, value: Value | None, reader: Reader) -> Line | None:
    """One question and its answer; None where there is nothing to show."""
    if value is None:
        if reader.may(question.compartment):
            return None
        return Line(label=question.ask, held=reader.holder(question.compartment), name=question.name)
    if value is Silence.NOT_APPLICABLE and Silence.NOT_APPLICABLE not in question.allow:
        return None
    return Line(label=question.ask, lines=lines(question, value), name=question.name)


def lines(question: Question, value: Value) -> tuple[str, ...]:
    """An answer in words."""
    return tuple(said(question, value).split("\n"))


def lines_of(section: Section, step: Step, answers: Answers, reader: Reader) -> tuple[Line, ...]:
    """The answers and the totals of one section."""
    asked = (line(each, answers.get(f"{step.name}.{each.name}"), reader) for each in section.questions)
    totals = (_total(each, answers.get(f"{step.name}.{each.name}")) for each in section.totals)
    return tuple(each for each in (*asked, *totals) if each is not None)


def _total(total: Total, value: Value | None) -> Line | None:
    if value is None:
        return None
    per = f", each {total.per}" if total.per else ""
    shown = "Not known while an amount above is not known" if isinstance(value, Silence) else pounds(value)
    return Line(label=f"{total.title}{per}", lines=(shown,), strong=True)
