"""What do several opinions come to? Single, joint, unanimous and panel decisions; not who gives an opinion."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from sanctuary.core.conditions import Condition, Scope
from sanctuary.core.facts import Facts, Silence, Unknown, Value
from sanctuary.core.scheme import NOWHERE, Origin, Scheme

AGREED, REFUSED, CONFLICTING = "agreed", "refused", "conflicting"
WORDS = {AGREED: "agreed", REFUSED: "refused", CONFLICTING: "opinions conflict"}


class Rule(Enum):
    """How opinions become one decision."""

    SINGLE = "single"
    JOINT = "joint"
    UNANIMOUS = "unanimous"
    PANEL = "panel"


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    """The fact in which an opinion is given, and the condition under which its step applies at all."""

    fact: str
    when: Condition | None = None

    def asked(self, scope: Scope) -> bool | Unknown:
        """Whether this opinion is wanted in this case."""
        if scope.facts.get(self.fact) is Silence.NOT_APPLICABLE:
            return False
        return True if self.when is None else self.when.decide(scope)

    def given(self, scope: Scope) -> Value | None:
        """The opinion; None while there is none: nobody's silence is taken for a word."""
        value = scope.facts.get(self.fact)
        return None if isinstance(value, Silence) else value


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What the opinions come to by the rule: an answer in `agrees` is for it, any other against.

    Its fact is "decided.name"; not applicable where none of its opinions is asked for.
    """

    name: str
    title: str
    opinions: tuple[Opinion, ...]
    agrees: frozenset[str]
    rule: Rule
    quorum: int = 0
    origin: Origin = NOWHERE

    @property
    def reads(self) -> frozenset[str]:
        """The opinions, and what says whether each is asked for."""
        conditions = (opinion.when for opinion in self.opinions if opinion.when is not None)
        return frozenset(opinion.fact for opinion in self.opinions).union(*(each.reads for each in conditions))

    @property
    def labels(self) -> Mapping[str, str]:
        """Its states in words."""
        return WORDS

    def decide(self, facts: Facts, scope: Scope) -> Value | Unknown:
        """Agreed, refused or conflicting; or whose opinion is awaited."""
        count = _counted(self, scope)
        if not (count.ayes or count.noes or count.awaited):
            return Silence.NOT_APPLICABLE
        return _RULES[self.rule](count, self.quorum) or Unknown(count.awaited)


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """One of the opinions that conflict: the fact that holds it, its step, and the role that gave it."""

    fact: str
    step: str
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """A decision on which the opinions given conflict, by the name of the decision. What each says is an answer."""

    decision: str
    voices: tuple[Voice, ...]


@lru_cache(maxsize=64)
def decisions(scheme: Scheme) -> tuple[Decision, ...]:
    """The decisions of the scheme, in the order in which they are settled."""
    return tuple(one for one in scheme.derived if isinstance(one, Decision))


def conflicts(scheme: Scheme, facts: Facts, scope: Scope) -> tuple[Conflict, ...]:
    """Every decision on which opinions conflict now, with all the opinions that are in."""
    return tuple(
        Conflict(decision=one.name.partition(".")[2], voices=tuple(_voices(one, facts, scope)))
        for one in decisions(scheme)
        if scope.facts.get(one.name) == CONFLICTING
    )


def _voices(decision: Decision, facts: Facts, scope: Scope) -> Iterator[Voice]:
    for opinion in decision.opinions:
        if opinion.asked(scope) is not False and opinion.given(scope) is not None:
            step = opinion.fact.partition(".")[0]
            yield Voice(fact=opinion.fact, step=step, role=facts.done_by.get(step, ""))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Count:
    """How many are for and against, and the facts that are waited for."""

    ayes: int
    noes: int
    awaited: frozenset[str]


def _counted(decision: Decision, scope: Scope) -> _Count:
    said: list[bool] = []
    awaited: set[str] = set()
    for opinion in decision.opinions:
        asked, value = opinion.asked(scope), opinion.given(scope)
        if asked is False:
            continue
        if value is not None:
            said.append(isinstance(value, str) and value in decision.agrees)
        else:
            awaited |= asked.facts if isinstance(asked, Unknown) else {opinion.fact}
    return _Count(ayes=sum(said), noes=len(said) - sum(said), awaited=frozenset(awaited))


def _alike(count: _Count, quorum: int) -> str:
    """All say the same, once all have said it. Two that differ conflict whatever the others will say."""
    if count.ayes and count.noes:
        return CONFLICTING
    return "" if count.awaited else (AGREED if count.ayes else REFUSED)


def _unanimous(count: _Count, quorum: int) -> str:
    """One against is enough to refuse; all are needed to agree."""
    if count.noes:
        return REFUSED
    return "" if count.awaited else AGREED


def _majority(count: _Count, quorum: int) -> str:
    """Most of those who have said something, once there are enough of them. Who is awaited may still break a tie."""
    if count.awaited and count.ayes + count.noes < quorum:
        return ""
    if count.ayes != count.noes:
        return AGREED if count.ayes > count.noes else REFUSED
    return "" if count.awaited else CONFLICTING


# What the opinions counted come to; empty while it is not decided.
_RULES: Mapping[Rule, Callable[[_Count, int], str]] = {
    Rule.SINGLE: _alike,
    Rule.JOINT: _alike,
    Rule.UNANIMOUS: _unanimous,
    Rule.PANEL: _majority,
}
