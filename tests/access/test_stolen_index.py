"""What does a stolen index of marks give away? To somebody without the key, who knows how common every name is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import accumulate
from random import Random

import pytest

from sanctuary.core import spellings
from sanctuary.records import crypto, screening
from sanctuary.records.screening import Details, Purpose
from tests.support.proof import figure, length

ROWS = length(full=1_000_000, short=100_000)
# Surnames and first names as they fall off in a census: the commonest surname has one person in eighty, the commonest
# first name one in forty, and most are rare.
SURNAMES, FIRST = (50_000, 8.0), (2_000, 6.0)


def shares(count: int, offset: float) -> list[float]:
    """How common the names of rank one and on are."""
    weights = [1 / (rank + offset) for rank in range(1, count + 1)]
    whole = sum(weights)
    return [weight / whole for weight in weights]


def drawn(chance: Random, common: Sequence[float], rows: int) -> list[int]:
    """A name for each row, by its rank."""
    return chance.choices(range(len(common)), cum_weights=list(accumulate(common)), k=rows)


@pytest.mark.failure(20)
def test_ranking_marks_by_how_often_they_come_names_fewer_than_one_in_a_hundred() -> None:
    """The best that anybody does without the key: the commonest mark is the commonest name, and so on down."""
    chance = Random(19)
    last, first = shares(*SURNAMES), shares(*FIRST)
    register = Counter(zip(drawn(chance, first, ROWS), drawn(chance, last, ROWS), strict=True))
    top = sorted(((a * b, (i, j)) for i, a in enumerate(first[:60]) for j, b in enumerate(last[:200])), reverse=True)
    guessed = [name for _, name in top]
    ranked = [name for name, _ in register.most_common(len(guessed))]
    named = sum(register[name] for name, guess in zip(ranked, guessed, strict=False) if name == guess)
    figure(f"{named:,} of {ROWS:,} rows of a stolen index named by how common names are ({100 * named / ROWS:.2f} %)")
    assert named < ROWS / 100
    # The control: where people are known by one name of two hundred, the same attack names more than that.
    few = Counter(drawn(chance, shares(200, 8.0), ROWS))
    control = sum(count for rank, (name, count) in enumerate(few.most_common()) if name == rank)
    assert control > ROWS / 100


def test_a_mark_of_one_kind_says_nothing_of_another() -> None:
    """The same words as a name and as a landlord's, or in the search and in the screening, have other marks."""
    found = {screening.mark(purpose, "ada example")[1] for purpose in Purpose}
    assert len(found) == len(Purpose)
    assert crypto.mark("FULL_NAME", "ada example") not in found


def test_wrong_matches_are_not_to_be_expected() -> None:
    """A million marks of people, a hundred thousand of staff: fewer than one wrong match in a million registers."""
    assert 1e6 * 1e5 / 2**crypto.MARK_BITS < 1e-6
    marks = {crypto.mark("screening/PHONE", str(number)) for number in range(20_000)}
    assert len(marks) == 20_000
    bits = [sum(mark >> bit & 1 for mark in marks) / len(marks) for bit in range(crypto.MARK_BITS)]
    assert all(0.47 < share < 0.53 for share in bits), "every bit of a mark says as much as any other"


def test_the_mark_is_of_the_one_form_and_of_nothing_else() -> None:
    one = screening.marks(Details(names=("Łucja O'Brien",), phones=("+44 20 7946 0123",)))
    other = screening.marks(Details(names=("OBRIEN, Lucja",), phones=("020 7946 0123",)))
    assert one == other
    assert one == {
        screening.mark(Purpose.NAME, spellings.name("Łucja O'Brien")),
        screening.mark(Purpose.PHONE, "2079460123"),
    }
