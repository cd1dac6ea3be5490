"""Which question appears under which option? Only where the condition is one comparison with the answer just above."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from sanctuary.core.scheme import Question, QuestionType

_COMPARISON = re.compile(r"^\s*([a-z0-9_]+)\.([a-z0-9_]+)\s*==\s*(['\"])([a-z0-9_]+)\3\s*$")
_MEMBERSHIP = re.compile(r"^\s*(['\"])([a-z0-9_]+)\1\s+in\s+([a-z0-9_]+)\.([a-z0-9_]+)\s*$")
_REVEALING = (QuestionType.YES_NO, QuestionType.CHOICE, QuestionType.CHOICES)


@dataclass(slots=True, kw_only=True)
class Placed:
    """A question, and those that appear when one of its options is chosen."""

    question: Question
    revealed: dict[str, list[Question]] = field(default_factory=dict)


def place(step: str, questions: Iterable[Question]) -> list[Placed]:
    """`questions` in their order, each under the option that calls for it where that is the question just above."""
    placed: list[Placed] = []
    for question in questions:
        cause = _cause(step, question)
        above = placed[-1] if placed else None
        if cause and above and above.question.name == cause[0] and _can_reveal(above.question, cause[1]):
            above.revealed.setdefault(cause[1], []).append(question)
        else:
            placed.append(Placed(question=question))
    return placed


def _cause(step: str, question: Question) -> tuple[str, str] | None:
    """The question and option of this step that `question` hangs on, where its condition is that simple."""
    text = question.when.text if question.when else ""
    if (found := _COMPARISON.match(text)) and found[1] == step:
        return found[2], found[4]
    if (found := _MEMBERSHIP.match(text)) and found[3] == step:
        return found[4], found[2]
    return None


def _can_reveal(question: Question, option: str) -> bool:
    return question.type in _REVEALING and option in options(question)


def options(question: Question) -> dict[str, str]:
    """What may be chosen: the options of the definition, or yes and no."""
    return {"yes": "Yes", "no": "No"} if question.type is QuestionType.YES_NO else dict(question.options)
