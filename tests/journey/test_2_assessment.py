"""Is the full assessment taken in its three sections, at the customer's pace, and read by nobody who need not?"""

from __future__ import annotations

import pytest

from tests.support.database import on_the_record
from tests.support.journey import Journey
from tests.support.norfolk import HOME, RISK, SUPPORT, Answers, happen, reach, scenes

pytestmark = on_the_record

MONEY: Answers = {
    "has_capital": "yes",
    "savings": "£1,250",
    "earnings": "100 a week",
    "child_benefit": {"amount": "25.60", "per": "each week"},
    "other_income": "300 a quarter",
    "rent": "520 a month",
    "housing_benefit": "120 a month",
    "council_tax": "1,200 a year",
    "gas": "90 a quarter",
    "telephone": "5 a week",
    "petrol": "40 a month",
    "rent_arrears": "10 a week",
    "credit_cards": "30 a month",
    "worries": "The winter",
}
# Worked out by hand: 52 weeks, 12 months and 4 quarters to a year, each amount to the penny.
TOTALS = {
    "Total of box 1": "£1,250.00",
    "Total of box 2, each month": "£644.26",  # 433.33 + 110.93 + 100.00
    "Rent less help with it, each month": "£400.00",
    "Total of box 3, each month": "£530.00",  # 400.00 + 100.00 + 30.00
    "Total of box 4, each month": "£61.67",  # 21.67 + 40.00
    "Total of box 5, each month": "£43.33",
    "Total of box 6, each month": "£30.00",
    "Box 2 less boxes 3, 4 and 5, each month": "£9.26",
    "Box 2 less boxes 3, 4, 5 and 6, each month": "-£20.74",
}


@pytest.mark.covers("N6")
def test_the_full_assessment_is_due_within_a_day(norfolk: Journey) -> None:
    reach(norfolk, "assessment_appointment")
    norfolk.at("2026-06-02 08:45")
    assert norfolk.look("support").turns["Meet for the full assessment"].due == "due in 45 minutes"
    assert "due in 45 minutes" in norfolk.listed("support")
    norfolk.at("2026-06-02 12:31")
    page = norfolk.look("support")
    assert page.turns["Meet for the full assessment"].due == "3 hours overdue"
    assert page.standing == "Open, 2 steps overdue"  # the police have not answered either
    assert "3 hours overdue" in norfolk.listed("support")
    page = norfolk.do("support", "assessment_appointment", {"at": "2026-06-02 13:00", "place": "The Example Centre"})
    assert page.lines["When do you meet?"] == "2 June 2026 at 13:00"


@pytest.mark.covers("N9")
def test_a_section_can_be_left_and_taken_up_again(norfolk: Journey) -> None:
    reach(norfolk, "housing_section")
    support = norfolk.visitor("support")
    page = norfolk.start("support", "housing_section")
    assert "stop at any time" in page.text
    support.click("How the home is held")
    page = support.press("Continue", {"tenure": "Rented from a council or a housing association"})
    assert page.heading == "Keeping the perpetrator out"
    half = {"perpetrator_lives_there": "yes", "removal_expected": "By the end of June", "removal_steps": "yes"}
    page = support.press("Save and come back later", half)
    assert "Saved. You can come back to it from here at any time." in page.text
    assert "By the end of June" not in page.text

    norfolk.later(days=2)
    page = norfolk.start("support", "housing_section")
    assert "How the home is held Completed" in page.text
    assert "Keeping the perpetrator out In progress" in page.text
    assert "A home rented from a council or housing association Not started" in page.text
    assert "A home that is owned" not in page.text
    assert "A home rented from a private landlord" not in page.text
    page = support.click("Keeping the perpetrator out")
    assert page.form.value("removal_expected") == "By the end of June"
    assert page.form.value("removal_steps") == ["yes"]
    page = support.open(f"{norfolk.case}/steps/housing_section/check")
    assert page.heading == "Check your answers"
    assert "Select yes or no for ‘Is rent owed on the home?’" in page.problems
    assert "Confirm" not in [button.label for form in page.forms for button in form.buttons]
    rest = {name: value for name, value in HOME.items() if name not in {"tenure", *half}}
    page = norfolk.do("support", "housing_section", rest)
    assert page.lines["When are they likely to be gone?"] == "By the end of June"


@pytest.mark.covers("N9", "N27")
def test_money_is_added_up_for_a_month_whatever_the_periods(norfolk: Journey) -> None:
    reach(norfolk, "money_section")
    page = norfolk.fill("support", "money_section", MONEY)
    assert page.heading == "Check your answers"
    assert {label: page.lines[label] for label in TOTALS} == TOTALS
    assert page.lines["Child Benefit"] == "£25.60 a week"
    assert page.lines["Other savings or investments"] == "£1,250.00"
    page = norfolk.visitor("support").press("Confirm")
    assert {label: page.lines[label] for label in TOTALS} == TOTALS


@pytest.mark.covers("N9")
def test_an_answer_is_changed_from_the_check_and_leads_back_to_it(norfolk: Journey) -> None:
    reach(norfolk, "money_section")
    norfolk.fill("support", "money_section", MONEY)
    support = norfolk.visitor("support")
    support.click("Change the answer to: Credit cards")
    page = support.press("Continue", {"credit_cards": "0 a month"})
    assert page.heading == "Check your answers"
    assert page.lines["Box 2 less boxes 3, 4, 5 and 6, each month"] == "£9.26"


@pytest.mark.covers("N10")
def test_the_twelve_rows_of_risk(norfolk: Journey) -> None:
    reach(norfolk, "police_section")
    page = norfolk.start("support", "police_section")
    tasks = [text for text, href in page.links.items() if "/form/" in href]
    assert [text.partition(":")[0] for text in tasks] == ["S", "P", "E", "C", "I", "A", "C", "A", "S", "S"]
    details = {
        "separation": "yes",
        "separation_details": "Since the spring",
        "pregnancy": "not_applicable",
        "sexual": "declined",
        "afraid": "Very much, at night above all",
    }
    page = norfolk.fill("support", "police_section", {**RISK, **details})
    assert page.lines["Please tell us more about the separation or dispute"] == "Since the spring"
    assert "Does not apply" in page.text
    assert "Declined to say" in page.text
    page = norfolk.visitor("support").press("Confirm")
    assert "Very much, at night above all" in page.text
    assert "Row L stands before this one" not in page.text


@pytest.mark.covers("N11")
def test_children_are_added_one_by_one_without_a_script(norfolk: Journey) -> None:
    reach(norfolk, "support_section")
    support = norfolk.visitor("support")
    norfolk.start("support", "support_section")
    support.click("Children")
    first = {"name": "Kit Marshwood", "birth_date": "2019-02-28", "age": "7"}
    page = support.press("Add another", {"children": [first]})
    assert page.form.value("children-0-name") == "Kit Marshwood"
    assert "Remove second" in [button.label for button in page.form.buttons]
    second = {"name": "Wren Marshwood", "birth_date": {"day": "31", "month": "2", "year": "2021"}, "age": "five"}
    support.press("Add another", {"children": [first, second]})
    page = support.press("Continue")
    assert page.faults == {"children-1-birth_date": "Enter a real date for ‘Date of birth’, like 27 3 2026"}
    assert page.form.value("children-1-age") == "five"
    page = support.press("Continue", {"children": [first, {**second, "birth_date": "not_known"}]})
    assert "both" in page.faults["children-1-birth_date"]
    page = support.press("Continue", {"children-1-birth_date": "", "children-1-birth_date-silence": ["not_known"]})
    assert page.faults == {"children-1-age": "Enter a whole number for ‘Age’, like 3"}
    page = support.press("Continue", {"children-1-age": "5"})
    assert page.heading == "Support"
    more = {**SUPPORT, "social_services": "yes", "social_services_reason": "About protecting a child"}
    page = support.press("Continue", {**more, "social_worker": "not_known"})
    assert page.lines["Children"] == "Kit Marshwood, 28 February 2019, 7 Wren Marshwood, Not known yet, 5"
    page = support.press("Confirm")
    people = page.section("People").text
    assert "Kit Marshwood" in people
    assert "Kit Marshwood" not in norfolk.look("police").text


STOPS: list[tuple[Answers, str, str]] = [
    ({"perpetrator_tied": "yes"}, "The home comes with the perpetrator's job", "part 5, note #"),
    ({"with_relatives": "yes", "perpetrators_relatives": "yes"}, "Relatives of the perpetrator", "part 5, note @"),
    ({"owner_consent": "no"}, "The owner of the home does not agree.", "part 5, note @"),
]
NO_LEASE: Answers = dict.fromkeys(
    ("perpetrator_tied", "customer_tied", "licence", "notice_to_end", "other_arrears", "with_relatives"), "no"
)


@pytest.mark.covers("N9", "A1")
@pytest.mark.parametrize(("answers", "reason", "source"), STOPS)
def test_a_home_that_cannot_be_made_safe_stops_the_case(
    norfolk: Journey, answers: Answers, reason: str, source: str
) -> None:
    reach(norfolk, "housing_section")
    general = {name: value for name, value in HOME.items() if not name.startswith(("public", "temporary"))}
    whole = {**general, "tenure": "other", **NO_LEASE, "owner_consent": "not_known", **answers}
    page = norfolk.do("support", "housing_section", whole)
    assert page.standing == "Stopped"
    (no,) = page.noes
    assert reason in no.text
    assert source in no.source
    assert "Support from the specialist support agency, with or without this scheme" in no.alternatives
    assert not {"Full assessment: money", "Send the full assessment"} & set(page.turns)
    assert "Letter of refusal" in page.turns
    police = norfolk.look("police")
    assert reason not in police.text
    assert "The reason is in a part of the record that your role does not read." in police.noes[0].text


@pytest.mark.covers("N9")
def test_shortholds_are_asked_about_until_they_ended(norfolk: Journey) -> None:
    reach(norfolk, "housing_section")
    support = norfolk.visitor("support")
    norfolk.start("support", "housing_section")
    support.click("How the home is held")
    support.press("Save and come back later", {"tenure": "private"})
    asked = "Is it an assured shorthold tenancy?"
    private = f"{norfolk.case}/steps/housing_section/form/private_tenancy"
    norfolk.at("2026-04-30 23:59")
    assert support.open(private).form.has(asked)
    norfolk.at("2026-05-01 00:00")
    assert not support.open(private).form.has(asked)


@pytest.mark.covers("N12", "A3")
def test_once_sent_each_agency_reads_its_own_section_and_confirms_receipt(norfolk: Journey) -> None:
    reach(norfolk, "send_assessment", police_section={"afraid": "Of the dark"}, housing_section=HOME)
    norfolk.at("2026-06-01 11:40")
    assert "Of the dark" in norfolk.look("support").text
    assert "Of the dark" not in norfolk.look("housing").text
    page = norfolk.do("support", "send_assessment", {"in_person": "yes", "remarks": "A dog lives there"})
    assert "Of the dark" not in page.text
    assert "Held by: Police domestic violence unit" in page.text
    police = norfolk.look("police")
    assert "Of the dark" in police.text
    assert "A dog lives there" in police.text
    assert "Held by: District council (local housing authority)" in police.text
    assert police.turns["The police opinion"].due == "due tomorrow 11:40"

    page = norfolk.ask("support", "confirm_receipt")
    assert "Waiting for" in page.turns["Confirm that the full assessment has arrived"].whose
    for role in ("housing", "police"):
        assert norfolk.look(role).turns["Confirm that the full assessment has arrived"].whose == "Your turn"
        page = norfolk.confirm(role, "confirm_receipt")
    assert "Confirm that the full assessment has arrived" not in page.turns
    assert "receipt confirmed" in page.timeline


@pytest.mark.covers("N12")
def test_the_agency_that_the_customer_chose_takes_all_three_sections(norfolk: Journey) -> None:
    reach(norfolk, "housing_section", first="housing")
    for scene in scenes("housing_section", "repossession_risk"):
        assert scene.step not in norfolk.look("police").links.values()
        happen(norfolk, scene, "housing")
    assert norfolk.look("police").turns["The police opinion"].whose == "Your turn"
