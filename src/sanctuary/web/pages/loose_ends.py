"""What is to be known before a step is recorded? What its answers bring along; on closing, what is still up or out."""

from __future__ import annotations

from collections.abc import Iterator

from sanctuary.core.chosen import ON_LOAN
from sanctuary.core.conditions import Scope
from sanctuary.core.facts import Answers
from sanctuary.core.flags import UP, Flag
from sanctuary.core.forms import compartments_of_fact
from sanctuary.web.pages.work import Work


def notes(work: Work, answers: Answers) -> tuple[str, ...]:
    """Each in a sentence; `answers` are those of the step, as they would be recorded."""
    scope = Scope({**work.answers, **answers}, work.now, work.seen.scheme.calendar)
    told = [note for check in work.step.checks for note in check.notes(scope)]
    return (*told, *(_ends(work, scope) if work.step.closes_with else ()))


def _ends(work: Work, scope: Scope) -> Iterator[str]:
    scheme = work.seen.scheme
    for flag in scheme.flags:
        yield from _flag(work, flag, scope)
    out = scope.facts.get(ON_LOAN)
    if isinstance(out, tuple) and out:
        titles = ", ".join(scheme.measures[str(name)].title for name in out)
        yield f"Lent and not back yet: {titles}."


def _flag(work: Work, flag: Flag, scope: Scope) -> Iterator[str]:
    hidden = compartments_of_fact(work.seen.scheme, flag.name) - work.reader.own
    if hidden:
        holder = work.reader.holder(min(hidden))
        yield f"Whether this is still up is in a part of the record held by {holder}: {flag.title} ({flag.held_by})."
    elif flag.decide(work.seen.facts, scope) in UP:
        yield f"Still up: {flag.title} ({flag.held_by})."
