"""Is a flag still up that somebody else holds, such as the fire service's? Raised, due for review, removed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sanctuary.core.clocks import Period, due
from sanctuary.core.conditions import Scope
from sanctuary.core.facts import Facts, Silence, Unknown, Value
from sanctuary.core.origin import NOWHERE, Origin

NONE, RAISED, DUE_FOR_REVIEW, REMOVED = STATES = ("none", "raised", "due_for_review", "removed")
UP = (RAISED, DUE_FOR_REVIEW)
_LABELS: Mapping[str, str] = {
    NONE: "Not raised",
    RAISED: "Raised",
    DUE_FOR_REVIEW: "Due for review",
    REMOVED: "Removed",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag:
    """A flag held by `held_by` (in words). `raised_in` and `removed_in` are questions, answered "yes" when it is so.

    `review` is the step that looks at it again, `every` how long after it was raised or last reviewed that is due.
    """

    key: str
    title: str
    held_by: str
    raised_in: str
    removed_in: str
    review: str = ""
    every: Period | None = None
    origin: Origin = NOWHERE

    @property
    def name(self) -> str:
        """How conditions read it."""
        return f"flagged.{self.key}"

    @property
    def labels(self) -> Mapping[str, str]:
        """The states in words."""
        return _LABELS

    @property
    def reads(self) -> frozenset[str]:
        """The facts that it rests on."""
        return frozenset({self.raised_in, self.removed_in})

    def decide(self, facts: Facts, scope: Scope) -> Value | Unknown:
        """One of `STATES`, or unknown until it is known whether it was raised."""
        answer = scope.facts.get(self.raised_in, Silence.NOT_KNOWN)
        raised = _done(facts, self.raised_in)
        if answer in (Silence.NOT_KNOWN, Silence.DECLINED) or raised is None:
            return Unknown(frozenset({self.raised_in}))
        if answer != "yes":
            return NONE
        removed = _done(facts, self.removed_in)
        if removed is not None and removed >= raised and scope.facts.get(self.removed_in) == "yes":
            return REMOVED
        return DUE_FOR_REVIEW if self._is_due(facts, scope, raised) else RAISED

    def _is_due(self, facts: Facts, scope: Scope, raised: datetime) -> bool:
        if self.every is None:
            return False
        looked = max(raised, facts.done.get(self.review, raised))
        return due(looked, self.every, scope.calendar) <= scope.now


def _done(facts: Facts, fact: str) -> datetime | None:
    """When the step of a question was done."""
    return facts.done.get(fact.partition(".")[0])
