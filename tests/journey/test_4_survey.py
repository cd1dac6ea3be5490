"""Is the home looked over in time, and are the works written down with what keeps people safe in a fire?"""

from __future__ import annotations

import pytest

from tests.support.database import on_the_record
from tests.support.journey import Journey
from tests.support.norfolk import answers, reach

pytestmark = on_the_record


@pytest.mark.covers("N16")
def test_an_inspection_within_48_hours_needs_no_explanation(norfolk: Journey) -> None:
    reach(norfolk, "inspection_booking")
    norfolk.at("2026-06-01 16:30")
    page = norfolk.do("inspection", "inspection_booking", answers("inspection_booking"))
    assert page.turns["Inspection of the home"].due == "due Wednesday 16:00"
    assert "within 48 hours, counted from Approval in principle" in page.turns["Inspection of the home"].why
    assert "Tell the council that the inspection is later than 48 hours" not in page.turns


@pytest.mark.covers("N16")
def test_a_later_inspection_says_why_and_the_council_is_told(norfolk: Journey) -> None:
    reach(norfolk, "inspection_booking")
    inspection = norfolk.visitor("inspection")
    page = norfolk.start("inspection", "inspection_booking")
    late = {"at": "2026-06-04 10:00", "fire_service": "yes", "support_agency": "no"}
    page = inspection.press("Continue", late)
    assert page.faults == {"why_late": "Enter an answer for ‘Why not within 48 hours of the approval?’"}
    assert page.form.value("at-time") == "10:00"
    page = norfolk.do("inspection", "inspection_booking", {**late, "why_late": "The fire service has no time before"})
    page = norfolk.ask("inspection", "inspection_late")
    notice = "Tell the council that the inspection is later than 48 hours"
    assert norfolk.look("housing").turns[notice].whose == "Your turn"
    page = norfolk.confirm("housing", "inspection_late")
    assert page.lines["Why not within 48 hours of the approval?"] == "The fire service has no time before"
    norfolk.at("2026-06-04 10:30")
    assert norfolk.look("inspection").turns["Inspection of the home"].due == "18 hours overdue"


@pytest.mark.covers("N16", "A3")
def test_the_crime_prevention_officer_reads_the_home_and_not_the_story(norfolk: Journey) -> None:
    reach(
        norfolk,
        "inspection",
        police_section={"afraid": "Of the dark"},
        support_section={"circumstances": "A long story"},
    )
    page = norfolk.look("inspection")
    assert page.lines["Address of the home"] == "7 Heronsgate Close Example Town"
    assert "020 7946 0140" in page.section("How to contact the customer safely").text
    assert not any(said in page.text for said in ("Of the dark", "A long story", "Former partner", "Four years"))
    listed = norfolk.listed("inspection")
    assert "Inspection of the home" in listed


@pytest.mark.covers("N16", "N24", "N30")
def test_a_specification_with_a_sanctuary_room_extras_and_arson(norfolk: Journey) -> None:
    reach(norfolk, "specification", inspection={"arson_threat": "yes", "fire_access": "no"})
    inspection = norfolk.visitor("inspection")
    norfolk.start("inspection", "specification")
    page = inspection.click("The works")
    assert "All of Sanctuary Minimum" in page.text
    assert "New locks for front and rear doors" in page.text
    assert page.form.options("package").keys() == {"minimum", "sanctuary", "plus"}
    ladder = {"item": "Fire escape ladder", "how_many": "1", "where": "Back bedroom"}
    page = inspection.press("Add another", {"package": "sanctuary", "extras": [ladder]})
    light = {"item": "emergency_light", "how_many": "two", "where": "Landing"}
    page = inspection.press("Continue", {"extras": [ladder, light]})
    assert page.faults == {"extras-1-how_many": "Enter a whole number for ‘How many?’, like 3"}
    assert page.form.value("extras-0-item") == "escape_ladder"
    page = inspection.press("Continue", {"extras-1-how_many": "2"})
    assert "44 mm" in page.text
    given = {name: said for name, said in answers("specification").items() if page.form.has(name)}
    inspection.press(
        "Continue",
        {**given, "room_at_front": "no", "why_not_front": "No window there opens", "arson_measures": ["sprinklers"]},
    )
    page = inspection.press(
        "Continue", {"mobile_phone": "yes", "community_alarm": "not_applicable", "sent_to_contractor": "yes"}
    )
    assert page.lines["What else?"].startswith("Fire escape ladder, 1, Back bedroom Rechargeable emergency light")
    assert page.lines["What is fitted against arson?"] == "Sprinklers"
    page = inspection.press("Confirm")
    assert page.lines["Why not at the front?"] == "No window there opens"
    assert norfolk.look("housing").turns["The landlord's permission for the works"].whose == "Your turn"


@pytest.mark.covers("N24")
def test_a_minimum_specification_asks_nothing_of_a_sanctuary_room(norfolk: Journey) -> None:
    reach(norfolk, "specification")
    room = ("package", "safe_room", "room_at_front")
    rest = {name: said for name, said in answers("specification").items() if name not in room}
    page = norfolk.fill("inspection", "specification", {"package": "minimum", **rest})
    assert "Which room will be the Sanctuary?" not in page.text
    assert "What is fitted against arson?" not in page.text
    assert page.lines["Which model specification?"] == "Sanctuary Minimum: secure doors and windows, no Sanctuary room"
