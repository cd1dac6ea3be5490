"""Do three agencies judge for themselves, and does the customer hear a yes or a no with its reasons?"""

from __future__ import annotations

import io

import page as accessible
import pypdf
import pytest

from tests.support.database import on_the_record
from tests.support.journey import Journey
from tests.support.norfolk import AGREED, Answers, answers, happen, reach, scenes
from tests.support.screen import Screen

pytestmark = on_the_record

OPINIONS = {
    "housing": "The council's opinion",
    "police": "The police opinion",
    "support": "The support agency's opinion",
}
SAID = {
    "housing": "The stairs are steep",
    "police": "A weapon was once seen",
    "support": "A volunteer could call round",
}


@pytest.mark.covers("N12", "N14", "A3")
@pytest.mark.parametrize("outcome", ["yes", "no"])
def test_nobody_sees_an_opinion_before_all_three_are_in(norfolk: Journey, outcome: str) -> None:
    reach(norfolk, "opinion_housing")
    norfolk.at("2026-06-01 13:10")
    so_far: list[str] = []
    for role, title in OPINIONS.items():
        page = norfolk.look(role)
        assert page.turns[title].due == "due tomorrow 11:40"
        hidden(page, so_far)
        reasons = {"reasons": f"{SAID[role]}, so no"} if outcome == "no" else {"comments": SAID[role]}
        norfolk.do(role, f"opinion_{role}", {**AGREED, "outcome": outcome, **reasons})
        so_far.append(role)
        for other in set(OPINIONS) - {role} if len(so_far) < 3 else ():
            hidden(norfolk.look(other), [each for each in so_far if each != other])
            look_into = norfolk.visitor(other).open(f"{norfolk.case}/steps/opinion_{role}")
            assert SAID[role] not in look_into.text
    for role in OPINIONS:
        assert all(said in norfolk.look(role).text for said in SAID.values())
    assert not any(said in norfolk.look("inspection").text for said in SAID.values())


def hidden(page: Screen, roles: list[str]) -> None:
    """The page lets nothing be known of what these agencies answered: neither words nor which way."""
    for role in roles:
        assert SAID[role] not in page.text
        assert f"{OPINIONS[role]}: done" in page.timeline
    assert page.standing == "Open"
    assert not page.noes
    assert "stopped" not in page.text


@pytest.mark.covers("N12")
def test_an_overdue_opinion_is_given_by_a_deputy(norfolk: Journey) -> None:
    reach(norfolk, "opinion_police")
    norfolk.at("2026-06-02 12:45")
    assert "1 hour overdue" in norfolk.listed("police")
    page = norfolk.do(
        "police", "opinion_police", {**AGREED, "answered_by": "deputy", "deputy_for": "Sergeant Examplar"}
    )
    assert page.lines["Who answers?"] == "The designated deputy, because the named officer is away"
    assert page.lines["For whom?"] == "Sergeant Examplar"


@pytest.mark.covers("N13")
def test_the_owner_is_asked_and_the_case_waits_for_the_answer(norfolk: Journey) -> None:
    reach(norfolk, "owner_approval")
    page = norfolk.look("housing")
    assert "Approval in principle waits for The owner's approval in principle" in page.section("What comes later").text
    page = norfolk.ask("housing", "owner_approval")
    assert page.turns["The owner's approval in principle"].whose == "Your turn"
    assert (
        "Waiting for The owner of the home" in norfolk.look("support").turns["The owner's approval in principle"].whose
    )
    page = norfolk.do("housing", "owner_approval", {"approved": "yes", "in_writing": "yes", "answer": "With pleasure"})
    assert page.turns["Approval in principle"].whose == "Your turn"


NOES: list[tuple[str, Answers, str, str]] = [
    ("opinion_housing", {"outcome": "no", "reasons": "Cannot last"}, "The council does not think", "Money advice"),
    ("opinion_police", {"outcome": "no", "reasons": "Too near"}, "The police do not think", "A place in a refuge"),
    (
        "opinion_support",
        {"outcome": "no", "reasons": "No worker"},
        "The support agency does not",
        "A place in a refuge",
    ),
    ("owner_approval", {"approved": "no"}, "The owner of the home does not agree", "Security that the landlord fits"),
]


@pytest.mark.covers("N13", "N14", "A1")
@pytest.mark.parametrize(("step", "changed", "reason", "alternative"), NOES)
def test_without_the_agreement_of_all_there_is_a_letter_with_reasons(
    norfolk: Journey, step: str, changed: Answers, reason: str, alternative: str
) -> None:
    reach(norfolk, "approval", **{step: changed})
    page = norfolk.look("housing")
    assert page.standing == "Stopped"
    (no,) = page.noes
    assert reason in no.text
    assert "The process: " in no.source
    assert any(alternative in each for each in no.alternatives)
    assert "Approval in principle" not in page.turns
    housing = norfolk.visitor("housing")
    norfolk.start("housing", "decline_letter")
    page = housing.click("Read or download the letter that goes with this step")
    letter = page.main.first("article").text
    assert "Dear Robin Marshwood" in letter
    assert reason in letter
    assert all(each in letter for each in no.alternatives)
    assert "1 June 2026" in letter
    assert housing.open(f"{norfolk.case}/steps/decline_letter/letter.pdf").body.startswith(b"%PDF")
    with_letter = norfolk.do("housing", "decline_letter", {"arranged": "A talk on Friday", "support_told": "yes"})
    assert "Letter of refusal" not in with_letter.turns
    assert norfolk.look("support").turns["Review the support"].whose == "Your turn"


@pytest.mark.covers("N14")
def test_the_council_itself_may_decline_and_say_why(norfolk: Journey) -> None:
    reach(norfolk, "approval")
    norfolk.start("housing", "approval")
    page = norfolk.visitor("housing").press("Continue", {"outcome": "no"})
    assert page.faults == {"reasons": "Enter an answer for ‘Why not?’"}
    page = norfolk.do("housing", "approval", {"outcome": "no", "reasons": "The home is to be taken down"})
    assert page.noes[0].text == "The council has not approved the works."
    assert "Letter of refusal" in page.turns


@pytest.mark.covers("N14", "N15", "A2")
@pytest.mark.parametrize(
    ("step", "said"),
    [
        ("acceptance_letter", "The works can go ahead once the home has been looked over"),
        ("disclaimer", "they do not mean that I am completely safe"),
    ],
)
def test_letters_are_read_and_printed(norfolk: Journey, step: str, said: str) -> None:
    reach(norfolk, step)
    housing = norfolk.visitor("housing")
    norfolk.start("housing", step)
    page = housing.click("Read or download the letter that goes with this step")
    assert "Robin Marshwood" in page.text
    assert said in page.text
    assert "Robin" not in page.title
    reference = norfolk.look("housing").heading.removeprefix("Case ")
    made = housing.open(f"{norfolk.case}/steps/{step}/letter.pdf")
    assert made.headers["Content-Type"] == "application/pdf"
    assert made.headers["Content-Disposition"] == f'attachment; filename="letter-{reference}.pdf"'
    assert made.body.startswith(b"%PDF")
    assert accessible.is_pdf_compliant_bytes(made.body, profile="ua1")
    read = pypdf.PdfReader(io.BytesIO(made.body))
    text = " ".join(" ".join(sheet.extract_text() for sheet in read.pages).split())
    assert "Robin Marshwood" in text
    assert said in text
    assert "Marshwood" not in str(read.metadata)


@pytest.mark.covers("N14")
def test_there_is_no_letter_about_what_nobody_has_decided(norfolk: Journey) -> None:
    reach(norfolk, "acceptance_letter")
    housing = norfolk.visitor("housing")
    for address in ("letter", "letter.pdf"):
        page = housing.open(f"{norfolk.case}/steps/decline_letter/{address}")
        assert page.address == f"{norfolk.case}/steps/decline_letter"
        assert "This cannot be done now." in page.text


@pytest.mark.covers("N14", "N16")
def test_the_others_are_told_and_each_confirms(norfolk: Journey) -> None:
    reach(norfolk, "tell_partners")
    title = "Approved in principle: tell the others"
    norfolk.ask("housing", "tell_partners")
    for number, role in enumerate(("police", "support", "inspection"), start=1):
        assert norfolk.look(role).turns[title].whose == "Your turn"
        assert title in norfolk.listed(role)
        page = norfolk.confirm(role, "tell_partners")
        assert (title in page.turns) == (number < 3)


@pytest.mark.covers("N15")
def test_nothing_is_authorised_before_the_disclaimer_is_signed(norfolk: Journey) -> None:
    reach(norfolk, "authorise_works", without=["disclaimer"])
    page = norfolk.look("housing")
    assert "Authorise the works" not in page.turns
    assert "Authorise the works waits for Signed disclaimer" in page.section("What comes later").text
    page = norfolk.do("support", "disclaimer", {"given": "no"})
    (no,) = page.noes
    assert no.text == "You have not signed the disclaimer, and no work can start without it."
    assert no.source.startswith("Holds up: Authorise the works, Agree a time for the works and Works.")
    assert "Another look at the scheme, whenever you want it" in no.alternatives
    support = norfolk.visitor("support")
    support.click("Do this step again: Signed disclaimer")
    page = support.press("Open it again", {"reason": "They have thought about it"})
    assert "It can be done again" in page.text
    norfolk.do("support", "disclaimer", {"given": "yes", "received_on": "2026-06-02"})
    assert norfolk.look("housing").turns["Authorise the works"].whose == "Your turn"


@pytest.mark.covers("N9")
def test_an_owner_occupier_needs_no_owners_approval(norfolk: Journey) -> None:
    owned = {"tenure": "owner", "mortgage": "no"}
    owned |= dict.fromkeys(("owned_order_due", "owned_suspended_order", "owned_warrant_due"), "no")
    general = {
        name: said for name, said in answers("housing_section").items() if not name.startswith(("public", "temp"))
    }
    reach(norfolk, "housing_section")
    norfolk.do("support", "housing_section", {**general, **owned, "owned_prevention": "not_applicable"})
    for scene in scenes("money_section", "owner_approval"):
        happen(norfolk, scene)
    page = norfolk.look("housing")
    assert "The owner's approval in principle" not in page.turns
    assert page.turns["Approval in principle"].whose == "Your turn"
