"""Which kinds of value go together, and what should be written where they do not? Nothing about names."""

from __future__ import annotations

from sanctuary.core.conditions.names import suggestion
from sanctuary.core.conditions.tree import Column, Either, Fact, Fixed, Term, is_constant
from sanctuary.core.conditions.types import Kind

# Kinds whose values can be equal; those below are also before or after, more or less than each other.
EQUATED = frozenset({Kind.BOOL, Kind.TEXT, Kind.CHOICE, Kind.NUMBER, Kind.MONEY, Kind.DATE, Kind.MOMENT, Kind.DURATION})
_ORDERED = EQUATED - {Kind.BOOL, Kind.TEXT, Kind.CHOICE}
INSTEAD = {
    Kind.CHOICES: "several choices are asked one by one: 'option' in step.question",
    Kind.ROWS: "rows are asked with size(step.question), step.question.exists(x, …) or step.question.all(x, …)",
    Kind.PERIOD: "a period is added to a date or time: write today > step.question + days(2)",
}
_MISMATCHES = {
    frozenset({Kind.MONEY, Kind.NUMBER}): "an amount of money has pence: write 2000.00",
    frozenset({Kind.DATE, Kind.MOMENT}): "a date has no time: compare dates with today, and times with now",
    frozenset({Kind.CHOICE, Kind.BOOL}): "an answer is a text in quotes: write == 'yes'",
    frozenset({Kind.DATE, Kind.TEXT}): "write a date as date('2026-05-01')",
    frozenset({Kind.MOMENT, Kind.TEXT}): "compare a time with now, or with another time",
    frozenset({Kind.DURATION, Kind.TEXT}): "write a length of time as duration('48h')",
    frozenset({Kind.DURATION, Kind.NUMBER}): "write a length of time as duration('48h')",
    frozenset({Kind.CHOICE, Kind.CHOICES}): "write step.one in step.several",
    frozenset({Kind.CHOICE, Kind.NUMBER}): "an option is a text in quotes: write == '1'",
}
_DAY = 86_400


def compared(operator: str, left: Term, right: Term) -> str:
    """What is wrong with `left operator right`; empty where nothing is."""
    if is_constant(left) and is_constant(right):
        return "both sides are fixed, so this is always the same; compare the answer to a question"
    for one, other in ((left, right), (right, left)):
        if one.kind in INSTEAD:
            return INSTEAD[one.kind]
        if one.kind is Kind.CHOICE and isinstance(other, Fixed) and other.kind is Kind.TEXT:
            return _ordering(operator, one) or offered(one, other)
        if one.kind is Kind.BOOL and other.kind is Kind.BOOL and is_constant(one):
            return "leave out the comparison with true or false; the opposite is written !(…)"
    if left.kind is not right.kind:
        return _mismatch(left, right)
    return _ordering(operator, left) or _overlap(left, right)


def offered(choice: Term, text: Fixed) -> str:
    """What is wrong with a text as an option of `choice`; empty where nothing is."""
    options = _options(choice)
    if not options or text.value in options:
        return ""
    word = str(text.value)
    return f"'{word}' is not one of the options{suggestion(word, options)}"


def included(item: Term, choices: Term) -> str:
    """What is wrong with `item in choices`, the answer to a question of several choices; empty where nothing is."""
    if isinstance(item, Fixed) and item.kind is Kind.TEXT:
        return offered(choices, item)
    if item.kind is not Kind.CHOICE:
        return f"{item.kind.value} cannot be one of several choices; name an option in quotes"
    return _overlap(item, choices)


def _options(term: Term) -> frozenset[str]:
    """All answers that a choice can have; none where any text may be one."""
    if isinstance(term, Either):
        yes, no = _options(term.yes), _options(term.no)
        return yes | no if yes and no else frozenset()
    return frozenset(term.type.options) if isinstance(term, (Fact, Column)) else frozenset()


def _ordering(operator: str, term: Term) -> str:
    if operator in ("==", "!=") or term.kind in _ORDERED:
        return ""
    return f"{term.kind.value} has no order, so {operator} does not apply; write ==, != or in [...]"


def _overlap(left: Term, right: Term) -> str:
    one, other = _options(left), _options(right)
    return "these two questions have no option in common" if one and other and not one & other else ""


def _mismatch(left: Term, right: Term) -> str:
    for term in (left, right):
        if isinstance(term, Fixed) and term.kind is Kind.NUMBER and Kind.MONEY in (left.kind, right.kind):
            return f"an amount of money has pence: write {term.value}.00"
    message = _MISMATCHES.get(frozenset({left.kind, right.kind}))
    return message or f"{left.kind.value} cannot be compared with {right.kind.value}"


def summed(operator: str, left: Term, right: Term) -> Kind | str:
    """The kind of `left + right` or `left - right`, or what is wrong with it."""
    kinds = (left.kind, right.kind)
    if left.kind is right.kind and left.kind in (Kind.NUMBER, Kind.MONEY, Kind.DURATION):
        return left.kind
    if operator == "-" and kinds in ((Kind.DATE, Kind.DATE), (Kind.MOMENT, Kind.MOMENT)):
        return Kind.DURATION
    if kinds in ((Kind.DATE, Kind.PERIOD), (Kind.MOMENT, Kind.PERIOD), (Kind.MOMENT, Kind.DURATION)):
        return left.kind
    if kinds == (Kind.DATE, Kind.DURATION):
        return Kind.DATE if _whole_days(right) else "a date has no time: write today + days(2)"
    return _no_sum(operator, left, right)


def _whole_days(term: Term) -> bool:
    return isinstance(term, Fixed) and not term.value.total_seconds() % _DAY  # type: ignore[union-attr]


def _no_sum(operator: str, left: Term, right: Term) -> str:
    if right.kind in (Kind.DATE, Kind.MOMENT) and left.kind in (Kind.PERIOD, Kind.DURATION):
        return "write the date or time first: today + days(2)"
    if left.kind in (Kind.DATE, Kind.MOMENT) and right.kind is Kind.NUMBER:
        return "say what is counted: days(2), working_days(2), months(3) or duration('48h')"
    if {left.kind, right.kind} in ({Kind.MONEY, Kind.NUMBER}, {Kind.DATE, Kind.MOMENT}):
        return _mismatch(left, right)
    action = "added to" if operator == "+" else "taken away from"
    return f"{right.kind.value} cannot be {action} {left.kind.value}"
