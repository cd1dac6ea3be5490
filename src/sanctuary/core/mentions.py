"""Does a text name somebody? Known names, addresses, numbers and words looked for in it, however they are spelt."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sanctuary.core import spellings
from sanctuary.core.answers import said
from sanctuary.core.facts import Value
from sanctuary.core.scheme import Question, QuestionType

POSTCODE = re.compile(r"\b[a-z]{1,2}\d[a-z\d]?\s*\d[a-z]{2}\b", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[.!?:;])\s+|\n")
_SHORTEST_NAME = 3
# Shorter than this, what an address begins with is a number that stands anywhere.
_PLACING = 8
# A text as long as this is told by its letters alone, wherever its words end.
_TELLING = 10
# "Mary-Ann", "Mary Ann" and "ZZ1 1AA", "ZZ11AA" are the same: up to so many words are read as one.
_LONGEST_RUN = 6


@dataclass(frozen=True, slots=True)
class Known:
    """Something by which somebody is known: `shown` as it was written, `plain` its letters and figures alone.

    `number`: a telephone number. `doubtful`: it began a sentence, so that its capital may mean nothing.
    """

    shown: str
    plain: str
    number: bool = False
    doubtful: bool = False


def known(question: Question, value: Value) -> Iterator[Known]:
    """Everything in an answer to the question by which its person may be known."""
    if isinstance(value, date) and not isinstance(value, datetime):
        yield from _whole(said(question, value))
    elif isinstance(value, str) and question.type in _BY_TYPE:
        yield from _BY_TYPE[question.type](value)


def wording(text: str) -> Iterator[Known]:
    """A whole text, to be found word for word; nothing of one too short to tell."""
    yield from (each for each in _whole(text) if len(each.plain) >= _TELLING)


def without(found: Iterable[Known], own: Iterable[Known]) -> tuple[Known, ...]:
    """What is found and is not the person's own: a surname shared, an address that was both theirs."""
    theirs = {each.plain for each in own}
    listed = [each for each in found if each.plain not in theirs]
    sure = {each.plain for each in listed if not each.doubtful}
    return tuple(dict.fromkeys(each for each in listed if not each.doubtful or each.plain not in sure))


def mentioned(text: str, looked_for: Iterable[Known]) -> tuple[Known, ...]:
    """Which of what is known stands in the text."""
    words = plain_words(text)
    seen = _Seen(
        runs=frozenset(_runs(words)),
        letters="".join(words),
        numbers=spellings.phones(text),
        capitals=frozenset(each.plain for each in _capitals(text) if not each.doubtful),
    )
    return tuple(each for each in looked_for if seen.has(each))


def plain_words(text: str) -> list[str]:
    """The words of a text in letters without accents and figures."""
    return spellings.words(re.sub(r"[\W_]+", " ", unicodedata.normalize("NFC", text))).split()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seen:
    """A text in the forms in which things are looked for in it."""

    runs: frozenset[str]
    letters: str
    numbers: frozenset[str]
    capitals: frozenset[str]

    def has(self, each: Known) -> bool:
        if each.number:
            return each.plain in self.numbers
        if each.doubtful:
            return each.plain in self.capitals
        return each.plain in self.runs or (len(each.plain) >= _TELLING and each.plain in self.letters)


def _runs(words: list[str]) -> Iterator[str]:
    for start in range(len(words)):
        for end in range(start + 1, min(start + _LONGEST_RUN, len(words)) + 1):
            yield "".join(words[start:end])


def _name(value: str) -> Iterator[Known]:
    yield from _whole(value)
    yield from (each for part in re.split(r"[\s,()]+", value) for each in _whole(part) if _names(each))


def _address(value: str) -> Iterator[Known]:
    yield from _whole(value, _beginning(value), *POSTCODE.findall(value))


def _beginning(address: str) -> str:
    """As much of an address as says where it is: "12, High Street" and "Flat 3, Alder Court", not "12" or "Flat 3"."""
    pieces = [piece.strip() for piece in re.split(r"[\n,]", address)]
    ways = (" ".join(pieces[:count]) for count in range(1, len(pieces) + 1))
    return next((way for way in ways if len("".join(plain_words(way))) >= _PLACING), "")


def _phone(value: str) -> Iterator[Known]:
    yield from (Known(value, number, number=True) for number in sorted(spellings.phones(value)))


def _whole(*texts: str) -> Iterator[Known]:
    for text in texts:
        if plain := "".join(plain_words(text)):
            yield Known(" ".join(text.split()), plain)


def _capitals(value: str) -> Iterator[Known]:
    """Words that begin with a capital: within a sentence most are names."""
    for sentence in _SENTENCE.split(value):
        for number, word in enumerate(sentence.split()):
            if word.lstrip("'\"“‘(")[:1].isupper():
                found = (each for each in _whole(word.strip("'\"“”‘’().,;:!?")) if _names(each))
                yield from (Known(each.shown, each.plain, doubtful=not number) for each in found)


def _names(each: Known) -> bool:
    return len(each.plain) >= _SHORTEST_NAME and not each.plain.isdigit()


_BY_TYPE: Mapping[QuestionType, Callable[[str], Iterator[Known]]] = {
    QuestionType.NAME: _name,
    QuestionType.ADDRESS: _address,
    QuestionType.POSTCODE: _whole,
    QuestionType.EMAIL: _whole,
    QuestionType.PHONE: _phone,
    QuestionType.TEXT: _capitals,
    QuestionType.LONG_TEXT: _capitals,
}
