"""How does a form of the site itself work, which no scheme writes? With the boxes, checks and words of a step's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from markupsafe import Markup

from sanctuary.core.answers import Fault, Plain, check, missing
from sanctuary.core.facts import Value
from sanctuary.core.scheme import Question, QuestionType
from sanctuary.web.forms.page import Problem, Typing, body
from sanctuary.web.forms.posted import Posted, typed


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """What was filled in: as typed, what it is worth, and what is wrong with it."""

    plain: Mapping[str, Plain] = field(default_factory=dict)
    values: Mapping[str, Value] = field(default_factory=dict)
    faults: Mapping[str, str] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """One answer as text; "" where there is none."""
        return str(self.values.get(name, ""))

    def several(self, name: str) -> frozenset[str]:
        """All that was chosen."""
        chosen = self.values.get(name, ())
        return frozenset(map(str, chosen)) if isinstance(chosen, tuple) else frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class FormPage:
    """A form with what is said above it. `leave`: where to go without changing anything; `grave`: not to be undone.

    `any_of`: none of its questions needs an answer by itself, and which are enough together is said above them.
    """

    title: str
    button: str
    leave: str
    caption: str = ""
    said: tuple[str, ...] = ()
    fields: tuple[Markup, ...] = ()
    problems: tuple[Problem, ...] = ()
    grave: bool = False
    any_of: bool = False


def ask(name: str, text: str, kind: QuestionType, **more: object) -> Question:
    """A question of the site itself, which belongs to no part of a case."""
    return Question(name=name, ask=text, type=kind, compartment="", **more)  # type: ignore[arg-type]


def filled(questions: Sequence[Question], posted: Posted, *, any_of: bool = False) -> Filled:
    """What was posted for the questions; with `any_of` none of them is missed."""
    raw = typed(questions, posted)
    values, faults = dict[str, Value](), dict(raw.faults)
    for question in questions:
        value = check(question, raw.plain.get(question.name, ""))
        if value is None and not question.optional and not any_of:
            value = missing(question)
        if isinstance(value, Fault):
            faults.setdefault("-".join(filter(None, (question.name, value.at))), value.message)
        elif value is not None:
            values[question.name] = value
    return Filled(plain=raw.plain, values=values, faults=faults)


def form_page(
    page: FormPage,
    questions: Sequence[Question] = (),
    given: Filled | None = None,
    about: Mapping[str, Mapping[str, str]] | None = None,
    faults: Mapping[str, str] | None = None,
) -> FormPage:
    """The page with its questions drawn; `faults` are those that only acting on it showed, beside those of `given`."""
    given = given or Filled()
    drawn = body("", questions, Typing(plain=given.plain, faults={**given.faults, **(faults or {})}, about=about or {}))
    return replace(page, fields=drawn.fields, problems=page.problems + drawn.problems)
