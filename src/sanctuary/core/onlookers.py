"""Who can see what of a case, and why? Agencies by their roles and acts, from what was concluded; nobody's answers."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from sanctuary.core.progress import Progress
from sanctuary.core.scheme import ReadingRule, Role, Scheme
from sanctuary.core.shares import Given


@dataclass(frozen=True, slots=True, kw_only=True)
class Because:
    """Parts that a rule of the procedure lets a role read, where it stands, and the step with which that ends."""

    parts: tuple[str, ...]
    source: str
    until: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Onlooker:
    """A role of an agency that can see the case now: `because` of the procedure, or what was `given` by an act.

    `parts` empty: they know that there is a case, and what is to be done.
    """

    role: str
    agency: str
    parts: tuple[str, ...]
    because: tuple[Because, ...] = ()
    given: Given | None = None


def onlookers(scheme: Scheme, progress: Progress, now: datetime) -> tuple[Onlooker, ...]:
    """Everybody who can see the case at `now`: first those who have a part in it, in the order of the scheme."""
    return (*_by_procedure(scheme, progress), *_by_act(scheme, progress, now))


def alone(scheme: Scheme, found: tuple[Onlooker, ...]) -> Mapping[str, tuple[str, str]]:
    """The parts that nobody sees but one role of one agency, with these; ("", ""): nobody at all sees it."""
    seeing = {part: {(one.agency, one.role) for one in found if part in one.parts} for part in scheme.compartments}
    return {part: next(iter(who), ("", "")) for part, who in seeing.items() if len(who) < 2}


def _by_procedure(scheme: Scheme, progress: Progress) -> Iterator[Onlooker]:
    called = {role for place in progress.open for role in (*place.who, *place.told)}
    for name, role in scheme.roles.items():
        reads = progress.reads.get(name, frozenset())
        if name in progress.agencies and (reads or name in called):
            yield Onlooker(
                role=name,
                agency=progress.agencies[name],
                parts=_ordered(scheme, reads),
                because=tuple(_because(scheme, role, progress, reads)),
            )


def _because(scheme: Scheme, role: Role, progress: Progress, reads: frozenset[str]) -> Iterator[Because]:
    """The rules by which it reads what it does; of several that give the same part, the first."""
    left, done = set(reads), {each.step for each in progress.done}
    for rule in role.reads:
        gives = left.intersection(rule.compartments)
        if gives and _may_hold(rule, reads, done):
            left -= gives
            yield Because(parts=_ordered(scheme, gives), source=rule.origin.source, until=rule.until)


def _may_hold(rule: ReadingRule, reads: frozenset[str], done: set[str]) -> bool:
    return rule.until not in done and reads.issuperset(rule.compartments)


def _by_act(scheme: Scheme, progress: Progress, now: datetime) -> Iterator[Onlooker]:
    for one in progress.given:
        if one.until > now:
            yield Onlooker(role=one.role, agency=one.agency, parts=_ordered(scheme, one.parts), given=one)


def _ordered(scheme: Scheme, parts: Collection[str]) -> tuple[str, ...]:
    return tuple(name for name in scheme.compartments if name in parts)
