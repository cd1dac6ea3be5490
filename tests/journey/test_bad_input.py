"""Is a wrong answer refused in words beside its field, with everything else kept?"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from shutil import copytree
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction

from sanctuary.actions import definitions
from sanctuary.records import schemes
from tests.support.database import on_the_record
from tests.support.form import Form
from tests.support.journey import Journey
from tests.support.norfolk import ASSESSMENT, HOME, PERMISSION, REFERRAL, Answers, reach

pytestmark = on_the_record

WRONG: Answers = {
    "made_by": "self",
    "approached": "support",
    "birth_date": {"day": "31", "month": "2", "year": "1988"},
    "gender": "female",
    "safe_phone": "ring the bell",
    "safe_email": "robin at home",
    "safe_times": "Weekdays from 10 to 2",
    "code_word": "Marmalade",
    "address": "7 Heronsgate Close\nExample Town",
    "postcode": "NR1",
}


def test_every_wrong_answer_of_a_referral_is_told_beside_its_box_and_the_rest_kept(norfolk: Journey) -> None:
    police = norfolk.visitor("police")
    form = police.open("/referrals/new/norfolk/norwich").form.filled(WRONG)
    page = police.submit(form, "Continue")
    assert page.status == 422
    assert page.title.startswith("Error: ")
    assert page.faults == {
        "harm": "Select an answer for ‘What has happened?’",
        "name": "Enter a name for ‘Name’",
        "birth_date": "Enter a real date for ‘Date of birth’, like 27 3 2026",
        "safe_means": "Select at least one answer for ‘How is it safe to make contact?’",
        "safe_phone": "Enter a telephone number for ‘Safe telephone number’, like 020 7946 0123",
        "safe_email": "Enter an email address for ‘Safe email address’, like name@mail.example",
        "voicemail": "Select yes or no for ‘Is it safe to leave a voicemail?’",
        "postcode": "Enter a full UK postcode for ‘Postcode’, like AB1 2CD",
    }
    assert list(page.problems) == list(page.faults.values())
    assert page.problems["Enter a real date for ‘Date of birth’, like 27 3 2026"] == "#birth_date-day"
    assert filled_in(page.form) == filled_in(form)
    assert page.form.value("address") == WRONG["address"]
    page = police.press("Continue", {**REFERRAL, "safe_email": ""})
    assert page.heading == "Check your answers"
    assert page.lines["A word that shows it is really us"] == "Marmalade"


@pytest.mark.parametrize(
    ("birth_date", "fault"),
    [
        ({"day": "4", "month": "", "year": "1988"}, "Enter a date with a month for ‘Date of birth’, like 27 3 2026"),
        ({"day": "4", "month": "5", "year": "88"}, "Enter the year of ‘Date of birth’ in full"),
        ({"day": "", "month": "", "year": ""}, "Enter a date for ‘Date of birth’"),
    ],
)
def test_a_date_says_which_part_is_wrong(norfolk: Journey, birth_date: dict[str, str], fault: str) -> None:
    police = norfolk.visitor("police")
    police.open("/referrals/new/norfolk/norwich")
    page = police.press("Continue", {**REFERRAL, "approached": "police", "birth_date": birth_date})
    assert page.faults == {"birth_date": fault}


NUMBERS: list[tuple[str, str, Answers, dict[str, str]]] = [
    (
        "initial_assessment",
        "household",
        {"children": "yes", "children_count": "three", "owner": "The council"},
        {"children_count": "Enter a whole number for ‘How many?’, like 3"},
    ),
    (
        "permission",
        "permission",
        {"given": "yes", "given_on": {"day": "1", "month": "6", "year": "2026", "time": "25:61"}, "limits": "Nobody"},
        {"given_on": "Enter the time of ‘When was it given?’ on the 24-hour clock, like 14:30"},
    ),
    (
        "money_section",
        "capital",
        {"has_capital": "yes", "savings": "plenty"},
        {"savings": "Enter an amount in pounds for ‘Other savings or investments’, like 12.50"},
    ),
    (
        "money_section",
        "income",
        {"earnings": {"amount": "a few", "per": "month"}, "child_benefit": "25.60 a week"},
        {"earnings": "Enter an amount in pounds for ‘Earnings after tax’, like 12.50"},
    ),
    (
        "housing_section",
        "public_tenancy",
        {"public_arrears": "yes", "public_arrears_amount": "100", "public_arrears_amount-silence": ["not_known"]},
        {"public_arrears_amount": "Enter an answer or tick the box below it, not both"},
    ),
]


@pytest.mark.parametrize(("step", "section", "answers", "faults"), NUMBERS)
def test_wrong_numbers_sums_and_times(
    norfolk: Journey, step: str, section: str, answers: Answers, faults: dict[str, str]
) -> None:
    reach(norfolk, step)
    support = norfolk.visitor("support")
    if step == "housing_section":
        support.open(f"{norfolk.case}/steps/{step}/form/kind_of_home")
        support.press("Save and come back later", {"tenure": HOME["tenure"]})
    form = support.open(f"{norfolk.case}/steps/{step}/form/{section}").form.filled(answers)
    page = support.submit(form, "Continue")
    assert page.status == 422
    assert {name: page.faults.get(name) for name in faults} == faults
    assert filled_in(page.form) == filled_in(form) - {("public_arrears_amount-silence", "not_known")}


def filled_in(form: Form) -> set[tuple[str, str]]:
    """What stands in a form's boxes and is chosen in it."""
    seen = {each.name for each in form.controls if each.kind != "hidden"}
    return {(name, value) for name, value in form.sent() if name in seen and value}


def test_what_the_form_does_not_offer_is_refused(norfolk: Journey) -> None:
    reach(norfolk, "initial_assessment")
    support = norfolk.visitor("support")
    page = support.open(f"{norfolk.case}/steps/initial_assessment/form/wishes")
    form = page.form.filled({name: said for name, said in ASSESSMENT.items() if page.form.has(name)})
    sent = [(name, value) for name, value in form.sent(form.button("Continue")) if name != "happy_to_explore"]
    for forged in ("maybe", "not_known", "yes\x00"):
        page = support.send(form, [*sent, ("happy_to_explore", forged)])
        assert page.status == 422
        assert page.faults == {"happy_to_explore": "Select yes or no for ‘Are you happy to look at this option?’"}
    page = support.send(form, [*sent, ("happy_to_explore", "yes"), ("approved", "yes"), ("tenure", "owner")])
    assert page.status == 200
    assert page.heading == "The perpetrator"


@pytest.mark.parametrize(
    ("text", "fault"),
    [("word " * 4001, "must be 20,000 characters or fewer"), ("a bell\x07rings", "Remove the control characters")],
)
def test_text_that_is_too_long_or_no_text(norfolk: Journey, text: str, fault: str) -> None:
    reach(norfolk, "initial_assessment")
    support = norfolk.visitor("support")
    support.open(f"{norfolk.case}/steps/initial_assessment/form/household")
    page = support.press("Save and come back later", {"owner": text, "lived_there": "Two winters"})
    assert fault in page.faults["owner"]
    assert page.form.value("lived_there") == "Two winters"


def test_words_are_kept_as_they_were_typed_and_run_nothing(norfolk: Journey) -> None:
    reach(norfolk, "initial_assessment")
    odd = "<script>alert(1)</script> & “quotes” {{ 7*7 }}\nΖωή, Łucja, محمد 👩‍👧"
    page = norfolk.do("support", "initial_assessment", {**ASSESSMENT, "owner": odd})
    assert page.lines["Who owns the home?"] == " ".join(odd.split())
    assert b"<script>alert" not in page.body
    norfolk.visitor("support").click("Do this step again: Initial assessment")
    norfolk.visitor("support").press("Open it again", {"reason": "To look at it again"})
    page = norfolk.visitor("support").open(f"{norfolk.case}/steps/initial_assessment/form/household")
    assert page.form.value("owner") == odd


def test_an_answer_and_its_silence_exclude_each_other(norfolk: Journey) -> None:
    reach(norfolk, "initial_assessment")
    support = norfolk.visitor("support")
    support.open(f"{norfolk.case}/steps/initial_assessment/form/perpetrator")
    both = {"perpetrator_name": "Dale Sampleton", "perpetrator_name-silence": ["not_known"], "relationship": "declined"}
    page = support.press("Continue", both)
    assert page.faults["perpetrator_name"] == "Enter an answer or tick the box below it, not both"
    assert page.form.value("perpetrator_name") == "Dale Sampleton"
    assert page.form.value("relationship-silence") == ["declined"]


def test_a_question_that_hangs_on_another_is_asked_only_then(norfolk: Journey) -> None:
    reach(norfolk, "permission")
    support = norfolk.visitor("support")
    norfolk.start("support", "permission")
    page = support.press("Continue", {"given": "yes", "has_supporters": "yes"})
    assert page.faults.keys() == {"how", "given_on", "supporters_may_be_asked"}
    page = support.press("Continue", {**PERMISSION, "has_supporters": "no", "supporters_may_be_asked": "yes"})
    assert page.heading == "Check your answers"
    assert "May we ask them?" not in page.lines


@pytest.fixture
def folder(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str], None]:
    """Makes the installation's folder of definitions a copy in which one text stands in place of another."""

    def replace(old: str, new: str) -> None:
        copy = tmp_path / "schemes"
        if not copy.exists():
            copytree(settings.SCHEMES, copy)
        scheme = copy / "norfolk" / "1-referral.yaml"
        assert old in scheme.read_text()
        scheme.write_text(scheme.read_text().replace(old, new, 1))
        settings.SCHEMES = str(copy)
        monkeypatch.setattr(definitions, "_running", {})

    return replace


def test_a_broken_definition_never_runs(norfolk: Journey, folder: Callable[[str, str], None], settings: Any) -> None:
    # Other tests publish versions too: this one is the newest.
    folder("ask: How are you speaking?", f"ask: How are you speaking? {uuid4()}")
    assert definitions.publish(Path(settings.SCHEMES)) == ()
    with transaction.atomic():
        before = dict(schemes.known())["norfolk"]
    folder("initial_assessment.happy_to_explore == 'no'", "initial_assessment.hapy_to_explore == 'no'")
    problems = definitions.publish(Path(settings.SCHEMES))
    assert "happy_to_explore" in problems[0].message
    norfolk.refer("police", {**REFERRAL, "approached": "police"})
    page = norfolk.do("police", "initial_assessment", {**ASSESSMENT, "happy_to_explore": "no"})
    assert page.noes[0].text.startswith("You do not want to look at the scheme.")
    assert norfolk.county.see("police", norfolk.case_id).progress.version == before  # type: ignore[arg-type, union-attr]


@pytest.mark.covers("N31")
def test_a_case_keeps_the_version_that_it_began_on(
    norfolk: Journey, folder: Callable[[str, str], None], settings: Any
) -> None:
    reach(norfolk, "initial_assessment")
    begun = norfolk.case_id
    folder("ask: How are you speaking?", "ask: How do you speak with one another?")
    assert definitions.publish(Path(settings.SCHEMES)) == ()
    old = norfolk.visitor("support").open(f"{norfolk.case}/steps/initial_assessment/form/wishes")
    assert old.form.has("How are you speaking?")
    norfolk.refer("support", {**REFERRAL, "approached": "support"})
    assert norfolk.case_id != begun
    new = norfolk.visitor("support").open(f"{norfolk.case}/steps/initial_assessment/form/wishes")
    assert new.form.has("How do you speak with one another?")
