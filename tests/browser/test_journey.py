"""Does a Norfolk case go through the pages from the first call to twelve months after, each step by who owns it?"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.support.county import County
from tests.support.database import on_the_record
from tests.support.visits.story import Telling, told
from tests.support.visits.visitor import Visitor

pytestmark = on_the_record

STORY = Path(__file__).with_name("story.yaml")


def test_from_the_first_call_to_twelve_months_after(district: County, visit: Callable[..., Visitor]) -> None:
    visitors = {role: visit(role) for role in ("housing", "police", "support", "inspection")}
    telling = Telling(county=district, visitors=visitors)

    telling.happen(told(district.scheme, STORY))

    visitors["housing"].go(telling.case)
    assert "Closed: Works done and followed up for twelve months" in visitors["housing"].text
