"""Are times said as people say them?"""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from sanctuary.core.clocks import LONDON
from sanctuary.web import wording

NOW = datetime(2026, 3, 3, 10, 30, tzinfo=LONDON)  # a Tuesday


@pytest.mark.parametrize(
    ("due", "said"),
    [
        (None, "no target stated"),
        (NOW - timedelta(hours=2), "2 hours overdue"),
        (NOW - timedelta(minutes=1), "1 minute overdue"),
        (NOW - timedelta(seconds=5), "1 minute overdue"),
        (NOW - timedelta(hours=47), "47 hours overdue"),
        (NOW - timedelta(days=3), "3 days overdue"),
        (NOW + timedelta(minutes=25), "due in 25 minutes"),
        (NOW.replace(hour=16), "due today 16:30"),
        (NOW.replace(day=4, hour=10, minute=0), "due tomorrow 10:00"),
        (NOW.replace(day=5, hour=16, minute=0), "due Thursday 16:00"),
        (NOW.replace(day=10), "due 10 March"),
        (NOW.replace(year=2027), "due 3 March 2027"),
    ],
)
def test_due_times_are_words(due: datetime | None, said: str) -> None:
    assert wording.due(due, NOW) == said


def test_a_time_across_the_change_of_the_clocks_keeps_london_time() -> None:
    before = datetime(2026, 3, 28, 23, 30, tzinfo=LONDON)
    assert wording.due(datetime(2026, 3, 29, 9, 0, tzinfo=LONDON), before) == "due tomorrow 09:00"


def test_moments_and_days() -> None:
    assert wording.moment(NOW) == "3 March 2026 at 10:30"
    assert wording.day(NOW.date()) == "3 March 2026"
    assert wording.ago(NOW - timedelta(seconds=20), NOW) == "just now"
    assert wording.ago(NOW - timedelta(days=2), NOW) == "2 days ago"


@pytest.mark.parametrize(
    ("words", "said"), [((), ""), (("a",), "a"), (("a", "b"), "a and b"), (("a", "b", "c"), "a, b and c")]
)
def test_lists(words: tuple[str, ...], said: str) -> None:
    assert wording.listed(words) == said
