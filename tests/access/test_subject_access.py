"""Does a copy hold what is recorded about the person, and nothing of anybody else?"""

from __future__ import annotations

import io

import pypdf

from tests.support.access.packs import desk
from tests.support.access.two_people import step_up
from tests.support.database import Person, on_the_record
from tests.support.journey import Trail, Visitor

pytestmark = on_the_record


def at_a_browser(person: Person) -> Visitor:
    """The person at a browser, who has just proved who they are."""
    visitor = Visitor(Trail())
    visitor.sign_in(person.account)
    step_up(person)
    return visitor


def test_the_whole_way_through_the_pages() -> None:
    there = desk()
    officer, lead = at_a_browser(there.officer), at_a_browser(there.lead)
    officer.open(f"/cases/{there.case_id}")
    officer.click("What we hold about this person")
    assert officer.press("Continue").problems == {"Choose to whom the copy goes": "#to"}
    officer.press("Continue", {"to": "person"})
    assert officer.page.heading == "Choose what goes in"
    assert "Max Example" not in officer.page.text
    officer.press("Check")
    assert officer.page.heading == "Check before it is made"
    page = officer.press("Make the copy")
    assert "You cannot agree yourself" in page.text
    assert "Ada Example" in page.text
    officer.press("Ask a second person")
    assert "Nobody has answered yet" in officer.page.text
    lead.open("/oversight/proposals")
    lead.click("Release a pack, case " + officer.page.text.split("Case ")[1].split()[0])
    assert "Ada Example" in lead.page.text
    lead.press("Give this answer", {"answer": "yes"})
    assert "You agreed" in lead.page.text
    officer.open(page.address)
    made = officer.press("Download the copy")
    assert made.headers["Content-Disposition"] == 'attachment; filename="papers.pdf"'
    said = "\n".join(each.extract_text() for each in pypdf.PdfReader(io.BytesIO(made.body)).pages)
    assert "Ada Example" in said
    assert "Max Example" not in said
    officer.open(page.address)
    assert "not kept here any more" in officer.page.text
