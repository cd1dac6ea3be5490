"""Which words and signs is a condition made of? Not whether they make sense together."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from sanctuary.core.conditions.types import Problem


class Sort(Enum):
    """What sort of token this is. The value names its group in the pattern."""

    NAME = "name"
    NUMBER = "number"
    TEXT = "text"
    SIGN = "sign"
    END = "end"


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A piece of the text. `text` is the content of a quoted text, and the sign meant where another was written."""

    sort: Sort
    text: str
    offset: int


_PATTERN = re.compile(
    r"""(?P<space>[ \t\r\n\f]+)
    | (?P<name>[A-Za-z_][A-Za-z0-9_]*)
    | (?P<number>[0-9]+(?:\.[0-9]*)?(?:[A-Za-z_][A-Za-z0-9_]*)?)
    | (?P<text>'(?:[^'\\\r\n]|\\[^\r\n])*'|"(?:[^"\\\r\n]|\\[^\r\n])*")
    | (?P<curly>[‘’“”`´][^‘’“”`´\r\n]*[‘’“”`´])
    | (?P<open>['"][^\r\n]*)
    | (?P<sign>&&|\|\||==|!=|<>|=>|=<|<=|>=|[<>!?:()\[\],.+\-*/%=&|])
    | (?P<other>.)""",
    re.VERBOSE | re.DOTALL,
)
_MEANT = {"=": "==", "&": "&&", "|": "||", "<>": "!=", "=>": ">=", "=<": "<="}


def tokens(text: str) -> tuple[list[Token], list[Problem]]:
    """Every token of `text`, an end token last, and what could not be read."""
    found: list[Token] = []
    problems: list[Problem] = []
    for match in _PATTERN.finditer(text):
        group, piece, offset = str(match.lastgroup), match.group(), match.start()
        message = _objection(group, piece)
        if message:
            problems.append(Problem(offset=offset, message=message))
        if group not in ("space", "other"):
            found.append(_token(group, piece, offset))
    found.append(Token(sort=Sort.END, text="", offset=len(text)))
    return found, problems


def _token(group: str, piece: str, offset: int) -> Token:
    if group == "open":
        return Token(sort=Sort.TEXT, text=piece[1:], offset=offset)
    if group in ("text", "curly"):
        return Token(sort=Sort.TEXT, text=piece[1:-1], offset=offset)
    return Token(sort=Sort(group), text=_MEANT.get(piece, piece), offset=offset)


def _objection(group: str, piece: str) -> str:
    if group == "open":
        return f"this text never ends: close it with {piece[0]}"
    if group == "text" and "\\" in piece:
        return "leave out the backslash; quote a text that has ' in it with \""
    if group == "other":
        return f"{piece!r} means nothing in a condition"
    if group == "curly":
        return "use the straight quotes ' or \""
    return f"write {_MEANT[piece]} instead of {piece}" if piece in _MEANT else ""
