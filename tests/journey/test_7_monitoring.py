"""Can the customer stop and come back, be talked about by all three agencies, and what is the case closed with?"""

from __future__ import annotations

import pytest

from tests.support.database import on_the_record
from tests.support.journey import Journey
from tests.support.norfolk import answers, reach

pytestmark = on_the_record

CONFERENCE = {
    "held_on": "2026-06-01",
    "why": "It is hard to decide",
    "attended": ["housing", "police", "support"],
    "conclusion": "We go on together",
}


@pytest.mark.covers("N20", "N26", "N29")
def test_a_case_ends_with_a_coded_reason_and_then_stands_still(norfolk: Journey) -> None:
    reach(norfolk, "closure")
    page = norfolk.start("housing", "closure")
    offered = page.form.options("Why does the case end?")
    assert list(offered.values())[:5] == [
        "Housing situation or tenure not suitable",
        "Risk too high",
        "The customer chose not to take part",
        "The landlord or owner refused",
        "Another reason",
    ]
    page = norfolk.fill("housing", "closure", {"reason": "moved_after_works"})
    assert "Confirming this closes the case." in page.text
    page = norfolk.visitor("housing").press("Confirm")
    assert page.standing == "Closed: Works done, and the customer later chose to move"
    assert not page.turns
    assert norfolk.listed("housing") == norfolk.listed("housing", "Waiting for others") == ""
    for step in ("case_conference", "withdrawal", "works"):
        there = norfolk.visitor("housing").open(f"{norfolk.case}/steps/{step}")
        assert "This" in there.main.first("div", class_="govuk-inset-text").text
        assert not [form for form in there.forms if "Continue" in [button.label for button in form.buttons]]


@pytest.mark.covers("N26", "N20")
def test_ethnic_origin_is_the_customers_to_give(norfolk: Journey) -> None:
    reach(norfolk, "monitoring_form")
    page = norfolk.start("housing", "monitoring_form")
    options = page.form.options("ethnic_origin")
    assert len([text for text in options.values() if text[0].isdigit()]) == 16
    assert options["refused"] == "Question refused"
    page = norfolk.do("housing", "monitoring_form", {"tenure": "tenant"})
    assert "Ethnic origin" not in page.lines
    assert "Monitoring form" not in page.turns


@pytest.mark.covers("N21")
@pytest.mark.parametrize("role", ["housing", "police", "support"])
def test_any_of_the_three_calls_a_conference_at_any_point(norfolk: Journey, role: str) -> None:
    reach(norfolk, "initial_assessment")
    page = norfolk.look(role)
    assert "Case conference" in page.links
    norfolk.do(role, "case_conference", CONFERENCE)
    for each in ("housing", "police", "support"):
        assert "We go on together" in norfolk.look(each).text
    assert norfolk.look("support").turns["Initial assessment"].whose == "Your turn"
    again = norfolk.do(role, "case_conference", {**CONFERENCE, "conclusion": "We meet once more"})
    assert "We meet once more" in again.text


@pytest.mark.covers("N22", "A1", "A4")
def test_the_customer_stops_and_carries_on_when_they_want(norfolk: Journey) -> None:
    reach(norfolk, "opinion_police")
    norfolk.at("2026-06-01 13:20")
    stop = {"wish": "stop", "permission_withdrawn": "no", "offered": "A talk about housing"}
    page = norfolk.do("police", "withdrawal", stop)
    assert page.standing == "Stopped"
    (no,) = page.noes
    assert no.text == "You have asked to stop. You can take it up again whenever you want."
    assert "the answer about Sanctuary is never held against you" in " ".join(no.alternatives)
    assert "Policy statement: it proceeds only with the customer's agreement" in no.source
    assert "The police opinion" not in page.turns
    assert "Review the support" in norfolk.look("support").turns
    refused = norfolk.visitor("police").open(f"{norfolk.case}/steps/opinion_police")
    assert "You have asked to stop." in refused.text

    norfolk.at("2026-07-01 14:00")
    title = "Ask again whether the customer wants to go on"
    assert norfolk.look("support").turns[title].whose == "Your turn"
    norfolk.do("support", "review_stop", {"wants_now": "not_known", "offered": "Nothing, they could not be reached"})
    norfolk.at("2026-07-10 10:00")
    norfolk.look("support")
    page = norfolk.do("support", "withdrawal", {"wish": "carry_on"})
    assert page.standing.startswith("Open")
    assert not page.noes
    assert norfolk.look("police").turns["The police opinion"].whose == "Your turn"


@pytest.mark.covers("N29", "N22")
def test_a_case_that_was_refused_is_closed_with_its_code(norfolk: Journey) -> None:
    reach(norfolk, "approval", opinion_police={"outcome": "no", "reasons": "Too near"})
    norfolk.do("housing", "decline_letter", {"arranged": "A refuge for now", "support_told": "yes"})
    norfolk.do("support", "support_review", answers("support_review"))
    norfolk.do("housing", "monitoring_form", {"tenure": "tenant"})
    page = norfolk.do("housing", "closure", {"reason": "Risk too high"})
    assert page.standing == "Closed: Risk too high"


@pytest.mark.covers("A3")
def test_only_whose_step_it_is_opens_it_again(norfolk: Journey) -> None:
    reach(norfolk, "tell_partners")
    housing = norfolk.visitor("housing")
    housing.open(f"{norfolk.case}/steps/housing_section/again")
    page = housing.press("Open it again", {"reason": "I would like to"})
    assert page.status == 409
    assert "“Full assessment: the home” cannot be opened again by you now." in page.text
    assert "I would like to" in page.text
    assert "Full assessment: the home" not in norfolk.look("support").turns
