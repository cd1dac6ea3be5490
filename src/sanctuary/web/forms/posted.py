"""What did a person type? A posted form as plain answers, one for each question; core.forms judges them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from sanctuary.core.answers import Plain
from sanctuary.core.facts import Silence
from sanctuary.core.scheme import Question, QuestionType

PARTS: Mapping[QuestionType, tuple[str, ...]] = {
    QuestionType.DATE: ("day", "month", "year"),
    QuestionType.MOMENT: ("day", "month", "year", "time"),
    QuestionType.AMOUNT: ("amount", "per"),
}
MOST_ROWS = 40
_SILENCES = frozenset(silence.value for silence in Silence)


class Posted(Protocol):
    """The part of Django's QueryDict that is needed here."""

    def get(self, name: str, default: str, /) -> Any:
        """The last value posted under `name`."""

    def getlist(self, name: str, /) -> list[Any]:
        """Every value posted under `name`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """Plain answers by question, and faults that only the form can know, keyed as core.forms keys its own."""

    plain: dict[str, Plain]
    faults: dict[str, str]


def typed(questions: Iterable[Question], posted: Posted, *, keep_blank_rows: bool = False) -> Typed:
    """What was posted for `questions`; a question of which the form said nothing is left out."""
    plain: dict[str, Plain] = {}
    faults: dict[str, str] = {}
    for question in questions:
        plain[question.name] = _answer(question, question.name, posted, faults, keep_blank_rows)
    return Typed(plain=plain, faults=faults)


def blank(plain: Plain) -> bool:
    """Whether nothing was typed at all. A period alone is no amount."""
    if isinstance(plain, Mapping):
        return all(blank(value) for key, value in plain.items() if key != "per")
    if isinstance(plain, (list, tuple)):
        return all(blank(value) for value in plain)
    return not str(plain).strip()


def _answer(question: Question, name: str, posted: Posted, faults: dict[str, str], keep_blank_rows: bool) -> Plain:
    said = _spoken(question, name, posted, faults, keep_blank_rows)
    silence = posted.get(f"{name}-silence", "")
    if silence not in _SILENCES:
        return said
    if blank(said):
        return silence
    faults[name] = "Enter an answer or tick the box below it, not both"
    return said


def _spoken(question: Question, name: str, posted: Posted, faults: dict[str, str], keep_blank_rows: bool) -> Plain:
    if question.type is QuestionType.ROWS:
        return _rows(question, name, posted, faults, keep_blank_rows)
    if question.type is QuestionType.CHOICES:
        return _choices(name, posted.getlist(name), faults)
    if question.type in PARTS:
        parts = {part: posted.get(f"{name}-{part}", "").strip() for part in PARTS[question.type]}
        return "" if blank(parts) else parts
    return posted.get(name, "").strip()


def _choices(name: str, chosen: list[str], faults: dict[str, str]) -> Plain:
    silent = [value for value in chosen if value in _SILENCES]
    if silent and len(chosen) > 1:
        faults[name] = "Select what applies, or the last answer on its own, not both"
        return chosen
    return silent[0] if silent else chosen


def _rows(question: Question, name: str, posted: Posted, faults: dict[str, str], keep_blank: bool) -> Plain:
    rows: list[Plain] = []
    for index in range(_row_count(posted.get(f"{name}-rows", ""))):
        row_faults: dict[str, str] = {}
        row = {
            column.name: _answer(column, f"{name}-{index}-{column.name}", posted, row_faults, keep_blank)
            for column in question.columns
        }
        if keep_blank or not blank(row):
            moved = (f"{name}-{index}-", f"{name}-{len(rows)}-")
            faults.update({key.replace(*moved, 1): text for key, text in row_faults.items()})
            rows.append(row)
    return rows


def _row_count(text: str) -> int:
    return min(number(text), MOST_ROWS)


def number(text: str, otherwise: int = 0) -> int:
    """A small number that the form itself wrote; `otherwise` for whatever else was posted in its place."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else otherwise
