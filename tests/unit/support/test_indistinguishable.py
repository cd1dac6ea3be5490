"""Is what is said of times right? The odds, ties, and what counts as even."""

from __future__ import annotations

from itertools import product
from random import Random

import pytest

from tests.support.access.indistinguishable import (
    HIDDEN,
    NEVER,
    NOT_THEIRS,
    THEIRS,
    Compared,
    compared,
    odds,
    passes,
    told_apart,
    told_of,
)


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


@pytest.mark.parametrize(
    ("hidden", "apart"),
    [
        ([0.5], {THEIRS}),
        ([0.57, 0.5], {THEIRS}),
        ([0.57, 0.43], {THEIRS}),
        ([0.57, 0.6, 0.5], {THEIRS}),
        ([0.57, 0.58, 0.57], {THEIRS, HIDDEN}),
        ([0.4, 0.43, 0.42], {THEIRS, HIDDEN}),
    ],
)
def test_what_leans_the_same_way_every_time_is_told_apart_and_chance_is_not(
    hidden: list[float], apart: set[str]
) -> None:
    looks = iter(hidden)

    def look() -> list[Compared]:
        at = {HIDDEN: next(looks), NOT_THEIRS: 0.5, THEIRS: 0.9}
        return [Compared(kind=kind, asked=1, odds=odds, medians=(0, 0)) for kind, odds in at.items()]

    assert told_apart(look) == apart
    assert list(looks) == [], "it was asked as often as it took, and no more"


def test_a_control_that_is_not_told_apart_each_time_is_not_told_apart() -> None:
    theirs = iter([0.9, 0.5, 0.9])

    def look() -> list[Compared]:
        at = {HIDDEN: 0.7, NOT_THEIRS: 0.5, THEIRS: next(theirs)}
        return [Compared(kind=kind, asked=1, odds=odds, medians=(0, 0)) for kind, odds in at.items()]

    assert told_apart(look) == {HIDDEN}


def test_it_passes_where_what_differs_is_told_apart_and_nothing_hidden_is() -> None:
    pages = told_of(THEIRS, "/cases/{}"), told_of(THEIRS, "/cases/{}/who")
    assert len({*pages, told_of(HIDDEN, "/cases/{}"), told_of(HIDDEN, "/cases/{}/who")}) == 3
    assert passes(pages[:1])
    assert not passes([])
    assert not passes([HIDDEN, *pages])
    assert not passes([NOT_THEIRS, *pages])
