"""Where may this person start a referral, and what does its form say? A first step, before there is a case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from markupsafe import Markup

from sanctuary.core.answers import Plain
from sanctuary.core.facts import Answers
from sanctuary.core.forms import Reading, read
from sanctuary.core.scheme import Scheme, Section, Step
from sanctuary.records.accounts import Staff
from sanctuary.web import staffing
from sanctuary.web.forms.asking import asked, only_if, sections
from sanctuary.web.forms.page import Problem, Typing, body, problems
from sanctuary.web.pages.answers import AnsweredSection, Reader, answered


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A scheme and an area where this person may start a referral."""

    scheme: str
    area: str
    title: str
    group: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralPart:
    """A section of the form."""

    title: str
    hint: str
    fields: tuple[Markup, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralPage:
    """The whole form of a first step."""

    title: str
    caption: str
    help: str
    parts: tuple[ReferralPart, ...]
    problems: tuple[Problem, ...]


def places(schemes: Mapping[str, Scheme], staff: Staff) -> tuple[Place, ...]:
    """The schemes and areas where the person's agency plays the person's role, and that role begins cases."""
    return tuple(
        Place(scheme=scheme.key, area=area.name, title=area.title, group=scheme.title)
        for scheme, area in staffing.areas(schemes, staff)
        if staff.role in first(scheme).who.roles
    )


def first(scheme: Scheme) -> Step:
    """The step with which a case begins."""
    return next(iter(scheme.steps.values()))


def referral_page(scheme: Scheme, area: str, begun: Answers, typing: Typing, now: datetime) -> ReferralPage:
    """The form, with what was typed kept; `begun` is what is known of a case that is about to begin."""
    step = first(scheme)
    drawn = [_part(scheme, step, section, begun, typing, now) for section in sections(scheme, step, begun, now)]
    return ReferralPage(
        title=step.title,
        caption=f"{scheme.title}, {scheme.areas[area].title}",
        help=step.help,
        parts=tuple(drawn),
        problems=problems(step.questions, typing.faults),
    )


def reading(scheme: Scheme, begun: Answers, plain: Mapping[str, Plain], now: datetime) -> Reading:
    """What was typed, as the answers to the first step."""
    return read(first(scheme), plain, begun, now, scheme.calendar)


def review(scheme: Scheme, found: Reading) -> tuple[AnsweredSection, ...]:
    """The answers as they will be recorded: whoever typed them may read them."""
    step = first(scheme)
    everything = Reader(scheme=scheme, mine=frozenset(), own=frozenset(scheme.compartments), reads={})
    return answered(step, {f"{step.name}.{name}": value for name, value in found.answers.items()}, everything)


def _part(scheme: Scheme, step: Step, section: Section, begun: Answers, typing: Typing, now: datetime) -> ReferralPart:
    questions = asked(scheme, step, section, begun, now)
    conditions = {each.name: only_if(scheme, each, begun, now) for each in questions}
    drawn = body(step.name, questions, replace(typing, only_if=conditions))
    return ReferralPart(title=section.title, hint=section.hint, fields=drawn.fields)
