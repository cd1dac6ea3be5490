"""What does a judgement ask besides itself? Its reason, in a question of its own that stands below it."""

from __future__ import annotations

from collections.abc import Mapping

from sanctuary.core.scheme import QuestionType
from sanctuary.loader.procedure import QuestionShape

WHY = "Why?"


def with_reasons(questions: Mapping[str, QuestionShape], owner: str) -> Mapping[str, QuestionShape]:
    """The questions, each judgement among them followed by its reason. `owner` is the step or form that has them."""
    found: dict[str, QuestionShape] = {}
    for name, shape in questions.items():
        found[name] = shape
        reason = reason_of(name)
        if shape.type is QuestionType.JUDGEMENT and reason not in questions:
            found[reason] = QuestionShape(
                ask=shape.because or WHY,
                type=QuestionType.LONG_TEXT,
                when=f"has({owner}.{name})",
                compartment=shape.compartment,
            )
    return found


def reason_of(judgement: str) -> str:
    """The name of the question that asks for the reason of a judgement."""
    return f"{judgement}_because"
