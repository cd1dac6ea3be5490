"""Does a condition make sense for these questions? Names, types and options; all problems at once, nothing decided."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from sanctuary.core.conditions import matching, syntax
from sanctuary.core.conditions.names import RESERVED, Variable, nearest, resolve, steps
from sanctuary.core.conditions.tree import (
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
    is_constant,
    looks_at_row,
)
from sanctuary.core.conditions.types import FactType, Kind, Problem
from sanctuary.core.conditions.written import WRITTEN, written

_KINDS = {str: Kind.TEXT, bool: Kind.BOOL, int: Kind.NUMBER, Decimal: Kind.MONEY}
_FUNCTIONS = (*WRITTEN, "has", "size")
_SEARCH = "do not search in text; ask for a choice"
_ROWS = "write step.question.exists(x, …) or step.question.all(x, …)"
_ELSEWHERE = {
    **dict.fromkeys(("contains", "startsWith", "endsWith", "matches"), _SEARCH),
    **dict.fromkeys(("exists", "all", "any", "exists_one", "filter", "map"), _ROWS),
    "timestamp": "write date('2026-05-01'), now or today",
}


def check(root: syntax.Node, names: Mapping[str, FactType], problems: list[Problem]) -> Term | None:
    """The typed tree of a whole condition; None, and a problem in `problems`, where there is none."""
    return _Checker(names, problems).varying(root)


class _Checker:
    """One method a node of syntax; each gives None once its problem is noted, so that one mistake is told once."""

    def __init__(self, names: Mapping[str, FactType], problems: list[Problem]) -> None:
        self._names = names
        self._problems = problems
        self._variables: tuple[Variable, ...] = ()

    def varying(self, node: syntax.Node) -> Term | None:
        """A term that is true or false, and not always the same."""
        term = self._term(node)
        if term is None:
            return None
        if term.kind is not Kind.BOOL:
            return self._object(node.offset, _no_condition(term))
        if is_constant(term):
            return self._object(node.offset, "this is always the same; leave it out, or ask about a question")
        return term

    def _object(self, offset: int, message: str) -> Fixed | None:
        """Note a problem; None, so that a caller can end with it."""
        self._problems.append(Problem(offset=offset, message=message))
        return None

    def _term(self, node: syntax.Node) -> Term | None:
        match node:
            case syntax.Broken():
                return None
            case syntax.Constant():
                return Fixed(kind=_KINDS[type(node.value)], value=node.value)
            case syntax.Name():
                return self._name(node)
            case syntax.Several():
                return self._object(node.offset, "a list belongs after in: step.question in ['one', 'other']")
            case syntax.Call():
                return self._call(node)
            case syntax.Negation():
                operand = self.varying(node.operand)
                return Not(operand=operand) if operand else None
            case syntax.Junction():
                return self._junction(node)
            case syntax.Pair():
                return self._pair(node)
            case _:
                return self._fork(node)

    def _name(self, node: syntax.Name) -> Term | None:
        found = resolve(node, self._names, self._variables)
        return self._object(found.offset, found.message) if isinstance(found, Problem) else found

    def _junction(self, node: syntax.Junction) -> Term | None:
        operands = [self.varying(operand) for operand in node.operands]
        settled = tuple(operand for operand in operands if operand)
        return Joined(operator=node.operator, operands=settled) if len(settled) == len(operands) else None

    def _fork(self, node: syntax.Fork) -> Term | None:
        test, yes, no = self.varying(node.test), self._term(node.yes), self._term(node.no)
        if test is None or yes is None or no is None:
            return None
        if yes.kind is not no.kind or yes.kind not in matching.EQUATED:
            message = f"both ends of ? : must be of one kind; here: {yes.kind.value}, and {no.kind.value}"
            return self._object(node.offset, message)
        if yes.kind is Kind.BOOL and is_constant(yes) and is_constant(no):
            return self._object(node.offset, "leave out ? and :, and write the test alone or !(…)")
        return Either(kind=yes.kind, test=test, yes=yes, no=no)

    def _pair(self, node: syntax.Pair) -> Term | None:
        if node.operator == "in":
            return self._in(node)
        left, right = self._term(node.left), self._term(node.right)
        if left is None or right is None:
            return None
        if node.operator in ("+", "-"):
            kind = matching.summed(node.operator, left, right)
            if isinstance(kind, str):
                return self._object(node.offset, kind)
            return Sum(kind=kind, operator=node.operator, left=left, right=right)
        message = matching.compared(node.operator, left, right)
        if message:
            return self._object(_option_offset(node), message)
        return Comparison(operator=node.operator, left=left, right=right)

    def _in(self, node: syntax.Pair) -> Term | None:
        item = self._term(node.left)
        if isinstance(node.right, syntax.Several):
            return self._one_of(item, node.right)
        choices = self._term(node.right)
        if item is None or choices is None:
            return None
        if choices.kind is not Kind.CHOICES or not isinstance(choices, (Fact, Column)):
            return self._object(node.right.offset, f"in needs a list in square brackets, not {choices.kind.value}")
        message = matching.included(item, choices)
        if message:
            return self._object(node.left.offset, message)
        return Includes(item=item, choices=choices)

    def _one_of(self, item: Term | None, several: syntax.Several) -> Term | None:
        if not several.items:
            return self._object(several.offset, "nothing is in an empty list; name at least one value")
        options = [self._option(item, node) for node in several.items]
        settled = tuple(option for option in options if option)
        return OneOf(item=item, options=settled) if item and len(settled) == len(options) else None

    def _option(self, item: Term | None, node: syntax.Node) -> Fixed | None:
        option = self._term(node)
        if option is None or item is None:
            return None
        if not isinstance(option, Fixed):
            return self._object(node.offset, "only fixed values belong in a list; write == and || for others")
        message = matching.compared("==", item, option)
        return self._object(node.offset, message) if message else option

    def _call(self, node: syntax.Call) -> Term | None:
        if node.target is not None and node.name in ("exists", "all"):
            return self._each(node, node.target)
        if node.target is None and node.name in WRITTEN:
            value = written(node)
            return self._object(node.offset, value) if isinstance(value, str) else value
        if node.target is None and node.name in ("has", "size"):
            return self._asked(node)
        if node.name in _FUNCTIONS:
            return self._object(node.offset, f"nothing belongs before {node.name}(): leave out the dot")
        near = nearest(node.name, _FUNCTIONS)
        message = f"did you mean {near}()?" if near else f"the functions are {', '.join(_FUNCTIONS)}"
        return self._object(node.offset, _ELSEWHERE.get(node.name) or f"there is no {node.name}(); {message}")

    def _asked(self, node: syntax.Call) -> Term | None:
        if len(node.arguments) != 1 or not isinstance(node.arguments[0], syntax.Name):
            return self._object(node.offset, f"write {node.name}(step.question)")
        fact = self._name(node.arguments[0])
        if fact is None:
            return None
        if not isinstance(fact, (Fact, Column)):
            return self._object(node.offset, f"write {node.name}(step.question)")
        if node.name == "has":
            return Has(of=fact)
        if fact.kind not in (Kind.TEXT, Kind.CHOICES, Kind.ROWS):
            return self._object(node.offset, f"{fact.kind.value} has no size; size() counts rows, choices or letters")
        return Size(of=fact)

    def _each(self, node: syntax.Call, target: syntax.Name) -> Term | None:
        rows = self._name(target)
        if rows is None:
            return None
        if rows.kind is not Kind.ROWS or not isinstance(rows, Fact):
            what = "inside a row" if rows.kind is Kind.ROWS else rows.kind.value
            return self._object(node.offset, f"{node.name}() asks about rows of a step, and {target.text} is {what}")
        name = node.arguments[0] if len(node.arguments) == 2 else None
        if not isinstance(name, syntax.Name) or len(name.parts) != 1:
            message = f"write {node.name}(x, …), with a name for one row and what to ask of it"
            return self._object(node.offset, message)
        if name.text in RESERVED | steps(self._names) | {variable.name for variable in self._variables}:
            return self._object(name.offset, f"'{name.text}' has a meaning already; call the row something else")
        return self._every(node, Variable(name=name.text, rows=rows))

    def _every(self, node: syntax.Call, variable: Variable) -> Term | None:
        around = self._variables
        self._variables = (*around, variable)
        test = self.varying(node.arguments[1])
        self._variables = around
        if test is None:
            return None
        if not looks_at_row(test):
            return self._object(node.arguments[1].offset, f"this never looks at the row: ask about {variable.name}.…")
        return Each(word=node.name, variable=variable.name, rows=variable.rows, test=test)


def _no_condition(term: Term) -> str:
    if isinstance(term, (Fact, Column)) and term.kind is Kind.CHOICE:
        return f"say which answer: == '{(*term.type.options, 'yes')[0]}'"
    if term.kind in matching.INSTEAD:
        return matching.INSTEAD[term.kind]
    return f"{term.kind.value} is neither true nor false; compare it with something"


def _option_offset(node: syntax.Pair) -> int:
    """Where a comparison goes wrong: at the text written out, if there is one, or else at the operator."""
    for side in (node.right, node.left):
        if isinstance(side, syntax.Constant):
            return side.offset
    return node.offset
