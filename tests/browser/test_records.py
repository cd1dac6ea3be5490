"""Can the pages of records and of why answers are held be read, wide and narrow, and go on from one another?"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from sanctuary.records import proposals
from tests.support.access.ended import NAME, Archive, archive
from tests.support.access.two_people import fresh, step_up
from tests.support.database import on_the_record
from tests.support.visits.visitor import NARROW, ORDINARY, Visitor

pytestmark = on_the_record
WIDE = {"width": 1100, "height": 900}


@pytest.fixture
def there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Archive:
    monkeypatch.setenv("SANCTUARY_ERASURES", str(tmp_path / "erasures"))
    return archive()


@pytest.fixture
def lead(
    there: Archive, browser: Browser, browser_context_args: dict[str, Any], live_server: LiveServer
) -> Iterator[Visitor]:
    visitor = Visitor(browser.new_context(**browser_context_args), live_server.url, [NAME])
    visitor.come_in(there.lead.account)
    step_up(there.lead)
    yield visitor
    visitor.leave()


def look_both_ways(visitor: Visitor, name: str, tmp_path: Path) -> None:
    """A picture of the page, which has been looked at, at both widths; kept where RECORD_PICTURES names a folder."""
    folder = Path(os.environ.get("RECORD_PICTURES") or tmp_path)
    for size in (WIDE, NARROW, ORDINARY):
        visitor.page.set_viewport_size(size)  # type: ignore[arg-type]
        visitor.page.screenshot(path=folder / f"{name}-{size['width']}.png", full_page=True)


def test_from_what_is_due_to_the_certificate(there: Archive, lead: Visitor, tmp_path: Path) -> None:
    held, case = there.due(), there.due()
    lead.go(f"/oversight/records/{held.reference}/hold")
    look_both_ways(lead, "hold", tmp_path)
    lead.page.get_by_label("A claim or a court case, begun or expected").check()
    lead.press("Place the hold")
    look_both_ways(lead, "held-record", tmp_path)
    lead.go("/oversight/records")
    look_both_ways(lead, "due", tmp_path)
    lead.press(case.reference)
    look_both_ways(lead, "record", tmp_path)
    lead.press("Propose to destroy it: its time has passed")
    look_both_ways(lead, "propose", tmp_path)
    lead.press("Propose it")
    with fresh(there.other_lead):
        (waiting,) = [each.id for each in proposals.waiting() if each.reference == case.reference]
        assert proposals.decide(waiting, True)
    lead.go(f"/oversight/records/{case.reference}")
    lead.press("Go on to destroy it")
    look_both_ways(lead, "destroy", tmp_path)
    lead.press("Destroy it for good")
    assert lead.heading == "Certificate that a record was destroyed"
    look_both_ways(lead, "certificate", tmp_path)
    lead.go("/oversight/certificates")
    look_both_ways(lead, "certificates", tmp_path)


def test_why_answers_are_held(lead: Visitor, tmp_path: Path) -> None:
    lead.go("/schemes/uttlesford/held")
    look_both_ways(lead, "why-held", tmp_path)
    lead.arrive_by(lead.page.locator('a[href$="/held/referral/harm"]').first)
    assert lead.heading.startswith("Why this is held")
    look_both_ways(lead, "why-held-question", tmp_path)
