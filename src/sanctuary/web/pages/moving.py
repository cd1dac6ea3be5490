"""What would change for a case under another version of its scheme? Each difference in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from sanctuary.actions.move_case import Preview
from sanctuary.core.changes import Due, Part, Reading, Turn
from sanctuary.core.reasons import Reason
from sanctuary.core.scheme import Scheme
from sanctuary.web import naming, wording

_OUTCOMES = {"open": "open", "stopped": "stopped"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Differences of one kind."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MovePage:
    """What is shown before a case is moved."""

    case_id: str
    reference: str
    version: str
    old: str
    new: str
    groups: tuple[Group, ...]
    elsewhere: str
    nothing: bool


def edition(scheme: Scheme) -> str:
    """What a version is called: the date of its text, or its number where it has none."""
    return f"the edition of {wording.day(scheme.edition)}" if scheme.edition else f"version {scheme.version}"


def _apart(old: Scheme, new: Scheme) -> tuple[str, str]:
    """What the two are called: by their numbers where they are of the same date."""
    if old.edition == new.edition:
        return f"version {old.version}", f"version {new.version}"
    return edition(old), edition(new)


def move_page(preview: Preview) -> MovePage:
    """The page."""
    old, new = _apart(preview.old, preview.new)
    some = wording.count(preview.elsewhere, "question") if preview.elsewhere else ""
    return MovePage(
        case_id=str(preview.case_id),
        reference=preview.reference,
        version=preview.new.version,
        old=old,
        new=new,
        groups=tuple(group for group in _groups(preview) if group.lines),
        elsewhere=some,
        nothing=preview.changes.are_none and not preview.elsewhere,
    )


def _groups(preview: Preview) -> Iterator[Group]:
    old, new, found = preview.old, preview.new, preview.changes
    if found.outcome:
        was, now = (_outcome(scheme, each) for scheme, each in zip((old, new), found.outcome, strict=True))
        yield Group(title="The case as a whole", lines=(f"It is {was} now. It would be {now}.",))
    yield Group(title="What would stand in the way", lines=_reasons(found.stops))
    yield Group(title="What would no longer stand in the way", lines=_reasons(found.lifts))
    yield Group(
        title="Who would read other parts of the record", lines=tuple(_reading(new, each) for each in found.reads)
    )
    yield Group(title="Who would play another part", lines=tuple(_part(old, new, each) for each in found.parts))
    yield Group(title="Steps that would open", lines=_steps(new, found.open))
    yield Group(title="Steps that are open and would wait", lines=_steps(new, found.wait))
    yield Group(title="Steps that would come later and do not now", lines=_steps(new, found.apply))
    yield Group(title="Steps that would no longer be asked for", lines=_steps(old, found.end))
    yield Group(title="Steps that were done and are not part of the newer version", lines=_steps(old, found.forgotten))
    yield Group(title="Other times", lines=tuple(_due(new, each) for each in found.due))
    yield Group(title="Other turns", lines=tuple(_turn(old, new, each) for each in found.turns))
    yield Group(
        title="Answers that nothing asks for any more; they stay in the record", lines=_facts(old, found.unasked)
    )
    yield Group(
        title="Questions of steps that are done, without an answer; the step can be done again",
        lines=_facts(new, found.asked_anew),
    )


def _outcome(scheme: Scheme, outcome: str) -> str:
    closing = scheme.closing_reasons.get(outcome)
    return _OUTCOMES.get(outcome) or f"closed: {closing.title if closing else 'for another reason'}"


def _reasons(reasons: Iterable[Reason]) -> tuple[str, ...]:
    return tuple(f"{reason.text} Source: {reason.source}." if reason.source else reason.text for reason in reasons)


def _steps(scheme: Scheme, names: Iterable[str]) -> tuple[str, ...]:
    return tuple(scheme.steps[name].title for name in names)


def _facts(scheme: Scheme, facts: Iterable[str]) -> tuple[str, ...]:
    return tuple(naming.thing(scheme, fact) for fact in facts)


def _due(scheme: Scheme, change: Due) -> str:
    return f"{scheme.steps[change.step].title}: {_time(change.will_be)} instead of {_time(change.was)}"


def _time(at: datetime | None) -> str:
    return wording.moment(at) if at else "no target stated"


def _turn(old: Scheme, new: Scheme, change: Turn) -> str:
    was, will_be = naming.roles(old, change.was), naming.roles(new, change.will_be)
    return f"{new.steps[change.step].title}: {will_be} instead of {was}"


def _part(old: Scheme, new: Scheme, change: Part) -> str:
    was, will_be = old.agencies.get(change.was, "nobody"), new.agencies.get(change.will_be, "nobody")
    return f"{naming.role(new if change.will_be else old, change.role)}: {will_be} instead of {was}"


def _reading(scheme: Scheme, change: Reading) -> str:
    told = []
    for verb, parts in (("would read", change.gained), ("would no longer read", change.lost)):
        titles = [part.title for name, part in scheme.compartments.items() if name in parts]
        told += [f"{verb} {wording.listed(titles)}"] if titles else []
    return f"{naming.role(scheme, change.role)}: {'; '.join(told)}"
