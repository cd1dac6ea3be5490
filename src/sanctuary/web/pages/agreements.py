"""Who has agreed to what? Consents, permissions with the time each owner took, and opinions that conflict, in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sanctuary.actions.see_case import SeenCase
from sanctuary.core import consents as consent
from sanctuary.core.conditions import Scope
from sanctuary.core.consents import Consent, consents, may_withdraw
from sanctuary.core.decisions import Conflict, Voice, decisions
from sanctuary.core.facts import Value
from sanctuary.core.permissions import Wait, permissions, waits
from sanctuary.web import naming, wording
from sanctuary.web.pages.answers import Line, lines, reader


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreed:
    """A consent. `name` is what it is withdrawn by; empty where this reader cannot do that now."""

    title: str
    purpose: str
    state: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """A permission, with each owner who is asked in this case and how long they took."""

    title: str
    links: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Differing:
    """A decision on which opinions conflict, with what each role said as far as this reader may know."""

    title: str
    voices: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreements:
    """All of it, for the page of a case."""

    consents: tuple[Agreed, ...]
    permissions: tuple[Chain, ...]
    conflicts: tuple[Differing, ...]


def agreements(seen: SeenCase, scope: Scope) -> Agreements:
    """Who has agreed to what, as far as this person may know. `scope` is what is known of what they read."""
    titles = {one.name.partition(".")[2]: one.title for one in decisions(seen.scheme)}
    return Agreements(
        consents=tuple(_consents(seen, scope)),
        permissions=tuple(_chains(seen, scope)),
        conflicts=tuple(
            _differing(seen, each, titles[each.decision]) for each in seen.progress.conflicts if each.decision in titles
        ),
    )


def _consents(seen: SeenCase, scope: Scope) -> Iterator[Agreed]:
    for one in consents(seen.scheme):
        if not may_withdraw(seen.scheme, one, seen.reads):
            continue
        state = scope.facts.get(one.name)
        name = one.key if state == consent.GIVEN else ""
        yield Agreed(title=one.title, purpose=one.purpose, state=_state(seen, one, state, scope), name=name)


def _state(seen: SeenCase, one: Consent, state: Value | None, scope: Scope) -> str:
    """How it stands, and since when."""
    at, ends = seen.facts.done.get(one.step), one.ends(seen.facts, scope.calendar)
    until = f", until {wording.day(ends)}" if ends else ""
    when = f" on {wording.day(at)}" if at else ""
    withdrawn = seen.facts.withdrawn.get(one.key)
    said = {
        consent.GIVEN: f"Given{when}{until}",
        consent.REFUSED: f"Refused{when}",
        consent.WITHDRAWN: f"Withdrawn on {wording.day(withdrawn)}" if withdrawn else "Withdrawn",
        consent.LAPSED: f"Lapsed on {wording.day(ends)}" if ends else "Lapsed",
    }
    return said.get(str(state), "Not asked yet" if state is None else "Not asked in this case")


def _chains(seen: SeenCase, scope: Scope) -> Iterator[Chain]:
    """Owners of whom progress knows: what a reader may not see never makes one up."""
    progress = seen.progress
    places = {each.step for each in progress.done} | {each.step for each in progress.open}
    places |= {each.step for each in progress.waiting}
    for one in permissions(seen.scheme):
        found = [wait for wait in waits(one, seen.facts, scope) if wait.step in places]
        if any(wait.since or wait.answered for wait in found):
            yield Chain(title=one.title, links=tuple(_link(wait) for wait in found))


def _link(wait: Wait) -> Line:
    took = "" if wait.days is None else wording.count(wait.days, "day")
    if wait.answered:
        told = f"Answered on {wording.day(wait.answered)}" + (f", after {took}" if took else "")
    elif wait.asked:
        told = f"Asked on {wording.day(wait.asked)}, waiting for {took}"
    elif wait.since:
        told = f"To be asked since {wording.day(wait.since)}"
    else:
        told = "Asked after those above"
    return Line(label=f"{wait.of[:1].upper()}{wait.of[1:]}", lines=(told,))


def _differing(seen: SeenCase, conflict: Conflict, title: str) -> Differing:
    return Differing(title=title, voices=tuple(_voice(seen, voice) for voice in conflict.voices))


def _voice(seen: SeenCase, voice: Voice) -> Line:
    """What a role said, in its own part of the record."""
    question, value, who = naming.question(seen.scheme, voice.fact), seen.facts.answers.get(voice.fact), reader(seen)
    label = naming.role(seen.scheme, voice.role, seen.progress.agencies)
    if question is None or value is None:
        return Line(label=label, held=who.holder(question.compartment) if question else "")
    return Line(label=label, lines=lines(question, value))
