"""Are the works permitted, paid for, safe to let in, done within seven days of the referral, and known to all?"""

from __future__ import annotations

import pytest

from tests.support.database import on_the_record
from tests.support.journey import Journey
from tests.support.norfolk import answers, reach

pytestmark = on_the_record


@pytest.mark.covers("N18", "A1")
def test_a_landlord_who_refuses_the_works_leads_to_what_else_there_is(norfolk: Journey) -> None:
    reach(norfolk, "landlord_permission")
    page = norfolk.ask("housing", "landlord_permission")
    assert page.turns["The landlord's permission for the works"].due == "no target stated"
    page = norfolk.do("housing", "landlord_permission", {"given": "no", "answer": "Not to these doors"})
    assert page.standing == "Stopped"
    (no,) = page.noes
    assert no.text == "The owner of the home does not permit these works."
    assert "Security that the landlord fits, or another home from the same landlord" in no.alternatives
    assert "Process map" in no.source
    assert "Authorise the works" not in page.turns
    assert "Letter of refusal" in page.turns
    inspection = norfolk.look("inspection").noes[0].text
    assert inspection == "The reason is in a part of the record that your role does not read."


@pytest.mark.covers("N17", "N28")
def test_works_wait_for_money_and_go_ahead_when_there_is_some(norfolk: Journey) -> None:
    reach(norfolk, "authorise_works")
    wait = {"outcome": "wait", "told": "They know, and have a personal alarm meanwhile"}
    page = norfolk.do("housing", "authorise_works", wait)
    (no,) = page.noes
    assert "the works have to wait" in no.text
    assert "You have been approved, and stay so." in no.text
    assert page.standing == "Approved, waiting for money"
    assert "Letter of refusal" not in page.turns
    assert "Checks on the contractor" not in page.turns

    norfolk.at("2026-06-03 09:00")
    housing = norfolk.visitor("housing")
    housing.click("Do this step again: Authorise the works")
    page = housing.press("Open it again", {"reason": ""})
    assert page.faults == {"reason": "Enter the reason for opening it again"}
    page = housing.press("Open it again", {"reason": "The council has found the money"})
    assert "To be done again: The council has found the money" in page.text
    page = norfolk.do("housing", "authorise_works", answers("authorise_works"))
    assert page.standing == "Open"
    assert page.turns["Checks on the contractor"].whose == "Your turn"
    assert "The council has found the money" in page.timeline


@pytest.mark.covers("N17")
def test_the_council_has_the_last_word(norfolk: Journey) -> None:
    reach(norfolk, "authorise_works")
    page = norfolk.do("housing", "authorise_works", {"outcome": "no", "told": "All of it"})
    assert page.noes[0].text == "The council has not authorised these works."
    assert "Letter of refusal" in page.turns


@pytest.mark.covers("N25")
@pytest.mark.parametrize(
    ("check", "reason"),
    [
        ("photo_id", "Someone who would come does not carry identification with a photograph."),
        ("two_operatives", "Only one person would come to do the works."),
    ],
)
def test_no_contractor_comes_who_may_not(norfolk: Journey, check: str, reason: str) -> None:
    reach(norfolk, "contractor_checks")
    page = norfolk.do("housing", "contractor_checks", {**answers("contractor_checks"), check: "no"})
    (no,) = page.noes
    assert no.text == reason
    assert no.source.startswith("Holds up: Agree a time for the works. Source: Specification")
    assert "Agree a time for the works" not in norfolk.look("support").turns


@pytest.mark.covers("N19", "N23")
def test_the_works_are_due_seven_days_from_the_referral(norfolk: Journey) -> None:
    reach(norfolk, "works_appointment")
    assert norfolk.look("support").turns["Agree a time for the works"].due == "no target stated"
    page = norfolk.do("support", "works_appointment", answers("works_appointment"))
    assert page.turns["Works"].due == "due Monday 09:10"
    assert "within 7 days, counted from Referral" in page.turns["Works"].why
    norfolk.at("2026-06-10 10:00")
    assert norfolk.look("housing").turns["Works"].due == "2 days overdue"
    assert "2 days overdue" in norfolk.listed("housing")
    unfinished = {"completed_on": "2026-06-10", "all_done": "no", "left_open": "A window lock", "cost": "not_known"}
    page = norfolk.do("housing", "works", unfinished)
    assert page.lines["What is still to do?"] == "A window lock"
    assert page.lines["What did the works cost the council?"] == "Not known yet"


@pytest.mark.covers("N23", "E14")
def test_a_clock_stands_still_for_a_reason_and_runs_on(norfolk: Journey) -> None:
    reach(norfolk, "works")
    norfolk.at("2026-06-03 09:00")
    norfolk.look("housing")
    housing = norfolk.visitor("housing")
    housing.click("Pause the clock for Works")
    page = housing.press("Pause the clock", {"reason": " "})
    assert page.faults == {"reason": "Enter the reason for the pause"}
    page = housing.press("Pause the clock", {"reason": "The customer is in hospital"})
    assert "The clock stands still." in page.text
    assert page.turns["Works"].due == "clock paused"
    norfolk.at("2026-06-12 09:00")
    page = norfolk.look("support")
    assert page.turns["Works"].due == "clock paused"
    assert page.standing == "Open"
    norfolk.visitor("support").click("Start the clock again for Works")
    page = norfolk.visitor("support").press("Start the clock")
    assert page.turns["Works"].due == "due Wednesday 09:10"
    assert "The customer is in hospital" in page.timeline
    norfolk.at("2026-06-17 10:10")
    assert norfolk.look("housing").turns["Works"].due == "1 hour overdue"


@pytest.mark.covers("N19")
def test_the_others_learn_that_the_works_are_done(norfolk: Journey) -> None:
    reach(norfolk, "tell_completion")
    title = "Works complete: tell the other two agencies"
    page = norfolk.ask("housing", "tell_completion")
    assert "Waiting for Police domestic violence unit" in page.turns[title].whose
    for role in ("police", "support"):
        assert title in norfolk.listed(role)
        page = norfolk.confirm(role, "tell_completion")
    assert title not in page.turns
