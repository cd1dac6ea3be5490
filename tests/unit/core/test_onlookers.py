"""Is everybody named who can see a case, with what lets them, and nobody else?"""

from __future__ import annotations

from dataclasses import replace

from sanctuary.core.onlookers import Because, alone, onlookers
from sanctuary.core.scheme import ReadingRule, Scheme, Who
from tests.unit.core.test_sharing import _role, at, made, shared, terms
from tests.unit.core.town import GUIDE, after, did, step

RULES = (
    ReadingRule(compartments=("core",)),
    ReadingRule(compartments=("core", "police"), origin=GUIDE, until="a"),
    ReadingRule(compartments=("police", "money"), origin=GUIDE, until="b"),
)


def town(*rules: ReadingRule, writes: tuple[str, ...] = ("core",)) -> Scheme:
    base = made()
    return replace(
        base,
        roles={"housing": _role("housing", rules or RULES, writes), "police": _role("police", (), ())},
        steps={**base.steps, "b": step("b", who=Who(roles=("police",)))},
    )


def test_each_part_is_told_with_the_first_rule_that_gives_it() -> None:
    found = onlookers(town(), at(2, by=town()), after(2))
    (council, police) = found
    assert council.because == (
        Because(parts=("core",), source="", until=""),
        Because(parts=("police",), source="The guide", until="a"),
        Because(parts=("money",), source="The guide", until="b"),
    )
    assert (council.agency, council.parts) == ("the_housing", ("core", "police", "money"))
    assert (police.parts, police.because) == ((), ())


def test_a_rule_that_is_over_is_not_the_reason() -> None:
    progress = at(4, did("a", 3), by=town())
    council = onlookers(town(), progress, after(4))[0]
    assert [each.until for each in council.because] == ["", "b"]
    assert council.because[1].parts == ("police", "money")


def test_who_is_called_for_nothing_and_reads_nothing_is_not_named() -> None:
    quiet = replace(town(), steps={"a": town().steps["a"]})
    assert [one.role for one in onlookers(quiet, at(2, by=quiet), after(2))] == ["housing"]


def test_what_was_given_is_named_while_it_lasts() -> None:
    scheme = made()
    progress = at(3, shared(2, terms(parts=("police", "core"))), by=scheme)
    (one,) = [each for each in onlookers(scheme, progress, after(3)) if each.given]
    assert (one.role, one.agency, one.parts) == ("police", "elsewhere", ("core", "police"))
    assert [each for each in onlookers(scheme, progress, after(101)) if each.given] == []


def test_what_one_agency_alone_sees_is_told_and_what_nobody_sees() -> None:
    scheme = town(ReadingRule(compartments=("core", "police")))
    found = onlookers(scheme, at(3, by=scheme), after(3))
    assert alone(scheme, found) == {
        "core": ("the_housing", "housing"),
        "police": ("the_housing", "housing"),
        "money": ("", ""),
    }
    wide = made()
    seen = onlookers(wide, at(3, shared(2, terms(role="support")), by=wide), after(3))
    assert set(alone(wide, seen)) == {"money"}
