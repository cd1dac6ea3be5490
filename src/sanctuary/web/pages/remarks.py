"""What else is to be known of a case's rules? Its track, what was set aside, and what does not count yet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sanctuary.actions.see_case import SeenCase
from sanctuary.core.gates import Deferred, criterion_of
from sanctuary.core.reach import within_reach
from sanctuary.core.scheme import Scheme
from sanctuary.web import naming, wording


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """Something that holds in this case and not in every other, and why."""

    text: str
    because: str = ""
    source: str = ""


def remarks(seen: SeenCase) -> tuple[Remark, ...]:
    """Everything of that kind, as far as the reader may see it."""
    return (*_unsafe(seen), *_track(seen), *_set_aside(seen), *_deferred(seen), *_limited(seen))


def _unsafe(seen: SeenCase) -> Iterator[Remark]:
    """What is the perpetrator's as well; to those who may not read where that is said, only that care is needed."""
    told = within_reach(seen.scheme, seen.facts) if seen.progress.unsafe else ()
    for fact in seen.progress.unsafe:
        question = naming.question(seen.scheme, fact)
        if question and question.compartment in seen.reads and fact not in seen.scheme.header.safe_contact:
            said = (
                "is given as the perpetrator’s as well" if fact in told else "needs care, for a reason held elsewhere"
            )
            yield Remark(text=f"“{question.ask}” {said}: think of it before anybody writes, calls or visits.")


def _track(seen: SeenCase) -> Iterator[Remark]:
    for track in seen.scheme.tracks:
        if track.name == seen.progress.track:
            yield Remark(text=f"{track.title}: steps come in another order than usual.", source=track.origin.source)


def _set_aside(seen: SeenCase) -> Iterator[Remark]:
    for rule in seen.progress.overridden:
        override = seen.facts.overridden.get(rule)
        role = seen.scheme.roles.get(override.role) if override else None
        by = f" by {role.title} on {wording.moment(override.at)}" if override and role else ""
        yield Remark(text=f"Set aside{by}: {_asked(seen.scheme, rule)}", because=override.reason if override else "")


def _deferred(seen: SeenCase) -> Iterator[Remark]:
    for each in seen.progress.deferred:
        yield Remark(text=f"{_counts(each)}: {_asked(seen.scheme, each.rule)}", source=_source(seen.scheme, each.rule))


def _limited(seen: SeenCase) -> Iterator[Remark]:
    for step, names in seen.progress.limited.items():
        titles = wording.listed([seen.scheme.measures[name].title for name in names])
        yield Remark(text=f"In “{seen.scheme.steps[step].title}”, for now, only: {titles or 'nothing'}.")


def _counts(each: Deferred) -> str:
    return f"Counts from {wording.moment(each.until)}" if each.until else "Does not count yet"


def _asked(scheme: Scheme, rule: str) -> str:
    gate, _ = criterion_of(scheme, rule)
    return gate.title


def _source(scheme: Scheme, rule: str) -> str:
    _, criterion = criterion_of(scheme, rule)
    return criterion.origin.source
