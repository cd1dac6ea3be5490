"""Do the counts of a scheme's cases hold only what this person may see, by the days on which they came and ended?"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from sanctuary.core.flows import Stay, flows
from sanctuary.records import cases
from sanctuary.records.flows import stays
from tests.support.database import (
    Happening,
    Person,
    asking,
    make_agency,
    make_conflict,
    make_person,
    on_the_record,
    open_case,
)

pytestmark = on_the_record
# Other tests leave cases in it, too, which nobody here may see.
SCHEME = "norfolk"
_HOW_THEY_WENT = (("open", (2, 5)), ("open", (2,)), ("stopped", (3,)), ("withdrawn", (2, 4)), ("closed", (29,)))


def _case(by: Person, outcome: str, *days: int) -> Happening:
    """A case in which something was done on each of these days of March 2020."""
    made = open_case(by)
    at = [datetime(2020, 3, day, 23, 30, tzinfo=UTC).isoformat() for day in days]
    done: list[dict[str, Any]] = [{"step": f"s{number}", "at": when} for number, when in enumerate(at)]
    with asking(by):
        cases.store(made.id, made.seq, {"outcome": outcome, "done": done}, made.grants)
    return made


def test_cases_are_counted_by_their_days_in_london() -> None:
    person = make_person(make_agency())
    for outcome, days in (
        ("open", (2, 5)),
        ("open", (2,)),
        ("stopped", (3,)),
        ("withdrawn", (2, 4)),
        ("closed", (29,)),
    ):
        _case(person, outcome, *days)
    with asking(person):
        found = stays(SCHEME)
    assert sorted(found, key=repr) == sorted(
        [
            Stay(opened=date(2020, 3, 2), cases=2),
            Stay(opened=date(2020, 3, 3)),
            Stay(opened=date(2020, 3, 2), closed=date(2020, 3, 4), reason="withdrawn"),
            Stay(opened=date(2020, 3, 30), closed=date(2020, 3, 30), reason="closed"),
        ],
        key=repr,
    )
    march = flows(found, date(2020, 3, 3), date(2020, 3, 31))
    assert (march.open_before, march.opened, march.closed, march.open_after) == (3, 2, {"withdrawn": 1, "closed": 1}, 3)


def test_nobody_counts_what_they_may_not_see() -> None:
    person, other = make_person(make_agency()), make_person(make_agency())
    _case(person, "open", 2)
    hidden = _case(person, "open", 3)
    make_conflict(person, hidden)
    with asking(other):
        assert stays(SCHEME) == []
    with asking(person):
        assert stays(SCHEME) == [Stay(opened=date(2020, 3, 2))]
        assert stays(SCHEME, "example_district") == stays(SCHEME)
        assert stays(SCHEME, "elsewhere") == []
