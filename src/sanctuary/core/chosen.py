"""Which measures were chosen in a case, and what is still on loan? Facts for conditions to read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from sanctuary.core.conditions import Scope
from sanctuary.core.facts import Facts, Unknown, Value
from sanctuary.core.fittings import Measure, Sort, Status
from sanctuary.core.measures import Choosing, Stock, names

ON_LOAN = "measures.on_loan"


class Part(Enum):
    """A part of the chosen measures that is a fact of its own. The value is the end of its name."""

    FITTED = "_fitted"
    EXCEPTIONAL = "_exceptional"
    AWAITING = "_awaiting"


_TITLES: Mapping[Part, str] = {
    Part.FITTED: "What is fitted of what is chosen in “{}”",
    Part.EXCEPTIONAL: "Exceptions chosen in “{}”",
    Part.AWAITING: "Exceptions chosen in “{}” that nobody has agreed to yet",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """The fact "measures.step": what is chosen in a step with all that comes with it."""

    choosing: Choosing

    @property
    def name(self) -> str:
        """How conditions read it."""
        return f"measures.{self.choosing.step}"

    @property
    def title(self) -> str:
        """What it is called."""
        return f"What is chosen in “{self.choosing.title}”"

    @property
    def labels(self) -> Mapping[str, str]:
        """The titles of the measures."""
        return self.choosing.stock.titles

    @property
    def reads(self) -> frozenset[str]:
        """The facts that it rests on."""
        return self.choosing.reads

    def decide(self, facts: Facts, scope: Scope) -> Value | Unknown:
        """The measures, in the order of the scheme's list."""
        if f"done.{self.choosing.step}" not in scope.facts:
            return Unknown(self.choosing.asked)
        gathered = self.choosing.gather(scope)
        if gathered.undecided:
            return Unknown(gathered.undecided)
        return tuple([name for name in self.choosing.stock.measures if name in gathered.items])


@dataclass(frozen=True, slots=True, kw_only=True)
class PartChosen:
    """The fact "measures.step_fitted" or the like: a part of the `whole` of what is chosen."""

    whole: Chosen
    part: Part

    @property
    def name(self) -> str:
        """How conditions read it."""
        return f"{self.whole.name}{self.part.value}"

    @property
    def title(self) -> str:
        """What it is called."""
        return _TITLES[self.part].format(self.whole.choosing.title)

    @property
    def labels(self) -> Mapping[str, str]:
        """The titles of the measures."""
        return self.whole.labels

    @property
    def reads(self) -> frozenset[str]:
        """The whole, and the facts that this rests on."""
        return self.whole.reads | {self.whole.name}

    def decide(self, facts: Facts, scope: Scope) -> Value | Unknown:
        """The measures, in the order of the scheme's list."""
        chosen = scope.facts.get(self.whole.name)
        if chosen is None:
            return Unknown(frozenset({self.whole.name}))
        measures = self.whole.choosing.stock.measures
        return tuple([name for name in names(chosen) if self._holds(measures[name], scope)])

    def _holds(self, measure: Measure, scope: Scope) -> bool:
        if self.part is Part.FITTED:
            return measure.sort is Sort.FITTED
        if measure.status is not Status.EXCEPTIONAL:
            return False
        return self.part is Part.EXCEPTIONAL or not self.whole.choosing.agreed(measure, scope)


@dataclass(frozen=True, slots=True, kw_only=True)
class OnLoan:
    """The fact "measures.on_loan": what was lent in one of the `steps` and has not come back since."""

    stock: Stock
    steps: tuple[str, ...]

    @property
    def name(self) -> str:
        """How conditions read it."""
        return ON_LOAN

    @property
    def title(self) -> str:
        """What it is called."""
        return "What was lent and has not come back"

    @property
    def labels(self) -> Mapping[str, str]:
        """The titles of the measures."""
        return self.stock.titles

    @property
    def reads(self) -> frozenset[str]:
        """The facts that it rests on."""
        returned = (each.returned_in for each in self.stock.measures.values() if each.returned_in)
        return frozenset([*(f"measures.{step}" for step in self.steps), *returned])

    def decide(self, facts: Facts, scope: Scope) -> Value | Unknown:
        """What is still out; unknown while it is not known what a step that was done has lent."""
        done = [step for step in self.steps if step in facts.done]
        lacking = frozenset(f"measures.{step}" for step in done) - scope.facts.keys()
        if lacking:
            return Unknown(lacking)
        return tuple(
            name
            for name, measure in self.stock.measures.items()
            if measure.returned_in and any(self._is_out(measure, step, facts, scope) for step in done)
        )

    def _is_out(self, measure: Measure, step: str, facts: Facts, scope: Scope) -> bool:
        back = measure.returned_in.partition(".")[0]
        lent = measure.name in names(scope.facts[f"measures.{step}"])
        came_back = back in facts.done and facts.done[back] >= facts.done[step]
        return lent and not (came_back and measure.name in names(scope.facts.get(measure.returned_in)))
