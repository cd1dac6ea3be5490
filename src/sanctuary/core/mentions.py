"""Does a text name somebody? Known names, addresses, numbers and words looked for in it, however they are spelt."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sanctuary.core.facts import Value
from sanctuary.core.scheme import QuestionType

# Letters that Unicode does not take apart, as people without them on their keyboard write them.
_STROKES = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"})
_NUMBER = re.compile(r"\+?\(?\d[\d\s().–-]{5,}\d")
POSTCODE = re.compile(r"\b[a-z]{1,2}\d[a-z\d]?\s*\d[a-z]{2}\b", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[.!?:;\n])\s+")
_SHORTEST_NAME = 3
# A text as long as this is told by its letters alone, wherever its words end.
_TELLING = 10


@dataclass(frozen=True, slots=True)
class Known:
    """Something by which somebody is known: `shown` as it was written, `plain` its letters and figures alone."""

    shown: str
    plain: str
    number: bool = False


def known(kind: QuestionType, value: Value) -> Iterator[Known]:
    """Everything in an answer of this kind by which its person may be known."""
    if not isinstance(value, str):
        return
    if kind is QuestionType.NAME:
        yield from _name(value)
    elif kind is QuestionType.ADDRESS:
        lines = [line for line in re.split(r"[\n,]", value) if line.strip()]
        yield from _whole(value, *lines[:1])
        yield from _whole(*POSTCODE.findall(value))
    elif kind is QuestionType.PHONE:
        yield from (Known(value, digits, True) for digits in [_digits(value)] if len(digits) > 6)
    elif kind in (QuestionType.POSTCODE, QuestionType.EMAIL):
        yield from _whole(value)
    elif kind in (QuestionType.TEXT, QuestionType.LONG_TEXT):
        yield from _capitals(value)


def wording(text: str) -> Iterator[Known]:
    """A whole text, to be found word for word; nothing of one too short to tell."""
    yield from (each for each in _whole(text) if len(each.plain) >= _TELLING)


def without(found: Iterable[Known], own: Iterable[Known]) -> tuple[Known, ...]:
    """What is found and is not the person's own: a surname shared, an address that was both theirs."""
    theirs = {each.plain for each in own}
    return tuple({each.plain: each for each in found if each.plain not in theirs}.values())


def mentioned(text: str, looked_for: Iterable[Known]) -> tuple[Known, ...]:
    """Which of what is known stands in the text."""
    words = plain_words(text)
    runs, letters = set(_runs(words)), "".join(words)
    numbers = {_digits(found) for found in _NUMBER.findall(text)}
    return tuple(each for each in looked_for if _stands(each, runs, letters, numbers))


def plain_words(text: str) -> list[str]:
    """The words of a text in letters without accents and figures."""
    apart = unicodedata.normalize("NFKD", text)
    bare = "".join(mark for mark in apart if not unicodedata.combining(mark)).casefold().translate(_STROKES)
    return re.findall(r"[^\W_]+", bare)


def _stands(each: Known, runs: set[str], letters: str, numbers: set[str]) -> bool:
    if each.number:
        return any(each.plain in number for number in numbers)
    return each.plain in runs or (len(each.plain) >= _TELLING and each.plain in letters)


def _runs(words: list[str], longest: int = 6) -> Iterator[str]:
    """Every run of up to six words, written as one: "Mary-Ann", "Mary Ann" and "ZZ1 1AA", "ZZ11AA" are the same."""
    for start in range(len(words)):
        for end in range(start + 1, min(start + longest, len(words)) + 1):
            yield "".join(words[start:end])


def _name(value: str) -> Iterator[Known]:
    yield from _whole(value)
    parts = re.findall(r"[^\W\d_][^\s,()]*", value)
    yield from (each for part in parts for each in _whole(part) if len(each.plain) >= _SHORTEST_NAME)


def _whole(*texts: str) -> Iterator[Known]:
    for text in texts:
        plain = "".join(plain_words(text))
        if plain:
            yield Known(" ".join(text.split()), plain)


def _capitals(value: str) -> Iterator[Known]:
    """Words within a sentence that begin with a capital: most are names."""
    for sentence in _SENTENCE.split(value):
        for word in sentence.split()[1:]:
            if word[:1].isupper():
                yield from (each for each in _whole(word) if len(each.plain) >= _SHORTEST_NAME)


def _digits(text: str) -> str:
    """A telephone number without what stands before its area code."""
    digits = re.sub(r"\D", "", text)
    return re.sub(r"^(0044|44|0)", "", digits)
