"""How may conditions turn out together? All answers that tell them apart, combined: no way that can happen is missed.

What is not a plain question about one answer (times, sums, rows) is left free: it may be so, not be so, or be unknown.
Where there are too many combinations nothing is said at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import combinations, product
from math import prod
from typing import Any

from sanctuary.core.clocks import Calendar
from sanctuary.core.conditions import FactType, Kind, Scope
from sanctuary.core.conditions.closures import closure
from sanctuary.core.conditions.leaves import Decide
from sanctuary.core.conditions.tree import (
    Comparison,
    Either,
    Fact,
    Fixed,
    Has,
    Includes,
    Joined,
    Not,
    OneOf,
    Term,
    reads,
    walk,
)
from sanctuary.core.facts import Silence, Unknown, Value
from sanctuary.core.scheme import ALWAYS, Question, Step

LIMIT = 20_000
# Any time will do: no plain question is about the time.
_NOW = datetime(2000, 1, 1, tzinfo=UTC)
_STEPS: Mapping[type, Any] = {int: 1, Decimal: Decimal("0.01"), date: timedelta(days=1)}
_COMPARED = (Kind.CHOICE, Kind.TEXT, Kind.NUMBER, Kind.MONEY, Kind.DATE)
# Facts that are never answered with a silence, since nobody is asked for them.
_SPOKEN = ("done", "gate", "case", "by", "free")
_OTHER = "something else"
_UNASKED = (None, Silence.NOT_APPLICABLE)
_YES = Fixed(kind=Kind.TEXT, value="yes")
Turn = tuple["bool | Unknown", ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the steps ask: each fact's question. A fact that is not here is worked out, and may be anything."""

    questions: Mapping[str, Question]
    calendar: Calendar

    @classmethod
    def of(cls, steps: Iterable[Step], calendar: Calendar) -> Asked:
        """The questions of `steps`."""
        found = {f"{step.name}.{each.name}": each for step in steps for each in step.questions}
        return cls(questions=found, calendar=calendar)

    def condition(self, name: str) -> Term | None:
        """What the same form has to have said for the question to be asked."""
        question = self.questions.get(name)
        if question is None or question.when is None:
            return None
        own = name.partition(".")[0] + "."
        return question.when.tree if all(read.startswith(own) for read in question.when.reads) else None


def turns(terms: Sequence[Term], asked: Asked, limit: int = LIMIT) -> Iterator[Turn] | None:
    """What `terms` come to, together, in every way in which answers can be given; None where these are too many."""
    plain = _Plain()
    told = [plain.term(term) for term in terms]
    guards = _guards(told, asked, plain)
    for kept in (guards, {}):
        domains = _domains([*told, *kept.values()], asked)
        if prod(map(len, domains.values())) <= limit:
            return _turns(told, kept, domains, asked)
    return None


def may_be(term: Term, asked: Asked) -> bool:
    """Whether `term` can be true, as far as can be told."""
    found = turns([term], asked)
    return found is None or any(turn[0] is True for turn in found)


def may_both_be(one: Term, other: Term, asked: Asked) -> bool:
    """Whether both can be true at once. Where that cannot be told they are taken not to be."""
    found = turns([one, other], asked)
    return found is not None and any(turn == (True, True) for turn in found)


class _Plain:
    """Terms with whatever is no plain question about one answer replaced by a fact of its own that is free."""

    def __init__(self) -> None:
        self._free: dict[str, Term] = {}  # by how the term is written, since terms have no hash

    def term(self, term: Term) -> Term:
        """`term`, made of plain questions and free facts alone."""
        match term:
            case Not():
                return Not(operand=self.term(term.operand))
            case Joined():
                return replace(term, operands=tuple(map(self.term, term.operands)))
            case Either(kind=Kind.BOOL):
                return replace(term, test=self.term(term.test), yes=self.term(term.yes), no=self.term(term.no))
            case Comparison(left=left, right=right) if left.kind is Kind.BOOL:
                return replace(term, left=self.term(left), right=self.term(right))
            case _:
                return term if _is_plain(term) else self._freed(term)

    def _freed(self, term: Term) -> Term:
        fact = Fact(type=FactType(kind=Kind.CHOICE, options=("yes", "no")), name=f"free.{len(self._free)}")
        return self._free.setdefault(repr(term), Comparison(operator="==", left=fact, right=_YES))


def _is_plain(term: Term) -> bool:
    match term:
        case Fixed() | Has(of=Fact()) | OneOf(item=Fact()) | Includes(item=Fixed(), choices=Fact()):
            return True
        case Comparison(left=Fact() as fact, right=Fixed()) | Comparison(left=Fixed(), right=Fact() as fact):
            return fact.kind in _COMPARED
        case Comparison(left=Fact() as left, right=Fact() as right):
            return left.kind is Kind.CHOICE and bool(left.type.options and right.type.options)
    return False


def _guards(terms: Iterable[Term], asked: Asked, plain: _Plain) -> Mapping[str, Term]:
    """For each question that `terms` read, and each that these depend on, what its form must have said before."""
    found: dict[str, Term] = {}
    left = sorted(frozenset().union(*map(reads, terms)))
    while left:
        name = left.pop()
        condition = asked.condition(name)
        if condition is not None and name not in found:
            found[name] = plain.term(condition)
            left += sorted(reads(found[name]))
    return found


def _domains(terms: Sequence[Term], asked: Asked) -> Mapping[str, Sequence[Value | None]]:
    """The answers to each fact that tell the terms apart; None is none at all."""
    atoms = [part for term in terms for part in walk(term) if _is_plain(part) and not isinstance(part, Fixed)]
    facts = {part.name: part for atom in atoms for part in walk(atom) if isinstance(part, Fact)}
    found: dict[str, Sequence[Value | None]] = {}
    for name, fact in facts.items():
        about = [atom for atom in atoms if name in reads(atom)]
        values = [None, *_silences(name, asked), *_values(fact, about, name in asked.questions)]
        found[name] = values if any(len(reads(atom)) > 1 for atom in about) else _apart(name, values, about, asked)
    return found


def _silences(name: str, asked: Asked) -> Sequence[Silence]:
    question = asked.questions.get(name)
    if question is None:
        return () if name.partition(".")[0] in _SPOKEN else tuple(Silence)
    out = question.when is not None or question.in_force != ALWAYS
    return tuple({*question.allow, *((Silence.NOT_APPLICABLE,) if out else ())})


def _values(fact: Fact, atoms: Iterable[Term], is_asked: bool) -> Iterable[Value]:
    """The values of `fact` that `atoms` might tell apart."""
    written = [part.value for atom in atoms for part in walk(atom) if isinstance(part, Fixed)]
    match fact.kind:
        case Kind.CHOICE if fact.type.options:
            return fact.type.options
        case Kind.CHOICE | Kind.TEXT:
            return (*dict.fromkeys(map(str, written)), _OTHER)
        case Kind.CHOICES:
            others = [option for option in fact.type.options if option not in written][:1]
            return _subsets([*dict.fromkeys(map(str, written)), *(others if fact.type.options else [_OTHER])])
        case Kind.NUMBER | Kind.MONEY | Kind.DATE if written:
            return [each for value in written for each in _around(value) if not (is_asked and _is_negative(each))]
    return (_OTHER,)


def _subsets(options: Sequence[str]) -> Iterator[Value]:
    # More options than this are beyond every limit, and need not be written out to be counted.
    few = options[:16]
    return (chosen for size in range(len(few) + 1) for chosen in combinations(few, size))


def _around(value: Any) -> tuple[Any, ...]:
    step = _STEPS[type(value)]
    try:
        return value - step, value, value + step
    except OverflowError:
        return (value,)  # the first or the last day of all


def _is_negative(value: Any) -> bool:
    return isinstance(value, int | Decimal) and value < 0


def _apart(name: str, values: Sequence[Value | None], atoms: Sequence[Term], asked: Asked) -> Sequence[Value | None]:
    """One of each kind of values that all atoms take alike; no answer at all, and one that does not apply, stay."""
    decides = [closure(atom) for atom in atoms]
    kinds: dict[tuple[object, ...], Value | None] = {}
    for value in values:
        scope = Scope({} if value is None else {name: value}, _NOW, asked.calendar)
        apart = value if value in _UNASKED else "said"
        kinds.setdefault((apart, *(_told(decide(scope)) for decide in decides)), value)
    return tuple(kinds.values())


def _told(answer: bool | Unknown) -> bool | None:
    return answer if isinstance(answer, bool) else None


def _turns(
    terms: Sequence[Term],
    guards: Mapping[str, Term],
    domains: Mapping[str, Sequence[Value | None]],
    asked: Asked,
) -> Iterator[Turn]:
    decides = [closure(term) for term in terms]
    forms = _forms(domains, guards, asked)
    for values in product(*domains.values()):
        world = {name: value for name, value in zip(domains, values, strict=True) if value is not None}
        scope = Scope(world, _NOW, asked.calendar)
        if all(_is_handed_in(form, world, scope) for form in forms):
            yield tuple([decide(scope) for decide in decides])


Form = Mapping[str, tuple[Question, Decide | None]]


def _forms(domains: Iterable[str], guards: Mapping[str, Term], asked: Asked) -> Sequence[Form]:
    """The questions of each step, with the condition of each where its own form settles that."""
    forms: dict[str, dict[str, tuple[Question, Decide | None]]] = {}
    for name in domains:
        if name in asked.questions:
            guard = closure(guards[name]) if name in guards else None
            forms.setdefault(name.partition(".")[0], {})[name] = (asked.questions[name], guard)
    return tuple(forms.values())


def _is_handed_in(form: Form, world: Mapping[str, Value], scope: Scope) -> bool:
    """Whether a form can be handed in like this: nothing of it is there, or everything is that it has to say."""
    if world.keys().isdisjoint(form):
        return True
    return all(_fits(question, guard, world.get(name), scope) for name, (question, guard) in form.items())


def _fits(question: Question, guard: Decide | None, value: Value | None, scope: Scope) -> bool:
    """Whether `value` can stand there once the form is handed in."""
    if question.when is not None and guard is None:
        return True  # other forms say whether it is asked, and may say something else since
    is_asked = guard(scope) if guard is not None else True
    if is_asked is False:
        return value is Silence.NOT_APPLICABLE
    if is_asked is not True:
        return True
    if value is Silence.NOT_APPLICABLE:
        return value in question.allow or question.in_force != ALWAYS
    return value is not None or question.optional
