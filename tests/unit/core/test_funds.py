"""Which fund pays, and what has it to give on a day?"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from sanctuary.core.conditions import Scope
from sanctuary.core.facts import Facts, Silence, Unknown, Value
from sanctuary.core.funds import Figure, Fund, FundFigure, Paying, in_turn, payer
from tests.unit.core.town import CALENDAR, START

FACTS = Facts(opened_at=START, area="")
COUNCIL = Fund(
    name="council",
    title="Council",
    years={date(2025, 4, 1): Decimal(14000), date(2026, 4, 1): Decimal(16000)},
    caps={date(2025, 4, 1): Decimal(1000), date(2026, 6, 1): Decimal(1200)},
    pays_for=frozenset({"lock", "door"}),
)
LANDLORD = Fund(name="landlord", title="Landlord", years={}, caps={}, pays_for=frozenset({"lock"}), first_refusal="a.x")
FUNDS = (COUNCIL, LANDLORD)
IN_TURN = (LANDLORD, COUNCIL)


def _scope(known: Mapping[str, Value], day: date = date(2026, 5, 1)) -> Scope:
    return Scope(known, datetime(day.year, day.month, day.day, 12, tzinfo=UTC), CALENDAR)


def test_first_refusal_comes_first() -> None:
    assert in_turn(FUNDS) == IN_TURN
    assert payer(IN_TURN, "lock", _scope({"a.x": "yes"})) is LANDLORD
    assert payer(IN_TURN, "lock", _scope({"a.x": "no"})) is COUNCIL
    assert payer(IN_TURN, "lock", _scope({"a.x": Silence.NOT_APPLICABLE})) is COUNCIL
    assert payer(IN_TURN, "door", _scope({})) is COUNCIL
    assert payer(IN_TURN, "phone", _scope({})) is None


@pytest.mark.parametrize("known", [{}, {"a.x": Silence.NOT_KNOWN}, {"a.x": Silence.DECLINED}])
def test_nobody_pays_before_it_is_known_who_does(known: Mapping[str, Value]) -> None:
    assert payer(IN_TURN, "lock", _scope(known)) == Unknown(frozenset({"a.x"}))


@pytest.mark.parametrize(
    ("day", "budget", "cap"),
    [
        (date(2025, 3, 31), Silence.NOT_KNOWN, Silence.NOT_KNOWN),
        (date(2025, 4, 1), Decimal(14000), Decimal(1000)),
        (date(2026, 5, 31), Decimal(16000), Decimal(1000)),
        (date(2027, 3, 31), Decimal(16000), Decimal(1200)),
        (date(2027, 4, 1), Silence.NOT_KNOWN, Decimal(1200)),
    ],
)
def test_figures_hold_from_their_day_on_and_budgets_for_a_year(day: date, budget: Value, cap: Value) -> None:
    figures = [FundFigure(fund=COUNCIL, figure=figure) for figure in Figure]
    assert [figure.decide(FACTS, _scope({}, day)) for figure in figures] == [budget, cap]
    assert [figure.name for figure in figures] == ["fund.council_budget", "fund.council_cap"]
    assert (figures[0].reads, figures[0].labels) == (frozenset(), {})
    assert [figure.title for figure in figures] == [
        "This year's budget of “Council”", "The most that “Council” pays for one case"
    ]  # fmt: skip


def test_the_days_on_which_something_changes() -> None:
    assert COUNCIL.days == {date(2025, 4, 1), date(2026, 4, 1), date(2027, 4, 1), date(2026, 6, 1)}


def _paying(fund: Fund | None) -> Paying:
    return Paying(fund=fund, funds=IN_TURN, chosen=("measures.a", "measures.b"))


def test_what_each_fund_pays_for_in_a_case() -> None:
    known: Mapping[str, Value] = {"measures.a": ("lock", "phone"), "measures.b": ("lock", "door"), "a.x": "yes"}
    assert _paying(COUNCIL).decide(FACTS, _scope(known)) == ("door",)
    assert _paying(LANDLORD).decide(FACTS, _scope(known)) == ("lock",)
    assert _paying(None).decide(FACTS, _scope(known)) == ("phone",)
    assert (_paying(None).title, _paying(COUNCIL).title) == ("What no fund pays for", "What “Council” pays for")
    assert (_paying(None).name, _paying(COUNCIL).name) == ("fund.unpaid", "fund.council_pays")
    assert _paying(None).reads == {"measures.a", "measures.b", "a.x"}


def test_what_is_paid_for_is_not_known_yet() -> None:
    assert _paying(None).decide(FACTS, _scope({})) == Unknown(frozenset({"measures.a", "measures.b"}))
    known: Mapping[str, Value] = {"measures.a": ("lock", "phone")}
    assert _paying(None).decide(FACTS, _scope(known)) == Unknown(frozenset({"a.x"}))
