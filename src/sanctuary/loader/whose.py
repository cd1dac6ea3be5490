"""Whom are answers about? Checks that a case is known and reached by what is the person's own."""

from __future__ import annotations

from sanctuary.core.whose import Whose
from sanctuary.loader.draft import Draft, Spot
from sanctuary.loader.procedure import ColumnShape, QuestionShape


def whose(shape: ColumnShape, rows: QuestionShape | None = None) -> Whose:
    """Whom the answer is about; in a row, whomever the rows are about where the column does not say."""
    return shape.of or (rows.of if rows else None) or Whose.PERSON


def check_search(draft: Draft, shape: QuestionShape, spot: Spot) -> None:
    """Nobody looks for a case by somebody else in it."""
    if shape.search and whose(shape) is not Whose.PERSON:
        draft.note(spot["of"].place, "a case is found by what is the person's own; take this out, or 'search'")


def check_header(draft: Draft, spot: Spot, fact: str) -> None:
    """The header says who the person is and how they are reached: by nobody else's name, address or number."""
    step, _, name = fact.partition(".")
    asked = draft.built[step].questions if step in draft.built else ()
    for question in asked:
        if question.name == name and question.of is not Whose.PERSON:
            draft.note(spot.place, f"this is to be the person's own, and {fact} is of: {question.of.value}")
