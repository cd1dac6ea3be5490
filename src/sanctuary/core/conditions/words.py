"""How is a condition told to a person? In plain English, with the titles of its questions; not whether it holds."""

from __future__ import annotations

from collections.abc import Mapping

from sanctuary.core.conditions.amounts import listed, told
from sanctuary.core.conditions.compile import Condition
from sanctuary.core.conditions.tree import (
    MIRRORED,
    Clock,
    Column,
    Comparison,
    Each,
    Either,
    Fact,
    Fixed,
    Has,
    Includes,
    Joined,
    Not,
    OneOf,
    Size,
    Sum,
    Term,
    walk,
)
from sanctuary.core.conditions.types import Kind

_OPPOSITES = {"==": "!=", "!=": "==", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}
_AMOUNTS = {
    "==": "is",
    "!=": "is not",
    "<": "is less than",
    "<=": "is at most",
    ">": "is more than",
    ">=": "is at least",
}
_TIMES = _AMOUNTS | {"<": "is before", "<=": "is no later than", ">": "is after", ">=": "is no earlier than"}

# The first halves of facts that are worked out, not answered.
_WORKED_OUT = frozenset("found risk dated property route decided consented permitted flagged fund measures".split())


def in_words(condition: Condition, titles: Mapping[str, str], options: Mapping[str, Mapping[str, str]]) -> str:
    """`condition` as a clause, without a capital or a full stop.

    `titles`, and `options` for the titles of options, go by the names in `condition.reads`: for "done.step" and
    "by.step" the step's title, for "gate.name" the gate's. What has no title there is called as it is in the text.
    """
    return _Teller(titles, options).clause(condition.tree, True)


class _Teller:
    """Clauses say what is so; `so` is False where the opposite is to be said. Phrases say what is spoken of."""

    def __init__(self, titles: Mapping[str, str], options: Mapping[str, Mapping[str, str]]) -> None:
        self._titles = titles
        self._options = options

    def clause(self, term: Term, so: bool) -> str:
        match term:
            case Not():
                return self.clause(term.operand, not so)
            case Comparison():
                return self._comparison(term, so)
            case OneOf():
                return self._one_of(term, so)
            case Includes():
                verb = "includes" if so else "does not include"
                return f"{self._phrase(term.choices)} {verb} {self._phrase(term.item, term.choices)}"
            case Has():
                return self._has(term, so)
            case Joined():
                word = "and" if (term.operator == "&&") is so else "or"
                return f", {word} ".join(self._joined(term, word, so))
            case Each():
                return self._each(term, so)
            case Either():
                test, yes, no = self._inner(term.test, True), self._inner(term.yes, so), self._inner(term.no, so)
                return f"if {test}, then {yes}; otherwise {no}"
            case _:
                return f"this {'always' if term == Fixed(kind=Kind.BOOL, value=so) else 'never'} holds"

    def _inner(self, term: Term, so: bool) -> str:
        told_of = term.operand if isinstance(term, Not) else term
        clause = self.clause(term, so)
        return f"({clause})" if isinstance(told_of, (Joined, Either, Each)) else clause

    def _has(self, term: Has, so: bool) -> str:
        if _about(term.of) == "done":
            return f"{self._title(term.of)} {'has been done' if so else 'has not been done'}"
        return f"there is {'an' if so else 'no'} answer to {self._title(term.of)}"

    def _joined(self, term: Joined, word: str, so: bool) -> list[str]:
        """What is joined; of an "or" the gates that say no in one list, after everything else."""
        gates = [
            operand.left for operand in term.operands if isinstance(operand, Comparison) and _is_shut_gate(operand)
        ]
        titles = [self._title(gate) for gate in gates if isinstance(gate, Fact)] if so and word == "or" else []
        if len(titles) < 2:
            return [self._inner(operand, so) for operand in term.operands]
        others = [self._inner(operand, so) for operand in term.operands if not _is_shut_gate(operand)]
        return [*others, f"one of these says no: {listed(titles, 'or')}"]

    def _comparison(self, term: Comparison, so: bool) -> str:
        operator, left, right = term.operator, term.left, term.right
        if isinstance(left, Fixed):
            operator, left, right = MIRRORED[operator], right, left
        operator = operator if so else _OPPOSITES[operator]
        if isinstance(left, Fact) and isinstance(right, Fixed) and _about(left) == "gate":
            shut = (operator == "==") is (right.value == "stopped")
            return f"{self._title(left)} {'says no' if shut else 'does not say no'}"
        if left.kind is Kind.BOOL:
            how_many = "both or neither" if operator == "==" else "only one"
            return f"{how_many} of these: {self._phrase(left)}; {self._phrase(right)}"
        verbs = _TIMES if left.kind in (Kind.DATE, Kind.MOMENT) else _AMOUNTS
        return f"{self._phrase(left, right)} {verbs[operator]} {self._phrase(right, left)}"

    def _one_of(self, term: OneOf, so: bool) -> str:
        if so and isinstance(term.item, Fact) and _names_all(term.item, term.options):
            return f"there is an answer to {self._title(term.item)}"
        words = [self._phrase(option, term.item) for option in term.options]
        if len(words) == 1:
            return f"{self._phrase(term.item)} {'is' if so else 'is not'} {words[0]}"
        return f"{self._phrase(term.item)} is {'' if so else 'none of '}{listed(words, 'or')}"

    def _each(self, term: Each, so: bool) -> str:
        if term.word == "exists":
            which, test = ("at least one" if so else "no"), self.clause(term.test, True)
        else:
            which, test = ("every" if so else "at least one"), self.clause(term.test, so)
        return f"in {which} row of {self._title(term.rows)}, {test}"

    def _phrase(self, term: Term, beside: Term | None = None) -> str:
        """What `term` stands for; where it is an option, `beside` is the choice whose option it is."""
        match term:
            case Fixed() if term.kind is not Kind.BOOL:
                return self._option(term, beside)
            case Fact() if _about(term) == "done":
                return f"when {self._title(term)} was done"
            case Fact() if _about(term) == "by":
                return f"who did {self._title(term)}"
            case Fact() | Column():
                asks = term.kind in (Kind.CHOICE, Kind.CHOICES) and _about(term) not in _WORKED_OUT
                asks = asks or self._title(term).endswith("?”")
                return f"the answer to {self._title(term)}" if asks else self._title(term)
            case Clock():
                return "now" if term.kind is Kind.MOMENT else "today"
            case Size():
                counted = {Kind.ROWS: "rows", Kind.CHOICES: "choices"}.get(term.of.kind, "letters")
                return f"the number of {counted} in {self._title(term.of)}"
            case Sum():
                return self._sum(term)
            case Either() if term.kind is not Kind.BOOL:
                yes, no = self._phrase(term.yes, beside), self._phrase(term.no, beside)
                return f"({yes} if {self._inner(term.test, True)}, otherwise {no})"
            case _:
                return self._inner(term, True)

    def _sum(self, term: Sum) -> str:
        left, right = self._phrase(term.left), self._phrase(term.right)
        if term.right.kind in (Kind.DATE, Kind.MOMENT):
            return f"the time from {right} to {left}"
        if term.left.kind in (Kind.DATE, Kind.MOMENT):
            return f"{right} {'after' if term.operator == '+' else 'before'} {left}"
        return f"{left} {'plus' if term.operator == '+' else 'less'} {right}"

    def _option(self, term: Fixed, beside: Term | None) -> str:
        asked = [part.name for part in walk(beside) if isinstance(part, (Fact, Column))] if beside else []
        known = [self._options[name] for name in asked if name in self._options]
        labels = [labels[term.value] for labels in known if isinstance(term.value, str) and term.value in labels]
        return told(labels[0] if labels else term.value)

    def _title(self, term: Fact | Column) -> str:
        return f"“{self._titles.get(term.name, term.name)}”"


def _is_shut_gate(term: Term) -> bool:
    """Whether `term` says that a gate is shut."""
    return (
        isinstance(term, Comparison)
        and isinstance(term.right, Fixed)
        and _about(term.left) == "gate"
        and (term.operator, term.right.value) == ("==", "stopped")
    )


def _names_all(item: Fact, options: tuple[Fixed, ...]) -> bool:
    """Whether every answer that there can be is among the `options`: all that is asked is that there is one."""
    return bool(item.type.options) and {option.value for option in options}.issuperset(item.type.options)


def _about(term: Term) -> str:
    """What sort of fact it is, by the first half of its name: "done", "gate" and "by" are no questions."""
    return term.name.partition(".")[0] if isinstance(term, Fact) else ""
