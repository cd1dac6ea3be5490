"""Does a referral reach the agency that the customer chose, and does every early "no" say why?"""

from __future__ import annotations

import pytest

from tests.support.county import person
from tests.support.database import on_the_record
from tests.support.journey import Journey
from tests.support.norfolk import ASSESSMENT, PERMISSION, REFERRAL, Answers, reach

pytestmark = on_the_record


@pytest.mark.covers("N3", "A2")
def test_the_customer_asks_and_chooses_where_to_start(norfolk: Journey) -> None:
    page = norfolk.refer("police", {**REFERRAL, "approached": "The specialist support agency"})
    turn = page.turns["Initial assessment"]
    assert (turn.whose, turn.due) == ("Waiting for Leeway Women's Aid", "no target stated")
    safe = page.section("How to contact the customer safely").text
    assert "020 7946 0140" in safe
    assert "Weekdays from 10 to 2" in safe

    listed = norfolk.listed("support")
    assert "Robin Marshwood" in listed
    assert "Initial assessment" in listed
    assert norfolk.listed("housing") == ""
    assert "Specialist support agency: Initial assessment" in norfolk.listed("housing", "Waiting for others")
    assert norfolk.look("support").turns["Initial assessment"].whose == "Your turn"


@pytest.mark.covers("N3")
def test_an_agency_asks_for_the_customer(norfolk: Journey) -> None:
    support = norfolk.visitor("support")
    support.open("/work")
    page = support.click("Start a referral")
    assert page.heading == "Start a referral"
    assert "Norwich" in page.form.options("where").values()
    support.press("Continue", {"where": "Norwich"})
    page = support.press("Continue", {**REFERRAL, "made_by": "agency", "approached": "housing"})
    assert page.faults == {
        "referrer_agency": "Enter an answer for ‘Which agency?’",
        "referrer_name": "Enter a name for ‘Who can we speak to there?’",
    }
    page = support.press("Continue", {"Which agency?": "A hospital", "Who can we speak to there?": "Sister Quillon"})
    assert page.lines["Which agency?"] == "A hospital"
    assert page.lines["Address of the home"] == "7 Heronsgate Close Example Town"
    page = support.press("Change something")
    assert page.form.value("Name") == "Robin Marshwood"
    assert page.form.value("address") == "7 Heronsgate Close\nExample Town"
    support.press("Continue", {"Name": "Robyn Marshwood"})
    page = support.press("Open the case")
    assert page.turns["Initial assessment"].whose == "Waiting for Norwich City Council"
    assert page.lines["Name"] == "Robyn Marshwood"


@pytest.mark.covers("N2")
def test_a_man_in_an_area_of_leeway_goes_to_victim_support(norfolk: Journey) -> None:
    man = {**REFERRAL, "approached": "support", "gender": "male"}
    support = norfolk.visitor("support")
    support.open("/referrals/new/norfolk/norwich")
    support.press("Continue", man)
    page = support.press("Open the case")
    assert page.heading == "The case is open"
    assert "Its reference is NOR-" in page.text
    assert "You need not send it again." in page.text

    page = norfolk.refer("police", man)
    assert page.lines["Specialist support agency"] == "Victim Support"
    assert norfolk.look("support").status == 404
    norfolk.county.people["victim_support"] = person("victim_support", "support")
    assert norfolk.look("victim_support").turns["Initial assessment"].whose == "Your turn"


@pytest.mark.covers("N1")
def test_for_hate_crime_other_remedies_come_first(norfolk: Journey) -> None:
    norfolk.county.people["victim_support"] = person("victim_support", "support")
    page = norfolk.refer("housing", {**REFERRAL, "approached": "housing", "harm": "hate_crime"})
    assert list(page.turns) == ["Other ways to stop it"]
    remedies = {"explored": ["An injunction"], "outcome": "It takes months", "social_landlord_tenant": "yes"}
    norfolk.do("housing", "other_remedies", remedies)
    norfolk.do("housing", "initial_assessment", ASSESSMENT)
    page = norfolk.do("housing", "permission", PERMISSION)
    assert "Meeting of the three agencies with the social landlord" in page.turns
    assert page.lines["Specialist support agency"] == "Victim Support"


@pytest.mark.covers("N3")
def test_who_takes_no_referrals_is_told_and_refused(norfolk: Journey) -> None:
    inspection = norfolk.visitor("inspection")
    page = inspection.open("/referrals/new")
    assert "Your role begins no cases." in page.text
    inspection.open("/referrals/new/norfolk/norwich")
    inspection.press("Continue", {**REFERRAL, "approached": "police"})
    page = inspection.press("Open the case")
    assert page.status == 409
    assert "“Referral” is not for your role." in page.text
    assert "Nothing was recorded, and nothing was sent." in page.text


@pytest.mark.covers("A2")
def test_a_mistake_in_the_referral_is_put_right(norfolk: Journey) -> None:
    reach(norfolk, "permission")
    norfolk.look("police")
    police = norfolk.visitor("police")
    police.click("Do this step again: Referral")
    page = police.press("Open it again", {"reason": "The number has changed"})
    assert page.turns["Referral"].whose == "Your turn"
    assert "To be done again: The number has changed" in page.text
    safe = page.main.first("section", class_="sanctuary-safe").text
    assert "Do not contact the customer" in safe
    assert "020 7946 0140" not in safe
    page = norfolk.do("police", "referral", {"safe_phone": "020 7946 0199", "name": "Robin Greenacre"})
    safe = page.section("How to contact the customer safely").text
    assert "020 7946 0199" in safe
    assert norfolk.look("support").turns["Permission to share information and ask the police"].whose == "Your turn"
    assert "Robin Greenacre" in norfolk.listed("support")
    police.open("/search")
    reference = norfolk.look("police").heading.removeprefix("Case ")
    for name, found in (("Greenacre", True), ("Marshwood", False)):
        police.open("/search")
        assert (reference in police.press("Search", {"Name": name}).text) == found


NOES: list[tuple[Answers, str, str, str]] = [
    ({"happy_to_explore": "no"}, "You do not want to look at the scheme.", "question 1", "Another look at the scheme"),
    ({"accepts_police_support": "no"}, "support from the police unit", "question 2", "A place in a refuge"),
    ({"accepts_agency_support": "no"}, "support from a support agency", "question 3", "Safety measures from the"),
    (
        {"perpetrator_sole_owner": "yes"},
        "The perpetrator owns the home alone.",
        "question 4a",
        "Advice on a court order",
    ),
    (
        {"perpetrator_lives_there": "yes", "will_exclude": "no"},
        "you do not want steps taken to have them kept out",
        "question 4b",
        "Advice on a court order",
    ),
]


@pytest.mark.covers("N4", "N32", "A1")
@pytest.mark.parametrize(("answers", "reason", "source", "alternative"), NOES)
def test_an_early_no_says_why_and_what_else_there_is(
    norfolk: Journey, answers: Answers, reason: str, source: str, alternative: str
) -> None:
    reach(norfolk, "initial_assessment")
    page = norfolk.do("support", "initial_assessment", {**ASSESSMENT, **answers})
    assert page.standing == "Stopped"
    (no,) = page.noes
    assert reason in no.text
    assert source in no.source
    assert "Permission to share information" in no.source
    assert any(alternative in each for each in no.alternatives)
    assert "Permission to share information and ask the police" not in page.turns
    told = {
        "told_reason": "All of it, kindly",
        "arranged": ["A refuge", "Legal advice"],
        "details": "We meet on Friday",
    }
    page = norfolk.do("support", "initial_refusal", told)
    assert page.lines["What has been arranged instead?"] == "A refuge Legal advice"
    assert "Review the support" in page.turns


@pytest.mark.covers("N4")
def test_question_4b_refuses_nobody_to_whom_it_does_not_apply(norfolk: Journey) -> None:
    reach(norfolk, "initial_assessment")
    page = norfolk.do("support", "initial_assessment", {**ASSESSMENT, "will_exclude": "no"})
    assert page.standing == "Open"
    assert "Are you ready to take steps to have them kept out of the home?" not in page.lines
    assert "Permission to share information and ask the police" in page.turns


@pytest.mark.covers("N22", "A1")
def test_somebody_who_does_not_want_it_is_asked_again(norfolk: Journey) -> None:
    reach(norfolk, "initial_assessment")
    norfolk.at("2026-06-01 09:30")
    page = norfolk.do("support", "initial_assessment", {**ASSESSMENT, "happy_to_explore": "no"})
    later = page.section("What comes later").text
    assert "Ask again whether the customer wants the scheme opens 1 July" in later
    norfolk.do(
        "support", "initial_refusal", {"told_reason": "All", "arranged": ["nothing_wanted"], "details": "None now"}
    )
    norfolk.do("support", "support_review", {"reviewed_on": "2026-06-01", "plan": "A call a week", "goes_on": "no"})
    norfolk.do("support", "temporary_accommodation", {"needed": "no", "agreed": "yes"})
    assert "yours 1 July" in norfolk.listed("support", "Waiting for others")

    norfolk.at("2026-07-01 09:31")
    assert "Ask again whether" in norfolk.listed("support")
    page = norfolk.do("support", "review_wishes", {"wants_now": "no", "offered": "A talk about housing"})
    assert "opens 1 August" in page.section("What comes later").text

    norfolk.at("2026-08-01 10:00")
    page = norfolk.do("support", "review_wishes", {"wants_now": "yes", "offered": "All of it"})
    assert page.standing == "Open"
    assert "To be done again: Ask again whether" in page.text
    section = norfolk.start("support", "initial_assessment")
    assert "Completed" in section.text
    page = norfolk.do("support", "initial_assessment", {"happy_to_explore": "yes"})
    assert not page.noes
    assert page.turns["Permission to share information and ask the police"].whose == "Your turn"


@pytest.mark.covers("N4", "A4")
def test_permission_in_person(norfolk: Journey) -> None:
    reach(norfolk, "permission")
    norfolk.at("2026-06-01 09:45")
    support = norfolk.visitor("support")
    norfolk.start("support", "permission")
    page = support.click("Read or download the letter that goes with this step")
    assert page.heading == "A form for you to read and sign"
    assert "Name: Robin Marshwood" in page.text
    page = norfolk.do("support", "permission", PERMISSION)
    assert page.lines["How was it given?"] == "The statement is signed"
    assert page.turns["Meet for the full assessment"].due == "due tomorrow 09:30"
    assert "Signature on the permission statement" not in page.text


@pytest.mark.covers("N4", "A4")
def test_a_spoken_yes_is_enough_until_the_full_assessment(norfolk: Journey) -> None:
    reach(norfolk, "send_assessment", permission={"how": "verbal"})
    page = norfolk.look("support")
    assert page.turns["Signature on the permission statement"].whose == "Your turn"
    waits = page.section("What comes later").text
    assert "Send the full assessment waits for Signature on the permission statement" in waits
    page = norfolk.do("support", "signed_permission", {"given": "yes", "signed_on": "2026-06-01"})
    assert page.turns["Send the full assessment"].whose == "Your turn"


@pytest.mark.covers("N4")
@pytest.mark.parametrize(
    ("step", "answers", "reason"),
    [
        ("permission", {"given": "no", "has_supporters": "no"}, "agencies may not talk to each other about you"),
        ("signed_permission", {"given": "no"}, "The permission statement is not signed"),
    ],
)
def test_without_permission_there_is_no_scheme(norfolk: Journey, step: str, answers: Answers, reason: str) -> None:
    reach(norfolk, {"signed_permission": "housing_section"}.get(step, step), permission={"how": "verbal"})
    page = norfolk.do("support", step, answers)
    assert page.standing == "Stopped"
    (no,) = page.noes
    assert reason in no.text
    assert "Another look at the scheme, whenever you want it" in no.alternatives
    assert "Tell the customer why not, and what else there is" in page.turns


@pytest.mark.covers("N5")
def test_the_police_are_asked_and_hold_nothing_up(norfolk: Journey) -> None:
    reach(norfolk, "police_enquiry")
    norfolk.at("2026-06-05 15:00")
    page = norfolk.start("support", "police_enquiry")
    assert "This is asked of: Police domestic violence unit" in page.text
    page = norfolk.visitor("support").press("Record that it was asked")
    turn = page.turns["Ask the police about the perpetrator"]
    assert turn.due == "due Monday 15:00"
    assert "within 1 working day, counted from the question going out" in turn.why
    assert "Waiting for Police domestic violence unit" in turn.whose
    assert page.turns["Meet for the full assessment"].whose == "Your turn"
    norfolk.at("2026-06-08 17:00")
    assert norfolk.look("police").turns["Ask the police about the perpetrator"].due == "2 hours overdue"
    assert norfolk.visitor("police").page.standing.endswith("overdue")
    page = norfolk.do("police", "police_enquiry", {"known": "yes", "go_ahead": "yes", "details": "Seen at the address"})
    assert "Seen at the address" in page.text
    housing = norfolk.look("housing")
    assert "Seen at the address" not in housing.text
    assert housing.lines["Can the assessment go on?"] == "Yes"


@pytest.mark.covers("N5", "A1")
def test_the_police_answer_can_still_turn_it_round(norfolk: Journey) -> None:
    reach(norfolk, "tell_partners", without=["police_enquiry"])
    assert "Letter of acceptance" in norfolk.look("housing").turns
    page = norfolk.do("police", "police_enquiry", {"known": "yes", "go_ahead": "no", "details": "Released on bail"})
    assert page.standing == "Stopped"
    page = norfolk.look("housing")
    (no,) = page.noes
    assert no.text == "The police advise that the risk is too high for you to stay in the home."
    assert "question 5a" in no.source
    assert "A place in a refuge" in no.alternatives
    assert "Letter of acceptance" not in page.turns
    assert "Released on bail" not in page.text
    assert "Tell the customer why not, and what else there is" in norfolk.look("support").turns


@pytest.mark.covers("N7", "A3")
def test_only_those_who_arrange_it_read_where_the_customer_stays(norfolk: Journey) -> None:
    reach(norfolk, "temporary_accommodation")
    place = {"needed": "yes", "agreed": "yes", "place": "refuge", "arranged_on": "2026-06-01 14:00"}
    page = norfolk.do("housing", "temporary_accommodation", {**place, "where": "The Hidden House\nElsewhere"})
    assert page.lines["Where is it?"] == "The Hidden House Elsewhere"
    page = norfolk.look("police")
    assert "Hidden House" not in page.text
    assert page.lines["Where is it?"].startswith("Held by: ")
    assert page.lines["Does the customer need to stay somewhere else for now?"] == "Yes"
    assert norfolk.look("inspection").status in (200, 404)
    assert "Hidden House" not in norfolk.visitor("inspection").page.text


@pytest.mark.covers("N8", "A4")
def test_the_customers_own_supporters_are_asked(norfolk: Journey) -> None:
    reach(norfolk, "police_enquiry", permission={"has_supporters": "yes", "supporters_may_be_asked": "yes"})
    norfolk.at("2026-06-01 10:00")
    support = norfolk.visitor("support")
    norfolk.start("support", "supporters_enquiry")
    page = support.click("Read or download the letter that goes with this step")
    assert "We understand that you support Robin Marshwood, who has agreed that we ask you." in page.text
    page = norfolk.ask("support", "supporters_enquiry")
    turn = page.turns["Ask the customer's own supporters"]
    assert (turn.due, turn.whose) == ("due tomorrow 10:00", "Your turn")

    supporter = {"since": "A year", "kinds": ["Emotional support", "Benefits"], "level": "Every week", "engaged": "Yes"}
    norfolk.start("support", "supporters_enquiry")
    support.press("Add another", {"supporters": [{**supporter, "agency": "A group for women"}]})
    support.press("Add another", {"supporters-1-agency": "A mistake"})
    page = support.press("Remove second")
    assert page.form.value("supporters-0-agency") == "A group for women"
    assert page.form.value("supporters-0-kinds") == ["benefits", "emotional"]
    rest = {"against": "Nothing", "until": "As long as it is needed"}
    second = {**supporter, **rest, "agency": "A surgery", "kinds": ["mental_health"]}
    page = support.press("Continue", {"supporters": [rest, second]})
    assert page.heading == "Check your answers"
    page = support.press("Confirm")
    assert "A group for women" in page.lines["What did they say?"]
    assert "A surgery" in norfolk.look("police").lines["What did they say?"]


@pytest.mark.covers("N8", "A4")
def test_supporters_are_not_asked_where_the_customer_would_rather_not(norfolk: Journey) -> None:
    reach(norfolk, "police_enquiry", permission={"has_supporters": "yes", "supporters_may_be_asked": "no"})
    assert "Ask the customer's own supporters" not in norfolk.look("support").text
