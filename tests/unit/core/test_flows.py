"""What is counted as open before, come, ended and still open?"""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from sanctuary.core.flows import Stay, flows


def test_each_number_by_itself() -> None:
    day = date(2026, 4, 1)
    stays = [
        Stay(opened=day - timedelta(days=9)),
        Stay(opened=day - timedelta(days=9), closed=day - timedelta(days=1), reason="withdrawn"),
        Stay(opened=day - timedelta(days=1), closed=day, reason="withdrawn", cases=3),
        Stay(opened=day, closed=day + timedelta(days=9), reason="safe_at_home"),
        Stay(opened=day, closed=day - timedelta(days=5), reason="safe_at_home"),
        Stay(opened=day + timedelta(days=31)),
    ]
    found = flows(stays, day, day + timedelta(days=29))
    assert (found.open_before, found.opened, found.ended, found.open_after) == (4, 2, 5, 1)
    assert found.closed == {"withdrawn": 3, "safe_at_home": 2}


def test_the_last_day_is_not_before_the_first() -> None:
    with pytest.raises(ValueError, match="not before"):
        flows([], date(2026, 4, 2), date(2026, 4, 1))
