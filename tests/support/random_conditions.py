"""What might a scheme's author write, and what might be answered? Random questions, well-typed rules and answers.

Each rule comes in two dialects: as ours, and as plain CEL with the same shape for the oracle in `cel_oracle`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from random import Random
from typing import Any

from sanctuary.core.clocks import LONDON, Calendar
from sanctuary.core.conditions import FactType, Kind, Scope
from sanctuary.core.facts import Silence, Value

BANK_HOLIDAYS = frozenset({date(2026, 4, 3), date(2026, 4, 6), date(2026, 5, 4), date(2026, 10, 26)})
CALENDAR = Calendar(bank_holidays=BANK_HOLIDAYS, known_to=date(2027, 12, 31))
# Ordinary times, and the two nights of 2026 on which the clocks change.
_NOWS = (
    datetime(2026, 5, 1, 11, 30, tzinfo=UTC),
    datetime(2026, 4, 30, 23, 15, tzinfo=UTC),
    datetime(2026, 3, 29, 0, 30, tzinfo=UTC),
    datetime(2026, 3, 29, 1, 30, tzinfo=UTC),
    datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
    datetime(2026, 10, 25, 1, 30, tzinfo=UTC),
)
_ZONES = (UTC, LONDON, timezone(timedelta(hours=-5)))
_OPTIONS = (("yes", "no"), ("yes", "no"), ("yes", "no", "unsure"), ("council", "owner", "private", "tied"))
_TEXTS = ("", "no", "O'Neill", "Zoë", "a b", "x && y")
_DURATIONS = {"30m": 1800, "1h30m": 5400, "24h": 86_400, "48h": 172_800, "90s": 90}
_ORDERED = (Kind.NUMBER, Kind.MONEY, Kind.DATE, Kind.MOMENT, Kind.DURATION)
_EQUATED = (*_ORDERED, Kind.TEXT, Kind.CHOICE)
_ASKED = (*_EQUATED, Kind.CHOICE, Kind.CHOICE, Kind.CHOICES)

# How tightly a piece of text holds together, from loosest to tightest.
FORK, OR, AND, RELATION, SUM, NOT, ATOM = range(7)


@dataclass(frozen=True, slots=True)
class Rule:
    """The same rule in our dialect and in the oracle's; `grip` says what binds its outermost operator."""

    ours: str
    cel: str
    grip: int = ATOM

    def within(self, grip: int) -> Rule:
        """This rule where an operand must hold together at least as tightly as `grip`."""
        return self if self.grip >= grip else Rule(f"({self.ours})", f"({self.cel})")


def seeded(seed: int) -> Random:
    """The same random choices for the same seed."""
    return Random(seed)


def joined(operator: str, grip: int, operands: list[Rule]) -> Rule:
    """`operands`, each already tight enough, with `operator` between them."""
    sign = f" {operator} "
    return Rule(sign.join(rule.ours for rule in operands), sign.join(rule.cel for rule in operands), grip)


def questions(random: Random) -> dict[str, FactType]:
    """Some questions in two steps, with at least one of each kind."""
    # Not a set, whose order is another in every run: then the same seed would ask something else each time.
    kinds = [*dict.fromkeys(_ASKED), *random.choices(_ASKED, k=5)]
    names = {f"{random.choice('ab')}.q{number}": fact_type(random, kind) for number, kind in enumerate(kinds)}
    for number in range(random.randrange(1, 3)):
        columns = {f"c{place}": fact_type(random, kind) for place, kind in enumerate(random.sample(_ASKED, k=4))}
        names[f"b.rows{number}"] = FactType(kind=Kind.ROWS, columns=columns)
    return names


def fact_type(random: Random, kind: Kind) -> FactType:
    """A type of `kind`, with options where it has any."""
    chosen = kind in (Kind.CHOICE, Kind.CHOICES)
    return FactType(kind=kind, options=random.choice(_OPTIONS) if chosen else ())


def scope(random: Random, names: Mapping[str, FactType]) -> Scope:
    """A time, and answers of which some are not applicable, declined, not known or not asked."""
    now = random.choice(_NOWS).astimezone(random.choice(_ZONES))
    return Scope(answers(random, names), now, CALENDAR)


def answers(random: Random, names: Mapping[str, FactType], asked: float = 0.82) -> dict[str, Value]:
    """Answers to those of the questions that have been `asked`, a share of all."""
    return {name: answer(random, fact) for name, fact in names.items() if random.random() < asked}


def answer(random: Random, fact: FactType) -> Value:
    """A value three times in four, or else one of the silences."""
    return value(random, fact) if random.random() < 0.75 else random.choice(tuple(Silence))


def value(random: Random, fact: FactType) -> Value:
    """A value of the type, from few enough that rules often meet one."""
    if fact.kind is Kind.ROWS:
        return tuple(answers(random, fact.columns) for _ in range(random.choice((0, 1, 1, 2, 3))))
    if fact.kind is Kind.CHOICES:
        return tuple(option for option in fact.options if random.random() < 0.5)
    return random.choice(fact.options) if fact.kind is Kind.CHOICE else _VALUES[fact.kind](random)


def _moment(random: Random) -> datetime:
    shift = timedelta(minutes=30 * random.randrange(-150, 10))
    return (random.choice(_NOWS) + shift).astimezone(random.choice(_ZONES))


def _date(random: Random) -> date:
    return random.choice(_NOWS).date() + timedelta(days=random.choice((-366, -61, -3, -1, 0, 1, 30)))


_VALUES: dict[Kind, Callable[[Random], Any]] = {
    Kind.TEXT: lambda random: random.choice(_TEXTS),
    Kind.NUMBER: lambda random: random.randrange(-2, 6),
    Kind.MONEY: lambda random: Decimal(random.randrange(-4, 12)) / 4 + random.choice((0, 2000)),
    Kind.DATE: _date,
    Kind.MOMENT: _moment,
    Kind.DURATION: lambda random: timedelta(seconds=random.choice(tuple(_DURATIONS.values()))),
}


def rule(random: Random, names: Mapping[str, FactType]) -> Rule:
    """A well-typed rule about the questions, from a single comparison to several levels of brackets."""
    return _Author(random, names).condition(random.choice((1, 2, 2, 3)))


class _Author:
    """Writes rules; `_rows` are the names given to rows around the place where it is writing."""

    def __init__(self, random: Random, names: Mapping[str, FactType]) -> None:
        self._random = random
        self._names = dict(names)
        self._rows: dict[str, FactType] = {}

    def condition(self, depth: int) -> Rule:
        if depth <= 0 or self._random.random() < 0.3:
            return self._simple(depth)
        kinds = (self._junction, self._junction, self._negation, self._fork, self._each, self._same)
        return self._random.choice(kinds)(depth - 1)

    def _simple(self, depth: int) -> Rule:
        makers = (self._comparison, self._comparison, self._comparison, self._one_of, self._includes, self._has)
        return self._random.choice(makers)(depth)

    def _junction(self, depth: int) -> Rule:
        operator, grip = self._random.choice((("&&", AND), ("||", OR)))
        operands = [self.condition(depth).within(grip + 1) for _ in range(self._random.choice((2, 2, 3, 4)))]
        return joined(operator, grip, operands)

    def _negation(self, depth: int) -> Rule:
        operand = self.condition(depth).within(ATOM)
        return Rule(f"!{operand.ours}", f"!{operand.cel}", NOT)

    def _fork(self, depth: int) -> Rule:
        test, yes, no = (self.condition(depth) for _ in range(3))
        if self._random.random() < 0.2:
            yes = Rule("true", "true")
        return self._forked(test, yes, no)

    def _forked(self, test: Rule, yes: Rule, no: Rule) -> Rule:
        test, yes = test.within(OR), yes.within(OR)
        return Rule(f"{test.ours} ? {yes.ours} : {no.ours}", f"{test.cel} ? {yes.cel} : {no.cel}", FORK)

    def _same(self, depth: int) -> Rule:
        sides = [self.condition(depth).within(SUM) for _ in range(2)]
        return joined(self._random.choice(("==", "!=")), RELATION, sides)

    def _each(self, depth: int) -> Rule:
        name = self._random.choice([name for name, fact in self._names.items() if fact.kind is Kind.ROWS])
        row = "xyzuvw"[len(self._rows)]
        self._rows[row] = self._names[name]
        test = self.condition(depth)
        if f"{row}." not in test.ours:
            column = self._random.choice(tuple(self._names[name].columns))
            asked = Rule(f"has({row}.{column})", f"{row}.has_{column}")
            test = joined("||", OR, [test.within(AND), asked])
        del self._rows[row]
        word = self._random.choice(("exists", "all"))
        return Rule(f"{name}.{word}({row}, {test.ours})", f"{name}.{word}({row}, {test.cel})")

    def _comparison(self, depth: int) -> Rule:
        kind = self._random.choice(_EQUATED)
        operators = ("==", "!=", "<", "<=", ">", ">=") if kind in _ORDERED else ("==", "!=")
        if kind is Kind.CHOICE:
            name, fact = self._asked(kind)
            sides = [reference(name, fact), self._choice(fact, depth)]
        else:
            sides = [self._varying(kind, depth), self._term(kind, depth)]
        if self._random.random() < 0.3:
            sides.reverse()
        return joined(self._random.choice(operators), RELATION, [side.within(SUM) for side in sides])

    def _choice(self, fact: FactType, depth: int) -> Rule:
        """An option of `fact`, or another question with the same options."""
        alike = [found for found in self._all(Kind.CHOICE) if found[1].options == fact.options]
        roll = self._random.random()
        if roll < 0.15 and alike:
            return reference(*self._random.choice(alike))
        if roll < 0.25 and depth > 0 and len(alike) > 1:
            return self._forked(self.condition(depth - 1), *(reference(*found) for found in alike[:2]))
        return text(self._random.choice(fact.options))

    def _one_of(self, depth: int) -> Rule:
        kind = self._random.choice((Kind.CHOICE, Kind.CHOICE, Kind.TEXT, Kind.NUMBER, Kind.MONEY, Kind.DATE))
        if kind is Kind.CHOICE:
            name, fact = self._asked(kind)
            item = reference(name, fact)
            options = [text(option) for option in self._random.choices(fact.options, k=2)]
        else:
            item = self._varying(kind, depth).within(SUM)
            options = [self._literal(kind) for _ in range(self._random.randrange(1, 4))]
        return Rule(
            f"{item.ours} in [{', '.join(option.ours for option in options)}]",
            f"{item.cel} in [{', '.join(option.cel for option in options)}]",
            RELATION,
        )

    def _includes(self, depth: int) -> Rule:
        name, fact = self._asked(Kind.CHOICES)
        return joined("in", RELATION, [self._choice(fact, depth).within(SUM), reference(name, fact)])

    def _has(self, depth: int) -> Rule:
        name, _ = self._asked(self._random.choice((*_ASKED, Kind.ROWS)))
        step, _, question = name.partition(".")
        known = f"{step}.has_{question}"
        return Rule(f"has({name})", known)

    def _asked(self, kind: Kind) -> tuple[str, FactType]:
        """A question of `kind`, by preference one of a row nearby."""
        found = self._all(kind)
        near = [(name, fact) for name, fact in found if name not in self._names]
        return self._random.choice(near if near and self._random.random() < 0.7 else found)

    def _all(self, kind: Kind) -> list[tuple[str, FactType]]:
        found = [(name, fact) for name, fact in self._names.items() if fact.kind is kind]
        for row, rows in self._rows.items():
            found += [(f"{row}.{name}", fact) for name, fact in rows.columns.items() if fact.kind is kind]
        return found

    def _varying(self, kind: Kind, depth: int) -> Rule:
        """A term that depends on an answer or on the time."""
        roll = self._random.random()
        if kind is Kind.NUMBER and roll < 0.4:
            name, fact = self._asked(self._random.choice((Kind.ROWS, Kind.CHOICES, Kind.TEXT)))
            return Rule(f"size({name})", f"size({reference(name, fact).cel})")
        if roll < 0.2 and kind in (Kind.MOMENT, Kind.DATE):
            word = "now" if kind is Kind.MOMENT else "today"
            return Rule(word, word)
        if roll < 0.5 and depth > 0 and kind in _ORDERED:
            return self._sum(kind, depth - 1)
        if roll < 0.6 and depth > 0:
            test = self.condition(depth - 1)
            return self._forked(test, self._term(kind, depth - 1), self._term(kind, depth - 1))
        return reference(*self._asked(kind))

    def _term(self, kind: Kind, depth: int) -> Rule:
        if kind is Kind.MOMENT or self._random.random() < 0.4:
            return self._varying(kind, depth)
        return self._literal(kind)

    def _sum(self, kind: Kind, depth: int) -> Rule:
        sign = self._random.choice("+-")
        if kind in (Kind.DATE, Kind.MOMENT) and self._random.random() < 0.7:
            return self._moved(kind, sign, depth)
        if kind is Kind.DURATION and self._random.random() < 0.7:
            of = self._random.choice((Kind.DATE, Kind.MOMENT))
            return joined("-", SUM, [self._varying(of, depth).within(SUM), self._term(of, depth).within(ATOM)])
        right = self._literal(Kind.DURATION) if kind is Kind.MOMENT else self._term(kind, depth).within(ATOM)
        if kind is Kind.DATE:
            right = Rule("duration('24h')", "duration('24h')")
        return joined(sign, SUM, [self._varying(kind, depth).within(SUM), right])

    def _moved(self, kind: Kind, sign: str, depth: int) -> Rule:
        """A date or time and a period; CEL has no periods, so that the oracle calls a function of its own."""
        start = self._varying(kind, depth).within(SUM)
        unit, count = self._random.choice(("days", "months", "working_days")), self._random.randrange(4)
        function = "moved_moment" if kind is Kind.MOMENT else "moved_day"
        ours = f"{start.ours} {sign} {unit}({count})"
        return Rule(ours, f"{function}({start.cel}, '{unit}', {sign.replace('+', '')}{count})", SUM)

    def _literal(self, kind: Kind) -> Rule:
        if kind is Kind.TEXT:
            return text(self._random.choice(_TEXTS))
        if kind is Kind.DURATION:
            written = f"duration('{self._random.choice(tuple(_DURATIONS))}')"
            return Rule(written, written)
        drawn = _VALUES[kind](self._random)
        if kind is Kind.DATE:
            return Rule(f"date('{drawn}')", f"timestamp('{drawn}T00:00:00Z')")
        written = f"{drawn:.2f}" if kind is Kind.MONEY else str(drawn)
        return Rule(written, written)


def text(written: str) -> Rule:
    """A text in quotes."""
    quote = '"' if "'" in written else "'"
    return Rule(f"{quote}{written}{quote}", f"{quote}{written}{quote}")


def reference(name: str, fact: FactType) -> Rule:
    """The answer to a question. The oracle gets times as texts, for want of a way to put times into its maps."""
    reader = {Kind.DATE: "timestamp", Kind.MOMENT: "timestamp", Kind.DURATION: "duration"}.get(fact.kind)
    if reader is None:
        return Rule(name, name)
    return Rule(name, f"({name} == null ? dyn(null) : dyn({reader}({name})))")
