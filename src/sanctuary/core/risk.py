"""How high is the risk, and by which tool? What the assessment done last says, in the scheme's own levels."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal

from sanctuary.core.conditions import Scope
from sanctuary.core.derived import Derived
from sanctuary.core.facts import Facts, Silence, Unknown, Value
from sanctuary.core.scheme import NOWHERE, Origin

# Why a step is to be done again; not what the risk is now, which not everybody who reads this may know.
CHANGED = "The level of risk has changed"

_TITLES = {"level": "The level of risk", "tool": "The tool that the risk was assessed with"}


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskTool:
    """A published way of assessing the risk. `gives` maps what it comes to, to a level of the scheme."""

    name: str
    title: str
    version: str
    gives: Mapping[str, str]
    origin: Origin = NOWHERE

    @property
    def words(self) -> str:
        """What it is called, with its edition."""
        return f"{self.title} ({self.version})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Risk:
    """How a scheme measures the risk: levels, the lowest first, and the questions in which it is asked.

    When a later assessment comes to another level, the steps that it `reopens` are to be done again.
    """

    levels: Mapping[str, str]
    tools: Mapping[str, RiskTool]
    asked_in: tuple[str, ...]
    reopens: tuple[str, ...] = ()
    results: Mapping[str, tuple[RiskTool, str]] = field(init=False)

    def __post_init__(self) -> None:
        """`results` has every answer that an assessment can have: the tool, and what it comes to."""
        found = {f"{tool.name}_{result}": (tool, result) for tool in self.tools.values() for result in tool.gives}
        object.__setattr__(self, "results", found)

    def options(self) -> Mapping[str, str]:
        """The answers in words: "DASH (2009): medium"."""
        return {name: f"{tool.words}: {result.replace('_', ' ')}" for name, (tool, result) in self.results.items()}

    def outside(self, floor: str, ceiling: str) -> tuple[str, ...]:
        """The levels below `floor` and above `ceiling`, where they are given."""
        order = list(self.levels)
        low = order.index(floor) if floor else 0
        high = order.index(ceiling) if ceiling else len(order)
        return tuple(level for place, level in enumerate(order) if place < low or place > high)


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskFact:
    """The "level" or the "tool" of the assessment done last."""

    part: Literal["level", "tool"]
    risk: Risk

    @property
    def name(self) -> str:
        """How conditions read it."""
        return f"risk.{self.part}"

    @property
    def reads(self) -> frozenset[str]:
        """The questions in which the risk is asked."""
        return frozenset(self.risk.asked_in)

    @property
    def title(self) -> str:
        """What it is called."""
        return _TITLES[self.part]

    @property
    def labels(self) -> Mapping[str, str]:
        """The levels or the tools in words."""
        return (
            self.risk.levels if self.part == "level" else {tool.name: tool.words for tool in self.risk.tools.values()}
        )

    def decide(self, facts: Facts, scope: Scope) -> Value | Unknown:
        """What the assessment done last says; not known while it says so, or before there is any."""
        said = _last(self.risk, facts)
        if said is None:
            return _not_yet(self.risk, facts)
        name, value = said
        found = self.risk.results.get(value) if isinstance(value, str) else None
        if found is None:
            return Unknown(frozenset({name}))
        tool, result = found
        return tool.name if self.part == "tool" else tool.gives[result]


def reopened_by(derived: Iterable[Derived], facts: Facts, step: str) -> tuple[str, ...]:
    """The steps to be done again because `step`, which has just been done, came to another level of risk."""
    risk = next((one.risk for one in derived if isinstance(one, RiskFact)), None)
    return risk.reopens if risk and changed(risk, facts, step) else ()


def changed(risk: Risk, facts: Facts, step: str) -> bool:
    """Whether `step`, which has just been done, assessed the risk and came to another level than was known before."""
    asked = [name for name in risk.asked_in if name.partition(".")[0] == step]
    if not asked:
        return False
    before, now = _level(risk, _without(facts, asked)), _level(risk, facts)
    return before is not None and now is not None and before != now


def _without(facts: Facts, asked: list[str]) -> Facts:
    """The facts as they were before the questions `asked` had their answers: with those of the time before."""
    answers = {name: value for name, value in facts.answers.items() if name not in asked}
    done = dict(facts.done)
    for name in asked:
        earlier = facts.earlier.get(name)
        done.pop(name.partition(".")[0], None)
        if earlier is not None:
            answers[name] = earlier.value
            done[name.partition(".")[0]] = earlier.at
    return replace(facts, answers=answers, done=done)


def _level(risk: Risk, facts: Facts) -> str | None:
    said = _last(risk, facts)
    found = risk.results.get(said[1]) if said and isinstance(said[1], str) else None
    return found[0].gives[found[1]] if found else None


def _last(risk: Risk, facts: Facts) -> tuple[str, Value] | None:
    """The answer of the assessment done last, and the question that it answers; of two at once, the later as listed."""
    said = [(at, place, name, value) for place, (at, name, value) in enumerate(_assessments(risk, facts))]
    if not said:
        return None
    _, _, name, value = max(said, key=lambda each: each[:2])
    return name, value


def _assessments(risk: Risk, facts: Facts) -> Iterator[tuple[datetime, str, Value]]:
    """Those that were done, and in which the question arose."""
    for name in risk.asked_in:
        at, value = facts.done.get(name.partition(".")[0]), facts.answers.get(name)
        if at is not None and value is not None and value is not Silence.NOT_APPLICABLE:
            yield at, name, value


def _not_yet(risk: Risk, facts: Facts) -> Value | Unknown:
    """What is to be asked first of what has no answer yet; not applicable where the question arose nowhere."""
    to_ask = [name for name in risk.asked_in if facts.answers.get(name) is not Silence.NOT_APPLICABLE]
    return Unknown(frozenset(to_ask[:1])) if to_ask else Silence.NOT_APPLICABLE
