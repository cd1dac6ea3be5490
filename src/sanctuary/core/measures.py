"""What is to be fitted or provided, and may it be? All that a choice brings with it, what it may not hold, and why."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum

from sanctuary.core.conditions import Scope
from sanctuary.core.facts import Silence, Unknown, Value
from sanctuary.core.fittings import Measure, Package, Status

DWELLING = "property.kind"


class Why(Enum):
    """How a measure comes to be on the list."""

    CHOSEN = "chosen"
    IMPLIED = "implied"
    MANDATORY = "mandatory"
    REPLACES = "replaces"


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A measure on the list. `of` is the one that implies it or that it replaces; `field` is where it was chosen."""

    measure: str
    why: Why
    of: str = ""
    field: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """Everything that a choice comes to, what is left out of it, and the facts that may still change it."""

    items: Mapping[str, Item]
    left_out: tuple[Item, ...]
    undecided: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stock:
    """All measures and packages of a scheme."""

    measures: Mapping[str, Measure]
    packages: Mapping[str, Package]

    @property
    def titles(self) -> Mapping[str, str]:
        """What each measure is called."""
        return {name: measure.title for name, measure in self.measures.items()}

    def contents(self, name: str) -> tuple[str, ...]:
        """The measures that are meant by the name of a measure or a package: those of what it includes come first."""
        if name not in self.packages:
            return (name,) if name in self.measures else ()
        package = self.packages[name]
        nested = [each for inner in package.includes for each in self.contents(inner)]
        return tuple(dict.fromkeys([*nested, *package.measures]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Choosing:
    """A step in which measures are chosen: the check of its answers, and what they come to.

    `offers` are its questions with such options, rows with their column. Only a step that `specifies` adds what is
    mandatory or implied and refuses what may not be chosen; any other tells what was agreed, fitted or paid for.
    """

    step: str
    title: str
    stock: Stock
    offers: tuple[tuple[str, str], ...]
    specifies: bool

    def faults(self, scope: Scope) -> Mapping[str, str]:
        """What may not be chosen, with its reason and what else there is; and what an exception still needs."""
        found = dict(self._beyond(scope))
        if self.specifies:
            for name, field in self._picked(scope):
                if message := self._objection(self.stock.measures.get(name), scope):
                    found.setdefault(field, message)
            for item in self.gather(scope).items.values():
                for field, message in self._lacking(item, scope):
                    found.setdefault(field, message)
        return found

    def notes(self, scope: Scope) -> tuple[str, ...]:
        """What is added, left out, or waits for somebody's agreement."""
        if not self.specifies:
            return ()
        gathered = self.gather(scope)
        told = [note for item in gathered.items.values() for note in self._notes(item, scope)]
        told += [self._left_out(item) for item in gathered.left_out]
        if DWELLING in gathered.undecided:
            told.append("It is not known yet what kind of home this is. That may change what is fitted.")
        return tuple(told)

    def gather(self, scope: Scope) -> Gathered:
        """What the answers in `scope` come to."""
        items: dict[str, Item] = {}
        left_out: list[Item] = []
        undecided = set[str]()
        kind = scope.facts.get(DWELLING, Silence.NOT_KNOWN) if self.specifies else Silence.NOT_APPLICABLE
        ahead = deque([*self._chosen(scope), *self._mandatory(scope, undecided)])
        while ahead:
            item = ahead.popleft()
            measure = self.stock.measures[item.measure]
            if kind in (Silence.NOT_KNOWN, Silence.DECLINED) and (measure.not_in or measure.replaced_in):
                undecided.add(DWELLING)
            other = measure.replaced_in.get(str(kind)) if item.why is not Why.REPLACES else None
            if other:
                ahead.append(Item(measure=other, why=Why.REPLACES, of=item.measure, field=item.field))
            elif kind in measure.not_in or self.agreed(measure, scope) is False:
                left_out.append(item)
            elif item.measure not in items:
                items[item.measure] = item
                ahead.extend(self._implied(measure, item.field))
        return Gathered(items=items, left_out=tuple(left_out), undecided=frozenset(undecided))

    @property
    def asked(self) -> frozenset[str]:
        """The facts in which something is chosen."""
        return frozenset(f"{self.step}.{question}" for question, _ in self.offers)

    @property
    def reads(self) -> frozenset[str]:
        """The facts that may change what the choice comes to."""
        if not self.specifies:
            return self.asked
        measures = self.stock.measures.values()
        found = [each.mandatory_when.reads for each in measures if each.mandatory_when]
        found += [frozenset({each.approved_in}) for each in measures if each.approved_in]
        if any(each.not_in or each.replaced_in for each in measures):
            found.append(frozenset({DWELLING}))
        return self.asked.union(*found)

    def _picked(self, scope: Scope) -> Iterator[tuple[str, str]]:
        """The names of measures and packages that were chosen, and the field of each."""
        for question, column in self.offers:
            value = scope.facts.get(f"{self.step}.{question}")
            if not column:
                yield from ((name, question) for name in names(value))
                continue
            for number, row in enumerate(value if isinstance(value, tuple) else ()):
                inside = row.get(column) if isinstance(row, Mapping) else None
                yield from ((name, f"{question}-{number}-{column}") for name in names(inside))

    def _chosen(self, scope: Scope) -> Iterator[Item]:
        for name, field in self._picked(scope):
            for each in self.stock.contents(name):
                yield Item(measure=each, why=Why.CHOSEN, field=field)

    def _mandatory(self, scope: Scope, undecided: set[str]) -> list[Item]:
        found = []
        for measure in self.stock.measures.values() if self.specifies else ():
            answer = measure.mandatory_when.decide(scope) if measure.mandatory_when else False
            if isinstance(answer, Unknown):
                undecided |= answer.facts
            elif answer:
                found.append(Item(measure=measure.name, why=Why.MANDATORY))
        return found

    def _implied(self, measure: Measure, field: str) -> Iterator[Item]:
        for name in measure.implies if self.specifies else ():
            yield Item(measure=name, why=Why.IMPLIED, of=measure.name, field=field)

    def agreed(self, measure: Measure, scope: Scope) -> bool | None:
        """Whether an exception was agreed; None where that is not known yet, or it is none."""
        if not self.specifies or measure.status is not Status.EXCEPTIONAL:
            return None
        if not measure.approved_in:
            return True if scope.facts.get(f"by.{self.step}") in measure.approved_by else None
        value = scope.facts.get(measure.approved_in)
        if isinstance(value, tuple):
            return measure.name in value
        return value == "yes" if value in ("yes", "no") else None

    def _objection(self, measure: Measure | None, scope: Scope) -> str:
        """Why this one may not be chosen; "" where it may."""
        if measure is None:
            return ""
        kind = scope.facts.get(DWELLING)
        if measure.status is Status.DENIED:
            source = f" Source: {measure.origin.source}."
            return _refusal(measure, f"{measure.reason}{source}")
        if kind in measure.not_in and kind not in measure.replaced_in:
            return _refusal(measure, f"It is not for this kind of home ({_words(kind)}).")
        if self.agreed(measure, scope) is False:
            return _refusal(measure, f"It needs the agreement of {measure.approver}, and that was not given.")
        return ""

    def _beyond(self, scope: Scope) -> Iterator[tuple[str, str]]:
        """What goes beyond the measures to which the step is limited for now."""
        only = scope.facts.get(f"limited.{self.step}")
        for name, field in self._picked(scope) if only is not None else ():
            if not set(self.stock.contents(name)) <= set(names(only)):
                titles = " or ".join(f"‘{self.stock.measures[each].title}’" for each in names(only)) or "nothing"
                yield field, f"Choose {titles}: for now nothing else can be chosen here"

    def _lacking(self, item: Item, scope: Scope) -> Iterator[tuple[str, str]]:
        """What an exception needs in this step and does not have."""
        measure = self.stock.measures[item.measure]
        if measure.status is not Status.EXCEPTIONAL:
            return
        reason = scope.facts.get(measure.justified_in)
        if reason is None or isinstance(reason, Silence):
            message = f"Say why ‘{measure.title}’ is needed: it is chosen only by exception"
            yield self._field(measure.justified_in, item), message
        if measure.approved_in.startswith(f"{self.step}.") and self.agreed(measure, scope) is None:
            message = f"Say whether ‘{measure.title}’ is agreed: it is chosen only by exception"
            yield self._field(measure.approved_in, item), message

    def _field(self, fact: str, item: Item) -> str:
        step, _, question = fact.partition(".")
        return question if step == self.step else item.field

    def _notes(self, item: Item, scope: Scope) -> Iterator[str]:
        measure = self.stock.measures[item.measure]
        if item.why is Why.IMPLIED:
            yield f"‘{measure.title}’ is added: it comes with ‘{self.stock.measures[item.of].title}’."
        if item.why is Why.MANDATORY:
            yield f"‘{measure.title}’ is added: in this case it always is."
        if item.why is Why.REPLACES:
            other = self.stock.measures[item.of].title
            yield f"‘{measure.title}’ takes the place of ‘{other}’ in this kind of home."
        if measure.status is Status.EXCEPTIONAL and self.agreed(measure, scope) is None:
            yield f"‘{measure.title}’ needs the agreement of {measure.approver}."

    def _left_out(self, item: Item) -> str:
        measure = self.stock.measures[item.measure]
        because = "its agreement was not given" if measure.status is Status.EXCEPTIONAL else "not for this kind of home"
        return f"‘{measure.title}’ is left out: {because}."


def names(value: Value | None) -> tuple[str, ...]:
    """The options chosen in an answer."""
    if isinstance(value, str):
        return (value,)
    return tuple(each for each in value if isinstance(each, str)) if isinstance(value, tuple) else ()


def _refusal(measure: Measure, because: str) -> str:
    instead = f" What else there is: {'; '.join(measure.instead)}." if measure.instead else ""
    return f"Choose something other than ‘{measure.title}’. {because}{instead}"


def _words(kind: Value | None) -> str:
    return str(kind).replace("_", " ")
