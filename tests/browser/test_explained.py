"""Can everybody use the pages beside a case? Why, taking back, pausing, counting, comparing: looked at one by one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.county import County
from tests.support.database import on_the_record
from tests.support.visits.shortcut import recorded
from tests.support.visits.story import told
from tests.support.visits.visitor import Visitor

pytestmark = on_the_record

STORY = Path(__file__).with_name("story.yaml")
# What is asked for of a case, and the heading of the page that comes.
BESIDE = (
    ("why/gate.approval", "Why: Has the council approved the works in principle?"),
    ("why/clock.assessment_appointment", "How this time is counted: Meet for the full assessment"),
    ("consents/share/withdraw", "Record that this consent is taken back"),
    ("steps/initial_assessment/again", "Do this step again"),
)


@pytest.mark.covers("A1", "A3")
def test_the_pages_beside_a_case(district: County, visit: Callable[..., Visitor]) -> None:
    case = f"/cases/{recorded(district, told(district.scheme, STORY, until='temporary_accommodation'))}"
    housing = visit("housing")
    for address, heading in BESIDE:
        housing.go(f"{case}/{address}")
        assert housing.heading == heading
    housing.press("Leave it as it is")
    assert housing.heading.startswith("Case NOR-")


def test_counting_and_comparing(district: County, visit: Callable[..., Visitor]) -> None:
    housing = visit("housing")
    housing.go("/flows")
    housing.press("Count")
    assert "both included" in housing.text
    housing.go("/compare")
    housing.press("Compare")
    assert "Who may refer" in housing.text
