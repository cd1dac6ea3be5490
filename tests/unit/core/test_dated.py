"""Is an order in force on exactly the days it should be, in London, and is it known when that will change?"""

from datetime import date, datetime

import pytest

from sanctuary.core.clocks import LONDON
from sanctuary.core.conditions import Scope
from sanctuary.core.dated import Dated, turns
from sanctuary.core.facts import Silence, Unknown, Value
from sanctuary.core.wording import Wording
from tests.unit.core.town import CALENDAR, at, case, did, scheme, step

ORDER = Dated(key="order", title="Order", start="a.from", end="a.until")
TENANCY = Dated(key="tenancy", title="Tenancy", end="a.until")
FIRST, LAST = date(2026, 3, 28), date(2026, 3, 29)  # the clocks go forward on the last day
NONE, UNKNOWN = Silence.NOT_APPLICABLE, Silence.NOT_KNOWN


def on(text: str, dated: Dated = ORDER, **answers: Value) -> object:
    now = datetime.fromisoformat(text).replace(tzinfo=LONDON)
    known = {f"a.{name.rstrip('_')}": value for name, value in answers.items()}
    return dated.decide(case(), Scope(known, now, CALENDAR))


@pytest.mark.parametrize(
    ("now", "state"),
    [
        ("2026-03-27 23:59", "to_come"),
        ("2026-03-28 00:00", "in_force"),
        ("2026-03-29 23:59", "in_force"),
        ("2026-03-30 00:00", "over"),
    ],
)
def test_both_days_are_included(now: str, state: str) -> None:
    assert on(now, from_=FIRST, until=LAST) == state


def test_a_time_is_exact() -> None:
    ends = datetime(2026, 3, 29, 12, tzinfo=LONDON)
    assert [on(f"2026-03-29 {hour}", from_=FIRST, until=ends) for hour in ("11:59", "12:00")] == ["in_force", "over"]


def test_what_is_not_known_is_to_be_asked() -> None:
    assert on("2026-03-28 12:00") == on("2026-03-28 12:00", from_=UNKNOWN) == Unknown(frozenset({"a.from"}))
    assert on("2026-03-28 12:00", from_=FIRST) == Unknown(frozenset({"a.until"}))
    assert on("2026-03-27 12:00", from_=FIRST) == "to_come"
    naive = datetime(2026, 3, 1)  # noqa: DTZ001 - as no form would ever write it
    assert on("2026-03-28 12:00", from_=naive) == Unknown(frozenset({"a.from"}))


def test_an_open_end_and_none_at_all() -> None:
    assert on("2030-01-01 00:00", from_=FIRST, until=NONE) == "in_force"
    assert on("2030-01-01 00:00", Dated(key="order", title="Order", start="a.from"), from_=FIRST) == "in_force"
    assert on("2026-03-28 12:00", from_=NONE) is NONE


def test_what_only_ends_has_begun() -> None:
    assert on("2026-03-29 12:00", TENANCY, until=LAST) == "in_force"
    assert on("2026-03-30 12:00", TENANCY, until=LAST) == "over"
    assert on("2026-03-30 12:00", TENANCY) == Unknown(frozenset({"a.until"}))
    assert on("2026-03-30 12:00", TENANCY, until=NONE) is NONE
    assert (TENANCY.reads, ORDER.reads) == ({"a.until"}, {"a.from", "a.until"})


def test_the_case_is_looked_at_again_when_it_begins_and_when_it_is_over() -> None:
    made = scheme(step("a"), step("b"), derived=(ORDER,))
    begins, over = datetime(2026, 3, 28, tzinfo=LONDON), datetime(2026, 3, 30, tzinfo=LONDON)
    known = did("a", 1, **{"from": FIRST, "until": LAST})
    assert at(made, 3, known).recheck_at == begins
    assert at(made, 24 * 26 + 1, known).recheck_at == over
    assert at(made, 24 * 60, known).recheck_at is None
    assert turns(made, Scope({}, begins, CALENDAR)) == []


def test_it_is_told_in_words() -> None:
    words = Wording(scheme=scheme(step("a"), derived=(ORDER,)))
    assert (words.fact("dated.order"), words.value("dated.order", "to_come")) == ("Order", "“Still to come”")
