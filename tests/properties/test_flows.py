"""Do the flows reconcile? What was open and what came is what ended and what is still open, whatever happened."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as some

from sanctuary.core.flows import Stay, flows

_DAYS = some.dates(min_value=date(2024, 1, 1), max_value=date(2024, 3, 1))
_STAYS = some.lists(
    some.builds(
        Stay,
        opened=_DAYS,
        closed=some.none() | _DAYS,
        reason=some.sampled_from(("safe_at_home", "withdrawn")),
        cases=some.integers(min_value=0, max_value=5),
    )
)


@given(stays=_STAYS, first=_DAYS, length=some.integers(min_value=0, max_value=60))
def test_open_and_in_is_out_and_still_open(stays: list[Stay], first: date, length: int) -> None:
    found = flows(stays, first, first + timedelta(days=length))
    assert found.open_before + found.opened == found.ended + found.open_after


@given(stays=_STAYS, first=_DAYS, middle=_DAYS, last=_DAYS)
def test_one_stretch_goes_on_where_the_one_before_it_ended(
    stays: list[Stay], first: date, middle: date, last: date
) -> None:
    first, middle, last = sorted((first, middle, last))
    earlier, later = flows(stays, first, middle), flows(stays, middle + timedelta(days=1), last + timedelta(days=1))
    whole = flows(stays, first, last + timedelta(days=1))
    assert earlier.open_after == later.open_before
    assert earlier.ended + later.ended == whole.ended
    assert earlier.opened + later.opened == whole.opened
