"""Is an order, bail or a tenancy in force today? A fact with a beginning and an end; the days are asked elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from sanctuary.core.clocks import midnight
from sanctuary.core.conditions import Scope
from sanctuary.core.facts import Answers, Facts, Silence, Unknown, Value
from sanctuary.core.scheme import NOWHERE, Origin, Scheme

TO_COME, IN_FORCE, OVER = "to_come", "in_force", "over"
WORDS = {TO_COME: "Still to come", IN_FORCE: "In force", OVER: "Over"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """In force from the day that the fact `start` gives until the day that `end` gives, both included; "" is open."""

    key: str
    title: str
    start: str = ""
    end: str = ""
    origin: Origin = NOWHERE

    @property
    def name(self) -> str:
        """How conditions read it."""
        return f"dated.{self.key}"

    @property
    def reads(self) -> frozenset[str]:
        """The facts that give its days."""
        return frozenset(filter(None, (self.start, self.end)))

    @property
    def labels(self) -> Mapping[str, str]:
        """Its three states in words."""
        return WORDS

    def decide(self, facts: Facts, scope: Scope) -> Value | Unknown:
        """Whether it is to come, in force or over; not applicable where its first day is, or its only one."""
        first = self.start or self.end
        if scope.facts.get(first) is Silence.NOT_APPLICABLE:
            return Silence.NOT_APPLICABLE
        begins, ends = self._begins(scope.facts), self._ends(scope.facts)
        if begins is not None and scope.now < begins:
            return TO_COME
        if self.start and begins is None:
            return Unknown(frozenset({self.start}))
        if ends is not None:
            return OVER if scope.now >= ends else IN_FORCE
        open_ended = not self.end or scope.facts.get(self.end) is Silence.NOT_APPLICABLE
        return IN_FORCE if open_ended else Unknown(frozenset({self.end}))

    def turns(self, answers: Answers) -> list[datetime]:
        """When it begins and when it is over, as far as that is known."""
        return [at for at in (self._begins(answers), self._ends(answers)) if at is not None]

    def _begins(self, answers: Answers) -> datetime | None:
        return _moment(answers.get(self.start))

    def _ends(self, answers: Answers) -> datetime | None:
        """The first moment after it: a day is included whole."""
        value = answers.get(self.end)
        if isinstance(value, date) and not isinstance(value, datetime):
            return midnight(value + timedelta(days=1))
        return _moment(value)


def turns(scheme: Scheme, scope: Scope) -> list[datetime]:
    """The times to come at which some dated fact begins or is over."""
    return [at for one in _dated(scheme) for at in one.turns(scope.facts) if at > scope.now]


@lru_cache(maxsize=64)
def _dated(scheme: Scheme) -> tuple[Dated, ...]:
    return tuple(one for one in scheme.derived if isinstance(one, Dated))


def _moment(value: Value | None) -> datetime | None:
    if isinstance(value, datetime):
        return value if value.tzinfo else None
    return midnight(value) if isinstance(value, date) else None
