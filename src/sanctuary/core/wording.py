"""How is what a definition says told in plain words? Its titles, conditions, answers and times; no case of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from sanctuary.core.clocks import LONDON, Escalation, Period
from sanctuary.core.conditions import Condition, in_words
from sanctuary.core.conditions.amounts import listed, told
from sanctuary.core.derived import Derived
from sanctuary.core.facts import Silence, Value
from sanctuary.core.scheme import Clock, Opening, Question, Scheme, Step

_SILENCES = {
    Silence.NOT_APPLICABLE: "does not apply",
    Silence.NOT_KNOWN: "not known yet",
    Silence.DECLINED: "declined to say",
}
_ANCHORS = {"opened": "the opening of the case", "asked": "the question going out"}
_CASE = {
    "case.area": "the area",
    "case.opened": "when the case was opened",
    "case.opened_by": "the role that opened the case",
    "case.agency": "the agency that opened the case",
}

# The titles of these do not say by themselves what they are.
_SORTS = {"consented": "Consent: ", "permitted": "Permission: ", "flagged": "Flag: "}


@dataclass(frozen=True, kw_only=True, eq=False)
class Wording:
    """The words of one scheme."""

    scheme: Scheme

    @cached_property
    def questions(self) -> Mapping[str, Question]:
        """Every question by its fact; the columns of rows by "step.question.column"."""
        found: dict[str, Question] = {}
        for step in self.scheme.steps.values():
            for asked in step.questions:
                found[f"{step.name}.{asked.name}"] = asked
                found.update({f"{step.name}.{asked.name}.{column.name}": column for column in asked.columns})
        return found

    @cached_property
    def titles(self) -> Mapping[str, str]:
        """What every fact is called."""
        titles = {fact: asked.ask for fact, asked in self.questions.items()} | _CASE
        for step in self.scheme.steps.values():
            titles |= {f"{step.name}.{total.name}": total.title for part in step.sections for total in part.totals}
            titles |= {f"done.{step.name}": step.title, f"by.{step.name}": step.title}
        titles |= {f"gate.{gate.name}": gate.title for gate in self.scheme.gates.values()}
        return titles | {one.name: self._derived(one) for one in self.scheme.derived}

    @cached_property
    def labels(self) -> Mapping[str, Mapping[str, str]]:
        """The words of every answer that can be chosen, by fact. A fact that is a role is told by the role's title."""
        roles = {name: role.title for name, role in self.scheme.roles.items()}
        chosen = {name: kind.options for name, kind in self.scheme.names.items() if kind.options}
        # What only the definition names has no words of its own.
        coded = {
            name: {option: roles.get(option) or option.replace("_", " ") for option in options}
            for name, options in chosen.items()
        }
        areas = {"case.area": {name: area.title for name, area in self.scheme.areas.items()}}
        worked_out = {one.name: one.labels for one in self.scheme.derived if one.labels}
        asked = {fact: question.options for fact, question in self.questions.items() if question.options}
        return coded | areas | worked_out | asked

    def _derived(self, derived: Derived) -> str:
        return f"{_SORTS.get(derived.name.partition('.')[0], '')}{derived.title}"

    def condition(self, condition: Condition) -> str:
        """A condition as a clause, without a capital or a full stop."""
        return in_words(condition, self.titles, self.labels)

    def fact(self, name: str) -> str:
        """What a fact is called."""
        return self.titles.get(name, name)

    def value(self, name: str, value: Value) -> str:
        """An answer to the fact `name`."""
        labels = self.labels.get(name, {})
        if isinstance(value, Silence):
            return _SILENCES[value]
        if isinstance(value, str):
            return f"“{labels.get(value, value)}”"
        if isinstance(value, Mapping):
            columns = (
                f"{self.fact(f'{name}.{key}')}: {self.value(f'{name}.{key}', one)}" for key, one in value.items()
            )
            return "; ".join(columns)
        if isinstance(value, tuple):
            return listed([self.value(name, one) for one in value], "and") if value else "none"
        if isinstance(value, datetime):
            return f"{told(value)} at {value.astimezone(LONDON):%H:%M}"
        return told(value)

    def roles(self, names: Iterable[str], last: str = "or") -> str:
        """Roles by their titles."""
        known = self.scheme.roles
        return listed([known[name].title if name in known else name for name in names], last)

    def who(self, step: Step) -> str:
        """Who does a step."""
        if step.who.chosen_in:
            return f"whoever “{self.fact(step.who.chosen_in)}” names"
        return self.roles(step.who.roles)

    def anchor(self, name: str) -> str:
        """What a time is counted from."""
        step = self.scheme.steps.get(name)
        return f"“{step.title}”" if step else _ANCHORS.get(name) or f"“{self.fact(name)}”"

    def time(self, clock: Clock) -> str:
        """How long a clock allows, and counted from what."""
        if clock.before:
            return f"{_length(clock.within)} before {self.anchor(clock.before)}"
        return f"{_length(clock.within)} from {self.anchor(clock.start)}"

    def escalation(self, escalation: Escalation) -> str:
        """From when somebody is to know of a clock."""
        if escalation.before is not None:
            return f"from {escalation.before} before it is due"
        return f"from {escalation.after} after it was due"

    def opening(self, opening: Opening) -> str:
        """When a step opens by itself."""
        side = "before" if opening.before else "after"
        return f"{opening.period} {side} {self.anchor(opening.anchor)}"


def _length(period: Period | None) -> str:
    return "no stated time" if period is None else str(period)
