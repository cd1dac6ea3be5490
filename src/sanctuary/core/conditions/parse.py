"""What tree does a text make, by CEL's grammar? Refuses what the subset leaves out and says what to write instead."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from sanctuary.core.conditions import syntax
from sanctuary.core.conditions.syntax import Broken, Node
from sanctuary.core.conditions.tokens import Sort, Token, tokens
from sanctuary.core.conditions.types import Problem

# Far above any rule a person can read; they keep the parser and all that walk its tree from running out of stack.
MOST_CHARACTERS = 4000
MOST_NESTED = 20
MOST_TERMS = 12

_COMPARISONS = ("==", "!=", "<", "<=", ">", ">=", "in")
_MULTIPLY = "a condition does not multiply or divide; use a total that the form works out"


class _LostError(Exception):
    """The text cannot be followed beyond this point."""

    def __init__(self, offset: int, message: str) -> None:
        super().__init__(message)
        self.problem = Problem(offset=offset, message=message)


def parse(text: str) -> tuple[Node, list[Problem]]:
    """The tree of `text`, broken where a problem was found, and the problems."""
    if len(text) > MOST_CHARACTERS:
        message = f"a condition has at most {MOST_CHARACTERS} characters; split this one"
        return Broken(offset=0), [Problem(offset=MOST_CHARACTERS, message=message)]
    found, problems = tokens(text)
    parser = _Parser(found, problems)
    try:
        return parser.whole(), problems
    except _LostError as lost:
        problems.append(lost.problem)
        return Broken(offset=0), problems


class _Parser:
    """Recursive descent, one method a level of precedence."""

    def __init__(self, found: list[Token], problems: list[Problem]) -> None:
        self._tokens = found
        self._at = 0
        self._nested = 0
        self._problems = problems

    def whole(self) -> Node:
        if len(self._tokens) == 1:
            raise _LostError(0, "the condition is empty")
        node, after = self._fork(), self._next
        if after.sort is not Sort.END:
            raise _LostError(after.offset, f"{_spoken(after)} was not expected here; is && or || missing?")
        return node

    @property
    def _next(self) -> Token:
        return self._tokens[self._at]

    def _advance(self) -> Token:
        self._at += 1
        return self._tokens[self._at - 1]

    def _sees(self, *signs: str) -> bool:
        return self._next.sort is Sort.SIGN and self._next.text in signs

    def _says(self, *words: str) -> bool:
        return self._next.sort is Sort.NAME and self._next.text in words

    def _take(self, sign: str) -> bool:
        if self._sees(sign):
            self._at += 1
            return True
        return False

    def _expect(self, sign: str, message: str) -> None:
        if not self._take(sign):
            raise _LostError(self._next.offset, message)

    def _object(self, offset: int, message: str) -> Broken:
        self._problems.append(Problem(offset=offset, message=message))
        return Broken(offset=offset)

    def _fork(self) -> Node:
        self._nested += 1
        if self._nested > MOST_NESTED:
            raise _LostError(self._next.offset, "too many brackets inside each other; split this condition")
        test = self._any()
        offset = self._next.offset
        if self._take("?"):
            yes = self._any()
            self._expect(":", "a question mark needs its colon: test ? one : other")
            test = syntax.Fork(offset=offset, test=test, yes=yes, no=self._fork())
        self._nested -= 1
        return test

    def _any(self) -> Node:
        return self._junction("||", "or", self._all)

    def _all(self) -> Node:
        return self._junction("&&", "and", self._relation)

    def _junction(self, operator: str, word: str, operand: Callable[[], Node]) -> Node:
        first = operand()
        offset, operands = self._next.offset, [first]
        while self._sees(operator) or self._says(word):
            token = self._advance()
            if token.sort is Sort.NAME:
                self._object(token.offset, f"write {operator} instead of {word}")
            operands.append(operand())
        if len(operands) == 1:
            return first
        return syntax.Junction(offset=offset, operator=operator, operands=tuple(operands))

    def _relation(self) -> Node:
        left = self._sum()
        token = self._next
        if not self._compares():
            return left
        operator = self._advance().text
        node: Node = syntax.Pair(offset=token.offset, operator=operator, left=left, right=self._sum())
        if self._compares():
            node = self._object(self._next.offset, "compare two things at a time, with && between: a < b && b < c")
            while self._compares():
                self._advance()
                self._sum()
        return node

    def _compares(self) -> bool:
        if self._says("not") and self._tokens[self._at + 1].text == "in":
            self._object(self._advance().offset, "write !(… in …) instead of not in")
        return self._sees(*_COMPARISONS) or self._says("in")

    def _sum(self) -> Node:
        left, terms = self._negation(), 1
        while self._sees("+", "-", "*", "/", "%"):
            token, terms = self._advance(), terms + 1
            if terms > MOST_TERMS:
                raise _LostError(token.offset, "too long a sum; use a total that the form works out")
            right = self._negation()
            if token.text in "+-":
                left = syntax.Pair(offset=token.offset, operator=token.text, left=left, right=right)
            else:
                left = self._object(token.offset, _MULTIPLY)
        return left

    def _negation(self) -> Node:
        token = self._next
        if self._says("not"):
            self._object(token.offset, "write ! instead of not")
        elif not self._sees("!"):
            return self._negative()
        self._advance()
        if self._sees("!"):
            raise _LostError(self._next.offset, "write ! only once")
        return syntax.Negation(offset=token.offset, operand=self._negative())

    def _negative(self) -> Node:
        token = self._next
        if not self._take("-"):
            return self._member()
        operand = self._member()
        value = operand.value if isinstance(operand, syntax.Constant) else None
        if isinstance(value, (int, Decimal)) and not isinstance(value, bool):
            return syntax.Constant(offset=token.offset, value=-value)
        return self._object(token.offset, "only a number or an amount can have a minus sign in front: write 0 - …")

    def _member(self) -> Node:
        node = self._primary()
        while self._sees(".", "["):
            token = self._advance()
            if token.text == "[":
                raise _LostError(token.offset, "rows are not numbered; write rows.exists(x, …) or rows.all(x, …)")
            node = self._selected(node, token)
        return node

    def _selected(self, node: Node, dot: Token) -> Node:
        part = self._advance()
        if part.sort is not Sort.NAME:
            raise _LostError(part.offset, "a question's name belongs after the dot")
        if self._take("("):
            return self._called(part, node)
        if isinstance(node, syntax.Name):
            parts, offsets = (*node.parts, part.text), (*node.offsets, part.offset)
            return syntax.Name(offset=node.offset, parts=parts, offsets=offsets)
        return self._object(dot.offset, "only a step or a row has questions: write step.question")

    def _called(self, name: Token, target: Node | None) -> Node:
        arguments = self._listed(")")
        if target is None or isinstance(target, syntax.Name):
            return syntax.Call(offset=name.offset, name=name.text, arguments=arguments, target=target)
        return self._object(name.offset, f"{name.text}() needs the name of a question before the dot")

    def _listed(self, close: str) -> tuple[Node, ...]:
        items: list[Node] = []
        while not self._take(close):
            if items:
                self._expect(",", f"a comma or {close} was expected before {_spoken(self._next)}")
            items.append(self._fork())
        return tuple(items)

    def _primary(self) -> Node:
        token = self._advance()
        if token.sort is Sort.TEXT:
            return syntax.Constant(offset=token.offset, value=token.text)
        if token.sort is Sort.NUMBER:
            return self._number(token)
        if token.sort is Sort.NAME:
            return self._named(token)
        if token.text == "(":
            node = self._fork()
            self._expect(")", "a bracket ( is not closed")
            return node
        if token.text == "[":
            return syntax.Several(offset=token.offset, items=self._listed("]"))
        raise _LostError(token.offset, f"something is missing before {_spoken(token)}")

    def _named(self, token: Token) -> Node:
        if token.text in ("true", "false"):
            return syntax.Constant(offset=token.offset, value=token.text == "true")
        if token.text == "null":
            return self._object(token.offset, "write has(step.question) to ask whether there is an answer")
        if self._take("("):
            return self._called(token, None)
        return syntax.Name(offset=token.offset, parts=(token.text,), offsets=(token.offset,))

    def _number(self, token: Token) -> Node:
        whole, dot, pence = token.text.partition(".")
        if not (whole + pence).isdigit():
            return self._object(token.offset, f"{token.text} is not a number; a length of time is duration('48h')")
        if len(whole) > 12:
            return self._object(token.offset, "a number has at most 12 digits")
        if whole[0] == "0" and whole != "0":
            return self._object(token.offset, f"leave out the zeros in front of {token.text}")
        if dot and len(pence) != 2:
            return self._object(token.offset, f"money has two digits of pence: write {whole}.{pence:0<2.2}")
        value = Decimal(token.text) if dot else int(whole)
        return syntax.Constant(offset=token.offset, value=value)


def _spoken(token: Token) -> str:
    return "the end" if token.sort is Sort.END else f"'{token.text}'"
