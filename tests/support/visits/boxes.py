"""How is an answer given in a form? Typed, ticked or chosen in the boxes of its question, as a person would."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sanctuary.core.answers import Plain
from sanctuary.core.facts import Silence
from sanctuary.core.scheme import Question, QuestionType
from tests.support.visits.visitor import Visitor

_TICKED = (QuestionType.YES_NO, QuestionType.CHOICE, QuestionType.CHOICES, QuestionType.JUDGEMENT)
_SILENCES = {silence.value for silence in Silence}


def fill(visitor: Visitor, questions: Iterable[Question], plain: Mapping[str, Plain]) -> None:
    """Answer each of `questions` that `plain` has an answer to, from the top of the page to its end."""
    for question in questions:
        if question.name in plain:
            answer(visitor, question, question.name, plain[question.name])


def answer(visitor: Visitor, question: Question, name: str, plain: Plain) -> None:
    """Give one answer in the box called `name`."""
    if question.type in _TICKED:
        for value in plain if isinstance(plain, list) else [plain]:
            _choose(visitor, name, str(value))
    elif isinstance(plain, str) and plain in _SILENCES:
        visitor.page.locator(f'[name="{name}-silence"][value="{plain}"]').check()
    elif question.type is QuestionType.ROWS:
        _rows(visitor, question, name, plain)
    elif isinstance(plain, Mapping):
        for part, value in plain.items():
            _type(visitor, f"{name}-{part}", str(value))
    else:
        _type(visitor, name, str(plain))


def _choose(visitor: Visitor, name: str, value: str) -> None:
    box = visitor.page.locator(f'[name="{name}"]').first
    if box.evaluate("box => box.tagName") == "SELECT":
        box.select_option(value)
    else:
        visitor.page.locator(f'[name="{name}"][value="{value}"]').check()


def _type(visitor: Visitor, name: str, text: str) -> None:
    box = visitor.page.locator(f'[name="{name}"]')
    if box.evaluate("box => box.tagName") == "SELECT":
        box.select_option(text)
    else:
        box.fill(text)


def _rows(visitor: Visitor, question: Question, name: str, rows: Plain) -> None:
    assert isinstance(rows, list)
    for index, row in enumerate(rows):
        assert isinstance(row, Mapping)
        if index:
            visitor.press("Add another")
        for column in question.columns:
            if column.name in row:
                answer(visitor, column, f"{name}-{index}-{column.name}", row[column.name])
