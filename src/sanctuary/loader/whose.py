"""Whom are answers about? Checks that a case is known and reached by what is the person's own, for all to know."""

from __future__ import annotations

from sanctuary.core.whose import Whose
from sanctuary.loader.draft import Draft, Spot
from sanctuary.loader.procedure import ColumnShape, QuestionShape


def whose(shape: ColumnShape, rows: QuestionShape | None = None) -> Whose:
    """Whom the answer is about; in a row, whomever the rows are about where the column does not say."""
    return shape.of or (rows.of if rows else None) or Whose.PERSON


def check_search(draft: Draft, shape: QuestionShape, part: str, spot: Spot) -> None:
    """Nobody looks for a case by somebody else in it, nor tries what stands in a part that they may not read."""
    if shape.search and not _is_core(draft, part):
        message = "whoever sees a case can look for it, so that it is found by what stands in compartment 0 alone"
        draft.note(spot["search"].place, message)
    if shape.search and whose(shape) is not Whose.PERSON:
        draft.note(spot["of"].place, "a case is found by what is the person's own; take this out, or 'search'")


def check_header(draft: Draft, spot: Spot, fact: str) -> None:
    """The header says who the person is and how they are reached: by nobody else's name, address or number."""
    step, _, name = fact.partition(".")
    asked = draft.built[step].questions if step in draft.built else ()
    for question in asked:
        if question.name == name and question.of is not Whose.PERSON:
            draft.note(spot.place, f"this is to be the person's own, and {fact} is of: {question.of.value}")


def check_listed(draft: Draft, spot: Spot, fact: str) -> None:
    """The name by which lists call a case is for everybody who sees it."""
    step, _, name = fact.partition(".")
    asked = draft.built[step].questions if step in draft.built else ()
    found = next((question for question in asked if question.name == name), None)
    if found and not _is_core(draft, found.compartment):
        draft.note(spot.place, f"lists show it to whoever sees a case, so that {fact} has to be in compartment 0")


def _is_core(draft: Draft, part: str) -> bool:
    """Whether it is the part that everybody who sees a case has. Where there is none such, that is noted elsewhere."""
    parts = draft.scheme.compartments
    return part not in parts or parts[part].number == 0 or all(each.number for each in parts.values())
