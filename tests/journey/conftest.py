"""What do the journeys share? A county with one clock, and a look at what browsing left behind."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import time_machine

from tests.support.county import County, county, with_new_people
from tests.support.journey import Journey


@cache
def founded(scheme: str, area: str) -> County:
    """The county, made once: what is published stays from test to test, as cases do."""
    return county(scheme, area)


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """The time, which stands still unless a test moves it."""
    with time_machine.travel(datetime(2026, 6, 1, 8, tzinfo=UTC), tick=False) as traveller:
        yield traveller


@pytest.fixture
def journey(
    clock: time_machine.Traveller,
    caplog: pytest.LogCaptureFixture,
    settings: Any,
    tmp_path: Path,
) -> Iterator[Callable[[str, str], Journey]]:
    """Makes a journey in an area of a scheme. What is typed on it stands in no address, title or log."""
    caplog.set_level(logging.DEBUG)
    caplog.set_level(logging.WARNING, "fontTools")  # which tells of nothing but its tables
    settings.STATIC_ROOT = tmp_path
    made: list[Journey] = []

    def begin(scheme: str, area: str) -> Journey:
        there = founded(scheme, area)
        made.append(Journey(with_new_people(there), clock))
        made[-1].at("2026-06-01 09:00")
        return made[-1]

    yield begin
    for each in made:
        assert each.trail.told(caplog.text) == []


@pytest.fixture
def norfolk(journey: Callable[[str, str], Journey]) -> Journey:
    """A journey in Norwich."""
    return journey("norfolk", "norwich")
