"""Which fund pays for what, and what has it to give? Budgets and caps by date; not what was spent, which cases tell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import Enum

from sanctuary.core.clocks import LONDON, add_months
from sanctuary.core.conditions import Scope
from sanctuary.core.facts import Facts, Silence, Unknown, Value
from sanctuary.core.origin import NOWHERE, Origin

UNPAID = "fund.unpaid"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fund:
    """A purse. `years` are its budgets by the day on which each begins, `caps` the most for one case from a day on.

    `pays_for` are measures, in any order. `first_refusal`: the question ("yes" or "no") by which the fund takes on what
    it pays for, before any other fund is looked at; a fund without one pays in its turn.
    """

    name: str
    title: str
    years: Mapping[date, Decimal]
    caps: Mapping[date, Decimal]
    pays_for: frozenset[str]
    first_refusal: str = ""
    origin: Origin = NOWHERE

    @property
    def days(self) -> frozenset[date]:
        """The days on which a figure begins to apply, or no longer does."""
        return frozenset([*self.years, *(add_months(start, 12) for start in self.years), *self.caps])

    def budget(self, day: date) -> Decimal | None:
        """The budget of the year that `day` is in; None where none is stated for it."""
        begun = max((start for start in self.years if start <= day), default=None)
        return self.years[begun] if begun and day < add_months(begun, 12) else None

    def cap(self, day: date) -> Decimal | None:
        """The most that one case may cost on `day`; None where none is stated."""
        begun = max((start for start in self.caps if start <= day), default=None)
        return self.caps[begun] if begun else None


def in_turn(funds: tuple[Fund, ...]) -> tuple[Fund, ...]:
    """The funds in the order in which they are asked: those with first refusal, then the others as written."""
    return (*(fund for fund in funds if fund.first_refusal), *(fund for fund in funds if not fund.first_refusal))


def payer(funds: tuple[Fund, ...], measure: str, scope: Scope) -> Fund | Unknown | None:
    """The fund that pays for `measure`, the question that would settle it, or None where no fund does.

    `funds` stand in turn.
    """
    for fund in funds:
        if measure not in fund.pays_for:
            continue
        answer = scope.facts.get(fund.first_refusal, Silence.NOT_KNOWN) if fund.first_refusal else "yes"
        if answer in (Silence.NOT_KNOWN, Silence.DECLINED):
            return Unknown(frozenset({fund.first_refusal}))
        if answer == "yes":
            return fund
    return None


class Figure(Enum):
    """A figure of a fund. The value is the end of its fact's name."""

    BUDGET = "_budget"
    CAP = "_cap"


@dataclass(frozen=True, slots=True, kw_only=True)
class FundFigure:
    """The fact "fund.name_budget" or "fund.name_cap": the one of today, not known where none is stated for today."""

    fund: Fund
    figure: Figure

    @property
    def name(self) -> str:
        """How conditions read it."""
        return f"fund.{self.fund.name}{self.figure.value}"

    @property
    def title(self) -> str:
        """What it is called."""
        if self.figure is Figure.BUDGET:
            return f"This year's budget of “{self.fund.title}”"
        return f"The most that “{self.fund.title}” pays for one case"

    @property
    def labels(self) -> Mapping[str, str]:
        """Nothing to choose from."""
        return {}

    @property
    def reads(self) -> frozenset[str]:
        """Nothing but the date."""
        return frozenset()

    def decide(self, facts: Facts, scope: Scope) -> Value | Unknown:
        """The figure of the day."""
        day = scope.now.astimezone(LONDON).date()
        found = self.fund.budget(day) if self.figure is Figure.BUDGET else self.fund.cap(day)
        return Silence.NOT_KNOWN if found is None else found


@dataclass(frozen=True, slots=True, kw_only=True)
class Paying:
    """The fact "fund.name_pays", what a fund pays for in this case, or, without a fund, "fund.unpaid".

    `funds` are all, in turn; `chosen` the facts that hold what is to be fitted or provided, `labels` the titles of it.
    """

    fund: Fund | None
    funds: tuple[Fund, ...]
    chosen: tuple[str, ...]
    labels: Mapping[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """How conditions read it."""
        return f"fund.{self.fund.name}_pays" if self.fund else UNPAID

    @property
    def title(self) -> str:
        """What it is called."""
        return f"What “{self.fund.title}” pays for" if self.fund else "What no fund pays for"

    @property
    def reads(self) -> frozenset[str]:
        """What is chosen, and whether somebody takes it on."""
        return frozenset([*self.chosen, *(fund.first_refusal for fund in self.funds if fund.first_refusal)])

    def decide(self, facts: Facts, scope: Scope) -> Value | Unknown:
        """The measures, each once; unknown until something has been chosen and it is known who pays for it."""
        known = [fact for fact in self.chosen if isinstance(scope.facts.get(fact), tuple)]
        if not known:
            return Unknown(frozenset(self.chosen))
        lacking: frozenset[str] = frozenset()
        paid: list[str] = []
        for measure in dict.fromkeys(self._measures(known, scope)):
            found = payer(self.funds, measure, scope)
            if isinstance(found, Unknown):
                lacking |= found.facts
            elif found is self.fund:
                paid.append(measure)
        return Unknown(lacking) if lacking else tuple(paid)

    def _measures(self, known: list[str], scope: Scope) -> Iterator[str]:
        for fact in known:
            value = scope.facts[fact]
            yield from (each for each in value if isinstance(each, str)) if isinstance(value, tuple) else ()
