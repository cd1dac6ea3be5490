"""What do the pages look like? Eight pictures for the README, of people who are made up; kept only if PICTURES is set.

`make pictures` keeps them, in docs/pictures. Without that the tests take them all the same, and throw them away.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from sanctuary.core.clocks import LONDON
from tests.browser.conftest import NAMES
from tests.support.county import County
from tests.support.database import on_the_record
from tests.support.visits.shortcut import recorded
from tests.support.visits.story import told
from tests.support.visits.visitor import Visitor

pytestmark = on_the_record

ROOT = Path(__file__).resolve().parents[2]
STORY = Path(__file__).with_name("story.yaml")
LARGEST = 300_000
TUESDAY = datetime(2026, 6, 2, 12, 30, tzinfo=LONDON)
# Who is on the worklist: how far their case has come, and how much later than in the story it happened.
PEOPLE = (
    ("Ada Larkin", "repossession_risk", timedelta(hours=-2)),
    ("Nia Brook", "repossession_risk", timedelta(hours=20)),
    ("Zofia Marsh", "works", timedelta(days=-1)),
    ("Grace Adeyemi", "approval", timedelta(hours=12)),
    ("Mei Hazel", "initial_assessment", timedelta(hours=26)),
    ("Sian Pool", "supporters_enquiry", timedelta(hours=22)),
)
# Two schemes, and what is put to both.
COMPARED = "/compare?one=norfolk&other=uttlesford&harm=domestic_abuse&wants_scheme=yes&accepts_police_support=no"
Visit = Callable[..., Visitor]
Keep = Callable[[str, bytes], None]


@pytest.fixture
def area() -> str:
    """A district in which nobody else's cases are."""
    return "north_norfolk"


@pytest.fixture
def keep(tmp_path: Path) -> Keep:
    """Keeps a picture, if pictures are wanted. It must not be large: every copy of the project holds it."""
    folder = ROOT / "docs" / "pictures" if os.environ.get("PICTURES") else tmp_path

    def write(name: str, picture: bytes) -> None:
        assert len(picture) < LARGEST, f"{name} has {len(picture):,} bytes"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{name}.png").write_bytes(picture)

    return write


def test_pictures_of_the_worklist_a_case_and_the_pathway(district: County, visit: Visit, keep: Keep) -> None:
    cases = {name: happened(district, name, until, later) for name, until, later in PEOPLE}
    district.now = TUESDAY
    housing = visit("housing", viewport={"width": 1200, "height": 1000})
    assert "overdue" in housing.text
    keep("worklist", taken(housing, 1020))
    housing.go(f"/cases/{cases['Nia Brook']}")
    assert "The council's opinion" in housing.text
    keep("case", taken(housing, 1300))
    housing.go(f"/cases/{cases['Grace Adeyemi']}/pathway")
    keep("pathway", taken(housing, 1900))


def test_a_picture_of_a_form(district: County, visit: Visit, keep: Keep) -> None:
    case_id = happened(district, "Mei Hazel", "temporary_accommodation", timedelta())
    support = visit("support", viewport={"width": 1200, "height": 1000})
    support.go(f"/cases/{case_id}/steps/temporary_accommodation/form/questions")
    support.page.locator("[name=needed][value=yes]").check()
    support.page.locator("[name=place][value=refuge]").check()
    support.page.locator("[name=arranged_on-day]").fill("31")
    support.page.locator("[name=arranged_on-month]").fill("6")
    support.page.locator("[name=arranged_on-year]").fill("2026")
    support.page.locator("[name=arranged_on-time]").fill("16:00")
    support.press("Continue")
    assert "There is a problem" in support.text
    keep("form", taken(support, 1500))


def test_pictures_of_why_and_of_a_comparison(district: County, visit: Visit, keep: Keep) -> None:
    case_id = happened(district, "Grace Adeyemi", "approval", timedelta())
    housing = visit("housing", viewport={"width": 1200, "height": 1000})
    housing.go(f"/cases/{case_id}/why/gate.approval")
    assert "What would change it" in housing.text
    keep("why", taken(housing, 1130))
    housing.go(COMPARED)
    assert housing.page.locator(".sanctuary-sides").first.is_visible()
    housing.page.locator(".sanctuary-form details").evaluate("each => { each.open = false }")
    keep("compare", taken(housing, 1560))


def test_pictures_of_who_can_see_a_case_and_who_looked(district: County, visit: Visit, keep: Keep) -> None:
    case_id = happened(district, "Nia Brook", "works", timedelta())
    for role in ("police", "support"):
        visit(role).go(f"/cases/{case_id}")
    housing = visit("housing", viewport={"width": 1200, "height": 1000})
    housing.go(f"/cases/{case_id}/who")
    assert "Who can see this" in housing.text
    keep("who-can-see", taken(housing, 1300))
    housing.go(f"/cases/{case_id}/readers")
    assert NAMES["police"] in housing.text
    keep("who-looked", taken(housing, 900))


def happened(county: County, name: str, until: str, later: timedelta) -> UUID:
    """A case of somebody with this name, as far as the story's `until`, so much `later`."""
    events = told(county.scheme, STORY, until=until)
    return recorded(county, [replace(event, at=event.at + later) for event in events], name=name)


def taken(visitor: Visitor, height: int) -> bytes:
    """The top of the page, `height` pixels of it."""
    visitor.page.set_viewport_size({"width": 1200, "height": height})
    visitor.page.evaluate("document.activeElement.blur()")
    return visitor.page.screenshot()
