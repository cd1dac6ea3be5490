"""Is the customer seen safely home, asked after 3, 6 and 12 months, and supported for as long as they want it?"""

from __future__ import annotations

import pytest

from tests.support.database import on_the_record
from tests.support.journey import Journey
from tests.support.norfolk import FOLLOW_UP, answers, reach

pytestmark = on_the_record


@pytest.mark.covers("N19")
def test_the_support_agency_sees_the_customer_safely_home(norfolk: Journey) -> None:
    reach(norfolk, "safely_home")
    norfolk.start("support", "safely_home")
    support = norfolk.visitor("support")
    page = support.press("Continue", {"at_home": "no"})
    assert page.faults == {"what_next": "Enter an answer for ‘Why not, and what happens next?’"}
    page = support.press("Continue", {"what_next": "They move in on Sunday"})
    page = support.press("Confirm")
    assert page.lines["Why not, and what happens next?"] == "They move in on Sunday"
    support.click("Do this step again: Safely back home")
    support.press("Open it again", {"reason": "They have moved in"})
    page = norfolk.start("support", "safely_home")
    assert page.form.value("what_next") == "They move in on Sunday"
    page = norfolk.do("support", "safely_home", {"at_home": "yes", "since": "2026-06-07"})
    assert page.lines["Since when?"] == "7 June 2026"
    assert "Why not, and what happens next?" not in page.lines
    assert "2 times so far" in page.text


@pytest.mark.covers("N20", "N32")
def test_support_is_reviewed_and_its_end_is_told(norfolk: Journey) -> None:
    reach(norfolk, "support_review")
    page = norfolk.look("support")
    assert page.turns["Review the support"].whose == "Your turn"
    norfolk.do("support", "support_review", answers("support_review"))
    page = norfolk.look("support")
    assert "A call every week" in page.text
    assert "Tell the council that the support has ended opens 7 September" in page.section("What comes later").text
    assert "A call every week" not in norfolk.look("housing").text
    assert norfolk.visitor("housing").page.lines["Does your support go on?"] == "Yes"
    norfolk.at("2026-09-07 09:00")
    assert "Tell the council that the support has ended" in norfolk.look("support").turns
    norfolk.ask("support", "support_ended")
    page = norfolk.confirm("housing", "support_ended")
    assert "Tell the council that the support has ended" not in page.turns


@pytest.mark.covers("N20", "A2")
def test_the_customer_is_asked_after_three_six_and_twelve_months(norfolk: Journey) -> None:
    reach(norfolk, "follow_up_3_months")
    norfolk.at("2026-06-05 09:00")
    page = norfolk.look("housing")
    later = page.section("What comes later").text
    assert "Three months after the works opens 3 September" in later
    assert "Six months after the works opens 3 December" in later
    assert "Twelve months after the works opens 3 June 2027" in later
    assert not page.turns
    assert "yours 3 September" in norfolk.listed("housing", "Waiting for others")

    norfolk.at("2026-09-02 23:59")
    assert norfolk.listed("support") == ""
    for day, step, title in [
        ("2026-09-03 00:00", "follow_up_3_months", "Three months after the works"),
        ("2026-12-03 09:00", "follow_up_6_months", "Six months after the works"),
        ("2027-06-03 09:00", "follow_up_12_months", "Twelve months after the works"),
    ]:
        norfolk.at(day)
        assert norfolk.look("housing").turns[title].whose == "Your turn"
        assert norfolk.look("support").turns[title].due == "no target stated"
        assert title in norfolk.listed("housing")
        page = norfolk.do("support", step, {**FOLLOW_UP, "through": "support", "feels_safer": "declined"})
        assert page.lines["Does the customer feel safer at home?"] == "Declined to say"
        assert title not in norfolk.look("housing").turns
    assert "Twelve months after the works: done" in page.timeline
