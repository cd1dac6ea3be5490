"""What does Sanctuary look like? The pictures of README.md, taken when PICTURES names the folder they go to."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from tests.support.county import County
from tests.support.database import on_the_record
from tests.support.visits.shortcut import recorded
from tests.support.visits.story import told
from tests.support.visits.visitor import ORDINARY, Visitor

pytestmark = on_the_record

STORY = Path(__file__).with_name("story.yaml")
# Fictional people, and the step that comes next in each one's case.
CASES = {
    "Naomi Mensah": "police_enquiry",
    "Harpreet Silva": "send_assessment",
    "Joanna Lawson": "opinion_support",
    "Anita Lee": "authorise_works",
    "Marian Heron": "works",
}


def test_the_pictures_of_the_read_me(norwich: County, visit: Callable[..., Visitor]) -> None:
    cases = {
        name: recorded(norwich, told(norwich.scheme, STORY, until=until), name=name) for name, until in CASES.items()
    }
    housing = visit("housing")

    housing.go("/work")
    assert all(name in housing.text for name in cases)
    take(housing, "worklist", 900)

    housing.go(f"/cases/{cases['Marian Heron']}")
    assert "How to contact the customer safely" in housing.text
    take(housing, "case", 1250)

    housing.go(f"/cases/{cases['Marian Heron']}/pathway")
    assert housing.page.locator("svg[role=img]").count()
    take(housing, "pathway", 1500)

    housing.go(f"/cases/{cases['Marian Heron']}/steps/works/form/questions")
    housing.page.get_by_label("Day").fill("31")
    housing.press("Continue")
    assert "There is a problem" in housing.text
    take(housing, "form", 1250)


def take(visitor: Visitor, name: str, height: int) -> None:
    """Keep the top of the page on show as a picture, where pictures are wanted."""
    if folder := os.environ.get("PICTURES"):
        clip = {"x": 0, "y": 0, "width": ORDINARY["width"], "height": height}
        visitor.page.screenshot(path=Path(folder) / f"{name}.png", clip=clip, full_page=True)  # type: ignore[arg-type]
