"""What does each condition decide, and which facts does it name where it cannot?"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest

from sanctuary.core.clocks import LONDON
from sanctuary.core.conditions import Condition, FactType, Kind, Scope
from sanctuary.core.facts import Silence, Unknown, Value
from tests.support.questions import CALENDAR, NOW, compiled, decided

NA, NOT_KNOWN, DECLINED = Silence.NOT_APPLICABLE, Silence.NOT_KNOWN, Silence.DECLINED
SAFE = "referral.safe"
KIDS = "home.children"


def rows(*ages: Value) -> tuple[Value, ...]:
    return tuple({"age": age} for age in ages)


@pytest.mark.parametrize(
    ("text", "answer", "outcome"),
    [
        ("referral.safe == 'no'", "no", True),
        ("referral.safe == 'no'", "yes", False),
        ("referral.safe == 'no'", NA, False),
        ("referral.safe == 'no'", NOT_KNOWN, {SAFE}),
        ("referral.safe == 'no'", DECLINED, {SAFE}),
        ("referral.safe != 'no'", "no", False),
        ("referral.safe != 'no'", "yes", True),
        ("referral.safe != 'no'", NA, True),
        ("referral.safe != 'no'", DECLINED, {SAFE}),
        ("'no' == referral.safe", "no", True),
        ("referral.safe in ['no', 'yes']", "yes", True),
        ("referral.safe in ['no']", "yes", False),
        ("referral.safe in ['no']", NA, False),
        ("referral.safe in ['no']", DECLINED, {SAFE}),
        ("referral.safe in ['no']", {"not": "hashable"}, {SAFE}),
        ("has(referral.safe)", "no", True),
        ("has(referral.safe)", NA, False),
        ("has(referral.safe)", DECLINED, False),
        ("has(referral.safe)", NOT_KNOWN, {SAFE}),
        ("!has(referral.safe)", NA, True),
        ("!has(referral.safe)", NOT_KNOWN, {SAFE}),
    ],
)
def test_an_answer_is_compared_with_its_options(text: str, answer: Value, outcome: bool | set[str]) -> None:
    assert decided(text, {SAFE: answer}) == outcome


def test_what_was_not_asked_is_unknown() -> None:
    for text in ("referral.safe == 'no'", "referral.safe != 'no'", "referral.safe in ['no']", "has(referral.safe)"):
        assert decided(text, {}) == {SAFE}


T, F, U = "referral.safe == 'yes'", "referral.moved == 'yes'", "referral.area == 'norwich'"
V, W = "home.rooms > 2", "home.doors > 2"
FACTS: dict[str, Value] = {"referral.safe": "yes", "referral.moved": "no"}
AREA, ROOMS, DOORS = "referral.area", "home.rooms", "home.doors"


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        (f"{T} && {T}", True),
        (f"{T} && {F}", False),
        (f"{F} && {U}", False),
        (f"{U} && {F}", False),
        (f"{U} && {T}", {AREA}),
        (f"{T} && {U}", {AREA}),
        (f"{U} && {V}", {AREA, ROOMS}),
        (f"{U} && {U}", {AREA}),
        (f"{F} || {F}", False),
        (f"{F} || {T}", True),
        (f"{T} || {U}", True),
        (f"{U} || {T}", True),
        (f"{U} || {F}", {AREA}),
        (f"{F} || {U}", {AREA}),
        (f"{U} || {V}", {AREA, ROOMS}),
        (f"{U} && {V} && {W}", {AREA, ROOMS, DOORS}),
        (f"{U} && {T} && {U}", {AREA}),
        (f"{U} && {V} && {F}", False),
        (f"{T} && {T} && {T}", True),
        (f"{U} || {V} || {W}", {AREA, ROOMS, DOORS}),
        (f"{U} || {V} || {T}", True),
        (f"{F} || {F} || {F}", False),
        (f"({U} && {V}) || ({U} || {F})", {AREA, ROOMS}),
        (f"({U}) || ({U} && {V})", {AREA, ROOMS}),
        (f"{F} && {U} || {T}", True),
        (f"{T} || {U} && {F}", True),
        (f"!({U})", {AREA}),
        (f"!({T})", False),
        (f"!({F})", True),
        (f"{T} ? {F} : {U}", False),
        (f"{F} ? {U} : {T}", True),
        (f"{U} ? {T} : {T}", {AREA}),
        (f"{T} ? {U} : {T}", {AREA}),
        (f"{F} ? {T} : {F} ? {U} : true", True),
        (f"({T}) == ({F})", False),
        (f"({T}) != ({F})", True),
        (f"({U}) == ({V})", {AREA, ROOMS}),
        (f"({U}) == ({T})", {AREA}),
        (f"({T}) == ({U})", {AREA}),
    ],
)
def test_true_false_and_unknown_combine_as_in_cel(text: str, outcome: bool | set[str]) -> None:
    assert decided(text, FACTS) == outcome


@pytest.mark.parametrize(
    ("text", "facts", "outcome"),
    [
        ("money.savings >= 2000.00", {"money.savings": Decimal("2000")}, True),
        ("money.savings > 2000.00", {"money.savings": Decimal("2000.00")}, False),
        ("money.savings < -0.50", {"money.savings": Decimal("-1")}, True),
        ("2000.00 < money.savings", {"money.savings": Decimal("2000.01")}, True),
        ("money.savings > 2000.00", {"money.savings": NA}, {"money.savings"}),
        ("money.savings > 2000.00", {"money.savings": "2000"}, {"money.savings"}),
        ("money.savings - money.debts < 0.00", {"money.savings": Decimal(1), "money.debts": Decimal(2)}, True),
        ("money.savings - money.debts < 0.00", {"money.savings": Decimal(1)}, {"money.debts"}),
        ("money.savings - money.debts < 0.00", {"money.savings": NA}, {"money.savings", "money.debts"}),
        ("money.savings > money.debts", {"money.savings": Decimal(1), "money.debts": NA}, {"money.debts"}),
        ("money.savings == money.debts", {"money.savings": NA, "money.debts": NA}, True),
        ("money.savings == money.debts", {"money.savings": NA, "money.debts": Decimal(0)}, False),
        ("money.savings != money.debts", {"money.savings": NA}, {"money.debts"}),
        ("home.rooms + 1 >= home.doors + -2", {"home.rooms": 1, "home.doors": 4}, True),
        ("home.rooms > home.doors", {"home.rooms": 1, "home.doors": "4"}, {"home.rooms", "home.doors"}),
        ("home.rooms in [1, 2]", {"home.rooms": 2}, True),
        ("home.rooms + 1 in [1, 2]", {"home.rooms": 2}, False),
        ("home.rooms + 1 in [1, 2]", {}, {"home.rooms"}),
        ('referral.language == "O\'Neill"', {"referral.language": "O'Neill"}, True),
        ("size(referral.language) == 3", {"referral.language": "Zoë"}, True),
        ("size(home.locks) > 1", {"home.locks": ("front", "back")}, True),
        ("size(home.locks) > 1", {"home.locks": NA}, {"home.locks"}),
        ("size(home.children) in [0, 1]", {"home.children": ()}, True),
        ("'front' in home.locks", {"home.locks": ("front",)}, True),
        ("'front' in home.locks", {"home.locks": ()}, False),
        ("'front' in home.locks", {"home.locks": NA}, {"home.locks"}),
        ("'front' in home.locks", {"home.locks": "front"}, {"home.locks"}),
        ("referral.town in home.locks", {"home.locks": ("back",), "referral.town": "back"}, True),
        ("referral.town in home.locks", {"home.locks": ("back",), "referral.town": NA}, False),
        ("referral.town in home.locks", {"home.locks": ("back",)}, {"referral.town"}),
        ("referral.town in home.locks", {"referral.town": "back"}, {"home.locks"}),
        ("referral.town in home.locks", {}, {"home.locks", "referral.town"}),
        ("(has(referral.town) ? referral.town : referral.area) == 'norwich'", {"referral.town": "norwich"}, True),
        (
            "(has(referral.town) ? referral.town : referral.area) in ['norwich']",
            {"referral.town": ({},)},
            {"referral.town", "referral.area"},
        ),
        (
            "(has(home.rooms) ? home.rooms : home.doors) > 1",
            {"home.rooms": NA, "home.doors": NA},
            {"home.doors"},
        ),
    ],
)
def test_values_of_each_kind(text: str, facts: dict[str, Value], outcome: bool | set[str]) -> None:
    assert decided(text, facts) == outcome


@pytest.mark.parametrize(
    ("text", "children", "outcome"),
    [
        ("home.children.exists(c, c.age < 5)", rows(7, 3), True),
        ("home.children.exists(c, c.age < 5)", rows(7, 8), False),
        ("home.children.exists(c, c.age < 5)", (), False),
        ("home.children.exists(c, c.age < 5)", (*rows(7), {}), {f"{KIDS}.age"}),
        ("home.children.exists(c, c.age < 5)", ({}, *rows(3)), True),
        ("home.children.exists(c, c.age < 5)", NA, {KIDS}),
        ("home.children.exists(c, c.age < 5)", NOT_KNOWN, {KIDS}),
        ("home.children.exists(c, c.age < 5)", ("not a row",), {KIDS}),
        ("home.children.exists(c, c.age < 5)", rows(NA), {f"{KIDS}.age"}),
        ("home.children.all(c, c.age < 5)", (), True),
        ("home.children.all(c, c.age < 5)", (*rows(3), {}), {f"{KIDS}.age"}),
        ("home.children.all(c, c.age < 5)", ({}, *rows(7)), False),
        ("home.children.all(c, c.age < 5)", rows(3, 4), True),
        (
            "home.children.exists(c, c.name == 'A' && c.age < 5)",
            ({"age": 3}, {"name": "A"}),
            {f"{KIDS}.age", f"{KIDS}.name"},
        ),
        ("home.children.all(c, has(c.age))", rows(3, DECLINED), False),
        ("home.children.all(c, has(c.age))", (*rows(3), {}), {f"{KIDS}.age"}),
        ("home.children.exists(c, 'play' in c.needs)", ({"needs": ("play",)},), True),
        (
            "home.children.exists(c, c.age < 5 && home.adults.all(a, a.name != c.name))",
            ({"age": 3, "name": "B"},),
            True,
        ),
        (
            "home.children.exists(c, c.age < 5 && home.adults.all(a, a.name != c.name))",
            ({"age": 3, "name": "A"},),
            False,
        ),
        ("home.children.exists(c, c.met < now)", ({"met": NOW - timedelta(hours=1)},), True),
        ("home.children.exists(c, c.school in ['yes'])", ({"school": "yes"},), True),
    ],
)
def test_rows_are_asked_one_by_one(text: str, children: Value, outcome: bool | set[str]) -> None:
    assert decided(text, {KIDS: children, "home.adults": ({"name": "A"},)}) == outcome


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


@pytest.mark.parametrize(
    ("text", "made", "outcome"),
    [
        ("now - referral.made > duration('48h')", NOW - timedelta(hours=49), True),
        ("now - referral.made > duration('48h')", NOW - timedelta(hours=48), False),
        ("referral.made + duration('1h30m') <= now", NOW - timedelta(minutes=90), True),
        ("referral.made + duration('1h30m1s') <= now", NOW - timedelta(minutes=90), False),
        # Tuesday follows a bank holiday Monday.
        ("now + working_days(1) == referral.made", at("2026-05-05 12:30"), True),
        ("now - working_days(2) == referral.made", at("2026-04-29 12:30"), True),
        # London's clocks went forward on 29 March; the time of day stays.
        ("now - months(2) == referral.made", at("2026-03-01 12:30"), True),
        ("now + months(9) == referral.made", at("2027-02-01 12:30"), True),
        ("referral.made > now", NOW.replace(tzinfo=None), {"referral.made"}),
        ("referral.made > now", datetime.min.replace(tzinfo=timezone(timedelta(hours=2))), {"referral.made"}),
        ("referral.made > now", datetime.max.replace(tzinfo=UTC) - timedelta(hours=1), True),
        ("referral.made > now", "soon", {"referral.made"}),
        ("referral.made > now", NA, {"referral.made"}),
        ("referral.made + months(1) > now", NA, {"referral.made"}),
        ("referral.made + days(1) > now", "soon", {"referral.made"}),
        ("referral.made - months(1) > now", "soon", {"referral.made"}),
    ],
)
def test_times(text: str, made: Value, outcome: bool | set[str]) -> None:
    assert decided(text, {"referral.made": made}) == outcome


@pytest.mark.parametrize(
    ("text", "since", "outcome"),
    [
        ("home.since == date('2026-05-01')", date(2026, 5, 1), True),
        ("home.since + days(2) < today", date(2026, 4, 28), True),
        ("home.since - days(2) < today", date(2026, 5, 2), True),
        ("home.since + duration('48h') < today", date(2026, 4, 29), False),
        ("home.since + months(1) == date('2026-02-28')", date(2026, 1, 31), True),
        ("home.since - months(3) == date('2025-11-30')", date(2026, 2, 28), False),
        ("home.since + working_days(1) == date('2026-05-05')", date(2026, 5, 1), True),
        ("home.since - working_days(1) == date('2026-05-01')", date(2026, 5, 5), True),
        ("today - home.since >= duration('24h')", date(2026, 4, 30), True),
        ("home.since + days(1) > today", date.max, {"home.since"}),
        ("home.since + months(1) > today", date.max, {"home.since"}),
        ("home.since > today", datetime(2026, 5, 2, tzinfo=UTC), {"home.since"}),
        ("home.since in [date('2026-05-01')]", date(2026, 5, 1), True),
    ],
)
def test_dates(text: str, since: Value, outcome: bool | set[str]) -> None:
    assert decided(text, {"home.since": since}) == outcome


def test_today_is_the_day_in_london() -> None:
    just_after_midnight_there = datetime(2026, 4, 30, 23, 10, tzinfo=UTC)
    assert decided("today == home.since", {"home.since": date(2026, 5, 1)}, just_after_midnight_there) is True


def test_hours_are_elapsed_hours_when_the_clocks_change() -> None:
    before, after = at("2026-03-28 12:00"), at("2026-03-29 12:00")
    assert decided("now - referral.made < duration('24h')", {"referral.made": before}, after) is True
    twice = at("2026-10-25 01:30")
    facts: dict[str, Value] = {"referral.made": twice, "referral.seen": twice.replace(fold=1)}
    assert decided("referral.seen - referral.made == duration('1h')", facts) is True
    assert decided("referral.seen > referral.made", facts) is True


def test_a_sum_outside_the_calendar_is_unknown_and_names_what_it_was_made_of() -> None:
    facts: dict[str, Value] = {"home.since": date(9999, 12, 31), "home.until": date(2026, 1, 1)}
    assert decided("home.since + days(1) > home.until", facts) == {"home.since"}
    text = "referral.made + home.waited > now"
    assert decided(text, {"referral.made": NOW, "home.waited": timedelta.max}) == {"referral.made", "home.waited"}


def test_a_condition_says_what_it_reads() -> None:
    condition = compiled("referral.safe == 'no' || home.children.exists(c, c.age < 5 && now > referral.made)")
    assert condition.reads == {"referral.safe", "home.children", "home.children.age", "referral.made"}
    assert compiled("today >= date('2026-05-01')").reads == frozenset()


def test_a_condition_is_equal_to_another_of_the_same_text() -> None:
    assert compiled("home.rooms > 1") == compiled("home.rooms > 1")
    assert compiled("home.rooms > 1") != compiled("home.rooms > 2")
    assert isinstance(compiled("home.rooms > 1"), Condition)


def test_the_unknown_of_a_single_fact_is_made_once() -> None:
    condition, scope = compiled("home.rooms > 1"), Scope({}, NOW, CALENDAR)
    assert isinstance(condition.decide(scope), Unknown)
    assert condition.decide(scope) is condition.decide(scope)


def test_a_scope_needs_a_time_zone() -> None:
    with pytest.raises(ValueError, match="time zone"):
        Scope({}, NOW.replace(tzinfo=None), CALENDAR)


@pytest.mark.parametrize("kind", [Kind.BOOL, Kind.PERIOD])
def test_no_question_is_answered_with_a_condition_or_a_period(kind: Kind) -> None:
    with pytest.raises(ValueError, match="never"):
        FactType(kind=kind)
