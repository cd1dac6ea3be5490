"""How does a section become the body of a form? Its questions drawn in order, its faults as links to their boxes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup

from sanctuary.core.answers import Plain
from sanctuary.core.scheme import Question, QuestionType
from sanctuary.web.forms.fields import drawn, stand
from sanctuary.web.forms.posted import PARTS
from sanctuary.web.forms.reveals import Placed, place
from sanctuary.web.forms.rows import drawn_rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One line of the error summary: what to do, and the box where to do it."""

    text: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """A form's fields as HTML and what is wrong with them, in the order of the page."""

    fields: tuple[Markup, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Typing:
    """What goes with questions: what was typed, what is wrong, when each applies, what is `about` its options."""

    plain: Mapping[str, Plain] = field(default_factory=dict)
    faults: Mapping[str, str] = field(default_factory=dict)
    only_if: Mapping[str, str] = field(default_factory=dict)
    about: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def body(step: str, questions: Iterable[Question], typing: Typing) -> Body:
    """`questions` of `step` with what was typed kept, and messages beside their boxes."""
    asked = tuple(questions)
    fields = tuple(_placed(each, typing) for each in place(step, asked))
    return Body(fields=fields, problems=problems(asked, typing.faults))


def problems(questions: Iterable[Question], faults: Mapping[str, str]) -> tuple[Problem, ...]:
    """`faults` in the order of the page; one that belongs to no question here comes last and leads to the top."""
    places = {key: f"#{place}" for question in questions for key, place in _places(question, question.name, faults)}
    known = tuple(Problem(text=faults[key], href=href) for key, href in places.items() if key in faults)
    other = tuple(Problem(text=text, href="#main-content") for key, text in faults.items() if key not in places)
    return known + other


def _placed(placed: Placed, typing: Typing) -> Markup:
    revealed = {
        option: Markup().join(_field(question, typing) for question in questions)
        for option, questions in placed.revealed.items()
    }
    also = typing.only_if.get(placed.question.name, "")
    return _field(placed.question, typing, also=also, revealed=revealed)


def _field(question: Question, typing: Typing, **more: Any) -> Markup:
    plain = typing.plain.get(question.name, "")
    asked = stand(question, question.name, plain, typing.faults, about=typing.about.get(question.name, {}), **more)
    return drawn_rows(asked, typing.faults) if question.type is QuestionType.ROWS else drawn(asked)


def _places(question: Question, name: str, faults: Mapping[str, str]) -> list[tuple[str, str]]:
    """Fault keys of a question, and the id of the box that each belongs to."""
    if question.type is QuestionType.ROWS:
        return _row_places(question, name, faults)
    parts = [f"{name}-{part}" for part in PARTS.get(question.type, ())]
    return [(name, parts[0] if parts else name), *((part, part) for part in parts)]


def _row_places(question: Question, name: str, faults: Mapping[str, str]) -> list[tuple[str, str]]:
    numbers = sorted({int(number) for key in faults if (number := _row_number(key, name))})
    first = f"{name}-0-{question.columns[0].name}"
    within = [
        place
        for index in numbers
        for column in question.columns
        for place in _places(column, f"{name}-{index}-{column.name}", faults)
    ]
    return [(name, _places(question.columns[0], first, faults)[0][1]), *within]


def _row_number(key: str, name: str) -> str:
    head, _, rest = key.partition(f"{name}-")
    number = rest.partition("-")[0]
    return number if not head and number.isdigit() else ""
