"""What stood in the boxes? An answer kept in the record, as the plain answer that a person would have typed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

from sanctuary.core.answers import Plain
from sanctuary.core.clocks import LONDON
from sanctuary.core.facts import Answers, Silence, Value
from sanctuary.core.scheme import Step


def kept(step: Step, answers: Answers) -> dict[str, Plain]:
    """The plain answers of `step` among `answers` (facts "step.question"); a question without one is left out."""
    wanted = ((question.name, f"{step.name}.{question.name}") for question in step.questions)
    return {name: plain(answers[fact]) for name, fact in wanted if fact in answers}


def plain(value: Value) -> Plain:
    """One answer as it would have been typed."""
    if isinstance(value, Silence):
        return value.value
    if isinstance(value, datetime):
        return {**_day(value.astimezone(LONDON)), "time": f"{value.astimezone(LONDON):%H:%M}"}
    if isinstance(value, date):
        return _day(value)
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, Mapping):
        return {name: plain(part) for name, part in value.items()}
    if isinstance(value, tuple):
        return [plain(part) for part in value]
    return str(value)


def _day(value: date) -> dict[str, str]:
    return {"day": str(value.day), "month": str(value.month), "year": str(value.year)}
