"""When do readings follow a pattern, and when are they work?"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from sanctuary.core.patterns import BY_NAME, COLLEAGUE, OWN, PATTERNS, Found, Pattern, Reading, at_night, find

AT = datetime(2026, 6, 1, 9, tzinfo=UTC)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


def visits(count: int, step: timedelta, **words: object) -> list[Reading]:
    """As many visits to different cases, one step apart."""
    return [Reading(**{"at": AT + step * n, "account": "a", "case": f"c{n}", **words}) for n in range(count)]  # type: ignore[arg-type]


@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda pattern: pattern.name)
def test_each_pattern_is_found_at_its_number_and_not_before(pattern: Pattern) -> None:
    words: dict[str, object] = {
        "named": {"own_name": OWN, "colleague": COLLEAGUE}.get(pattern.name, ""),
        "closed": pattern.name == "closed_cases",
        "leaving": pattern.name == "leaving",
    }
    if pattern.name == "searching":
        words["case"] = ""
    elif pattern.same_case:
        words["case"] = "c"
    step = 31 * MINUTE if pattern.same_case else min(pattern.within / pattern.times, 31 * MINUTE)
    start = AT.replace(hour=22) if pattern.name == "at_night" else AT
    rows = [
        Reading(**{**words, "at": start + step * n, "account": "a", "case": words.get("case", f"c{n}")})  # type: ignore[arg-type]
        for n in range(pattern.times)
    ]
    case = str(words.get("case", ""))
    assert Found(pattern=pattern.name, account="a", case=case, at=rows[-1].at) in list(find(rows))
    assert pattern.name not in {each.pattern for each in find(rows[:-1])}
    assert BY_NAME[pattern.name] is pattern


def test_a_turn_or_a_deed_makes_it_work() -> None:
    assert [each.pattern for each in find(visits(12, MINUTE))] == ["others_turns"]
    assert list(find(visits(12, MINUTE, turn=True))) == []
    deeds = [Reading(at=row.at + 2 * DAY, account="a", case=row.case, wrote=True) for row in visits(12, MINUTE)]
    assert list(find([*visits(12, MINUTE), *deeds])) == []
    late = [Reading(at=row.at + 4 * DAY, account="a", case=row.case, wrote=True) for row in visits(12, MINUTE)]
    assert [each.pattern for each in find([*visits(12, MINUTE), *late])] == ["others_turns"]
    others = [Reading(at=row.at, account="b", case=row.case, wrote=True) for row in visits(12, MINUTE)]
    assert [each.pattern for each in find([*visits(12, MINUTE), *others])] == ["others_turns"]


def test_pages_of_one_visit_count_once() -> None:
    assert list(find(visits(40, MINUTE, case="c"))) == []


def test_a_search_that_leads_somewhere_is_none() -> None:
    searches = visits(12, 5 * MINUTE, case="")
    assert [each.pattern for each in find(searches)] == ["searching"]
    opened = [Reading(at=row.at + MINUTE, account="a", case="c", turn=True) for row in searches]
    assert list(find([*searches, *opened])) == []


def test_what_goes_on_is_told_once_and_what_comes_again_is_told_again() -> None:
    assert len(list(find(visits(50, MINUTE)))) == 1
    later = visits(12, MINUTE)
    again = [Reading(at=row.at + 7 * DAY, account="a", case=row.case) for row in later]
    assert len(list(find([*later, *again]))) == 2


def test_slow_reading_is_no_burst() -> None:
    assert list(find(visits(30, timedelta(hours=2)))) == []


def test_night_is_londons() -> None:
    assert at_night(datetime(2026, 7, 1, 21, tzinfo=UTC))
    assert not at_night(datetime(2026, 1, 1, 21, tzinfo=UTC))
    assert at_night(datetime(2026, 1, 1, 5, 59, tzinfo=UTC))
    assert not at_night(datetime(2026, 1, 1, 6, tzinfo=UTC))
