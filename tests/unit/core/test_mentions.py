"""Is somebody found in a text however they are spelt there, and nobody who is not in it?"""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from sanctuary.core.facts import Silence, Value
from sanctuary.core.mentions import Known, known, mentioned, plain_words, without, wording
from sanctuary.core.scheme import QuestionType
from tests.unit.core.town import question

T = QuestionType


def named(kind: QuestionType, value: Value, text: str) -> list[str]:
    """What is found of an answer in a text."""
    return [each.shown for each in mentioned(text, list(known(question("x", kind), value)))]


@pytest.mark.failure(14)
@pytest.mark.parametrize(
    ("kind", "value", "text"),
    [
        (T.NAME, "Max Sampleton", "He said that MAX was there"),
        (T.NAME, "Max Sampleton", "the Sampletons’ flat: Sampleton himself"),
        (T.NAME, "Mary-Ann O'Brien", "with mary ann o’brien"),
        (T.NAME, "Łucja Śliwińska", "Lucja Sliwinska rang"),
        (T.NAME, "محمد", "مع محمد هناك"),
        (T.NAME, "ਗੁਰਪ੍ਰੀਤ ਸਿੰਘ ਸੰਧੂ", "ਨਾਲ ਗੁਰਪ੍ਰੀਤ ਸਿੰਘ ਸੰਧੂ"),
        (T.ADDRESS, "7 Heronsgate Close\nExample Town\nZZ99 3VZ", "moved to 7, Heronsgate Close"),
        (T.ADDRESS, "7 Heronsgate Close, Example Town, ZZ99 3VZ", "somewhere in zz993vz"),
        (T.ADDRESS, "12, High Street, Example Town", "lives at 12 High Street now"),
        (T.ADDRESS, "Flat 3, Alder Court, Example Town", "in flat 3 Alder Court"),
        (T.POSTCODE, "ZZ99 3VZ", "near ZZ993VZ."),
        (T.PHONE, "020 7946 0123", "ring +44 20 7946 0123 at night"),
        (T.PHONE, "+44 20 7946 0123", "02079460123"),
        (T.EMAIL, "max@post.example", "writes from Max@Post.Example now"),
        (T.TEXT, "works with Dana Exley", "Exley drove"),
        (T.LONG_TEXT, "Kim lives here.\nSo does (Jo)anna.", "she told Kim that"),
        (T.DATE, date(2015, 5, 4), "born on 4 May 2015"),
    ],
)
def test_somebody_is_found(kind: QuestionType, value: Value, text: str) -> None:
    assert named(kind, value, text)


@pytest.mark.parametrize(
    ("kind", "value", "text"),
    [
        (T.NAME, "Max Sampleton", "the maximum of samples"),
        (T.NAME, "Al Example", "also known by all"),
        (T.ADDRESS, "7 Heronsgate Close", "8 Heronsgate Close"),
        (T.ADDRESS, " \n", "anything at all"),
        (T.ADDRESS, "12, High Street, Example Town", "Page 12 of 17"),
        (T.ADDRESS, "Flat 3, Alder Court", "another flat 3"),
        (T.NAME, "Robin 123", "123 times"),
        (T.PHONE, "020 7946 0123", "020 7946 0124 and 42"),
        (T.PHONE, "none", "none"),
        (T.POSTCODE, "ZZ99 3VZ", "ZZ99 3VX"),
        (T.LONG_TEXT, "Threats were made. “Former” is a word", "threats were made, and a former partner"),
        (T.YES_NO, "yes", "yes"),
        (T.NAME, Silence.NOT_KNOWN, "not known"),
        (T.MOMENT, datetime(2026, 6, 1, 9, tzinfo=UTC), "1 June 2026 at 10:00"),
        (T.NAME, "…", "…"),
    ],
)
def test_nobody_is_found(kind: QuestionType, value: Value, text: str) -> None:
    assert named(kind, value, text) == []


def test_a_first_word_is_a_name_only_where_its_capital_says_so() -> None:
    assert named(T.LONG_TEXT, "Grace and they", "saying grace") == []
    assert named(T.LONG_TEXT, "Grace and they", "with Grace") == ["Grace"]


def test_a_whole_text_is_found_wherever_its_words_end_and_short_ones_are_not_looked_for() -> None:
    (found,) = wording("Threats at the door")
    assert mentioned("… threats at\nthe do or, …", [found]) == (found,)
    assert mentioned("threats at a door", [found]) == ()
    assert list(wording("Yes")) == []


def test_what_is_the_persons_own_names_nobody_else_and_certainty_counts() -> None:
    own = list(known(question("x", T.NAME), "Ada Sampleton"))
    others = [
        *known(question("x", T.NAME), "Max Sampleton"),
        *known(question("x", T.LONG_TEXT), "Max said it. Kim too"),
        *known(question("x", T.LONG_TEXT), "Max said it. Kim too"),
    ]
    assert without(others, own) == (
        Known("Max Sampleton", "maxsampleton"),
        Known("Max", "max"),
        Known("Kim", "kim", doubtful=True),
    )


def test_words_are_compared_without_accents_case_and_marks() -> None:
    assert plain_words("Éléna_d’Arc—40%") == ["elena", "d", "arc", "40"]
