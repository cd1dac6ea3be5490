"""What of a case may outlive it, for the figures? Coded answers to questions marked as counted, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from sanctuary.core.facts import Facts, Silence, Value
from sanctuary.core.scheme import Scheme

# From here on a number says little more, and points to ever fewer people.
MANY = 5
Coded = str | tuple[str, ...]


def counted(scheme: Scheme, facts: Facts) -> Mapping[str, Coded]:
    """The answers that the definition marks as counted, as codes, by the facts' names. Never free text."""
    names = [
        f"{step.name}.{question.name}"
        for step in scheme.steps.values()
        for question in step.questions
        if question.counted
    ]
    return {name: coded(facts.answers[name]) for name in names if name in facts.answers}


def coded(value: Value) -> Coded:
    """The value as a code: an option, several, "not_known" and the like, or a number that stops at "5 or more"."""
    if isinstance(value, Silence):
        return value.value
    if isinstance(value, int | Decimal):
        return str(value) if value < MANY else f"{MANY} or more"
    if isinstance(value, tuple):
        return tuple(str(each) for each in value)
    return str(value)
