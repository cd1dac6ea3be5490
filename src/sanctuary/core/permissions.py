"""Whose permission is needed, one after the other, who is awaited and how long did each take? A chain of owners."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from sanctuary.core.clocks import LONDON
from sanctuary.core.conditions import Condition, Scope
from sanctuary.core.facts import Facts, Silence, Unknown, Value
from sanctuary.core.scheme import NOWHERE, Origin, Scheme

GIVEN, REFUSED = "given", "refused"
WORDS = {GIVEN: "given by all", REFUSED: "refused"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One owner in the chain: the step in which they answer, the fact that holds the answer, and what is a yes.

    `when` is the condition under which the step applies: an owner whom the home does not have is passed over.
    """

    of: str
    step: str
    fact: str
    agrees: frozenset[str]
    when: Condition | None = None

    def said(self, scope: Scope) -> bool | Unknown | None:
        """Whether they permit it; None where they are not asked in this case."""
        asked, value = self.when.decide(scope) if self.when is not None else True, scope.facts.get(self.fact)
        if asked is False or value is Silence.NOT_APPLICABLE:
            return None
        if value is None or value is Silence.NOT_KNOWN:
            return asked if isinstance(asked, Unknown) else Unknown(frozenset({self.fact}))
        return isinstance(value, str) and value in self.agrees


@dataclass(frozen=True, slots=True, kw_only=True)
class Permission:
    """What everybody in the chain has to permit. Its fact is "permitted.name": given, or refused by one of them."""

    name: str
    title: str
    chain: tuple[Link, ...]
    origin: Origin = NOWHERE

    @property
    def reads(self) -> frozenset[str]:
        """The answers, and what says whether each owner is asked."""
        conditions = (link.when for link in self.chain if link.when is not None)
        return frozenset(link.fact for link in self.chain).union(*(each.reads for each in conditions))

    @property
    def labels(self) -> Mapping[str, str]:
        """Its states in words."""
        return WORDS

    def decide(self, facts: Facts, scope: Scope) -> Value | Unknown:
        """Given by all, refused by one, or what the first who is awaited has to answer."""
        said = [answer for link in self.chain if (answer := link.said(scope)) is not None]
        if any(answer is False for answer in said):
            return REFUSED
        awaited = next((answer for answer in said if isinstance(answer, Unknown)), None)
        return awaited or (GIVEN if said else Silence.NOT_APPLICABLE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """How long one owner took: `since` it was their turn, `asked`, `answered`, and the days from the first to the last.

    Times are None where that has not happened; `days` count to now while no answer is there.
    """

    of: str
    step: str
    since: datetime | None
    asked: datetime | None
    answered: datetime | None
    days: int | None


@lru_cache(maxsize=64)
def permissions(scheme: Scheme) -> tuple[Permission, ...]:
    """The permissions of the scheme."""
    return tuple(one for one in scheme.derived if isinstance(one, Permission))


def spared(scheme: Scheme, scope: Scope) -> frozenset[str]:
    """The steps of owners who need not be asked any more, because one before them has refused."""
    refused = [one for one in permissions(scheme) if scope.facts.get(one.name) == REFUSED]
    return frozenset([step for one in refused for step in _after_a_no(one, scope)])


def waits(permission: Permission, facts: Facts, scope: Scope) -> tuple[Wait, ...]:
    """The wait for each owner who is asked in this case, in the order of the chain."""
    since: datetime | None = None
    found: list[Wait] = []
    for link in permission.chain:
        if link.said(scope) is None:
            continue
        asked, answered = facts.asked.get(link.step), facts.done.get(link.step)
        begun = min(filter(None, (since, asked)), default=None)
        days = _days(begun, answered or scope.now)
        found.append(Wait(of=link.of, step=link.step, since=begun, asked=asked, answered=answered, days=days))
        since = answered
    return tuple(found)


def _after_a_no(permission: Permission, scope: Scope) -> Iterator[str]:
    refused = False
    for link in permission.chain:
        if refused:
            yield link.step
        refused = refused or link.said(scope) is False


def _days(begun: datetime | None, ended: datetime) -> int | None:
    """Calendar days, as people count them."""
    if begun is None:
        return None
    return (ended.astimezone(LONDON).date() - begun.astimezone(LONDON).date()).days
