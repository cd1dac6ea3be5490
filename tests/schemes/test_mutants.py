"""Would a rule be missed? All rules of all schemes are weakened by `python -m tests.support.scheme_mutants`."""

from __future__ import annotations

from sanctuary.loader.examples import examples
from tests.support.definitions import SMALL, small_scheme
from tests.support.scheme_mutants import SAID_TWICE, SCHEMES, Tally, faults, tally
from tests.support.weakened import weakened

KINDS = (
    "does not guard, gone, holds, always in force, applies always, not after, opens at once, does not come back, "
    "does not reopen, longer, a part less, a part negated, negated, for &&, reads, rule, for good, in line, "
    "closes nothing, reassignment, wait for refuse"
)


def test_every_kind_of_rule_is_weakened() -> None:
    told = " ".join(mutant.what for mutant in weakened(small_scheme()))
    assert [words for words in KINDS.split(",") if words.strip() not in told] == []


def test_each_way_of_weakening_changes_the_scheme() -> None:
    scheme = small_scheme()
    mutants = [*weakened(scheme)]
    assert all(mutant.scheme != scheme for mutant in mutants)
    assert len({mutant.what for mutant in mutants}) == len(mutants)


def test_what_an_example_notices_does_not_survive() -> None:
    scheme = small_scheme()
    unseen, seen = tally(scheme, ()), tally(scheme, examples(SMALL))
    assert len(unseen.survivors) == unseen.tried == seen.tried
    assert "works not after plan" in {*unseen.survivors} - {*seen.survivors}


def test_what_survives_is_a_fault_unless_it_is_said_twice_and_so_is_an_excuse_without_need() -> None:
    result = Tally(tried=3, survivors=("one", "two"))
    assert list(faults(result, {"one": "why", "three": "why"})) == [
        "no example notices: two",
        "an example notices, so it is not said twice: three",
    ]
    assert list(faults(result, {"one": "why", "three": "why"}, every=10)) == ["no example notices: two"]


def test_only_schemes_of_this_checkout_are_excused() -> None:
    assert all((SCHEMES / name / "scheme.yaml").is_file() for name in SAID_TWICE)
