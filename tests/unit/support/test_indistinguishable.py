"""Is what is said of times right? The odds, ties, and what counts as even."""

from __future__ import annotations

from itertools import product
from random import Random

import pytest

from tests.support.access.indistinguishable import HIDDEN, NEVER, THEIRS, Compared, compared, odds


def test_the_odds_are_how_often_one_is_larger() -> None:
    chance = Random(5)
    for _ in range(50):
        some = [chance.randrange(8) for _ in range(chance.randint(1, 9))]
        others = [chance.randrange(8) for _ in range(chance.randint(1, 9))]
        counted = sum(1.0 if a > b else 0.5 if a == b else 0.0 for a, b in product(some, others))
        assert odds(some, others) == pytest.approx(counted / (len(some) * len(others)))


def test_what_always_takes_longer_or_never_does_is_told_apart() -> None:
    assert odds([2, 3], [0, 1]) == 1
    assert odds([0, 1], [2, 3]) == 0
    assert odds([1, 1], [1]) == 0.5


def test_each_kind_is_set_beside_what_never_was() -> None:
    even, longer = compared({HIDDEN: [1.0, 2.0], NEVER: [1.0, 2.0], THEIRS: [9.0, 8.0]})
    assert (even.kind, even.asked, even.odds, even.medians) == (HIDDEN, 2, 0.5, (1.5, 1.5))
    assert even.is_even
    assert not longer.is_even
    assert str(longer) == "theirs: longer in 1.000 of 2 pairs, 8 beside 2 µs"


def test_close_to_even_is_even() -> None:
    assert [Compared(kind="", asked=1, odds=at, medians=(0, 0)).is_even for at in (0.45, 0.55, 0.4, 0.6)] == [
        True, True, False, False,
    ]  # fmt: skip
