"""Does every kind of page work where scripts are switched off? From signing in to a case that is closed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from uuid import UUID

from sanctuary.core.answers import Plain
from tests.support.access.signing import code, with_app
from tests.support.county import County
from tests.support.database import PASSWORD, on_the_record
from tests.support.visits.boxes import fill
from tests.support.visits.shortcut import recorded
from tests.support.visits.story import Telling, hand_in, plain, to_step, told
from tests.support.visits.visitor import Visitor, path

pytestmark = on_the_record

STORY = Path(__file__).with_name("story.yaml")
Visit = Callable[..., Visitor]


def test_from_the_first_page_to_a_letter(district: County, visit: Visit) -> None:
    events = told(district.scheme, STORY, until="police_enquiry")
    district.now = events[0].at
    police = visit("", scripted=False)
    signs_in(police, district)
    police.press("Start a referral")
    begins(police, plain(district.scheme, events[0]), district)
    telling = Telling(county=district, visitors={"police": police}, case=path(police.page.url))
    saves_and_returns(police, district)
    telling.happen(events[1:])
    case = district.see("police", UUID(telling.case.rpartition("/")[2]))
    assert case is not None
    assert case.facts.answers["permission.limits"] == "Not the school"
    sends_and_reads(police, district, telling.case)
    police.arrive_by(police.page.get_by_role("button", name="Sign out"))
    assert police.heading == "Sign in"


def test_amounts_rows_reasons_and_what_was_overtaken(district: County, visit: Visit) -> None:
    case_id = recorded(district, told(district.scheme, STORY, until="money_section"))
    police = visit("police", scripted=False)
    police.go(f"/cases/{case_id}")
    types_amounts(police, district)
    adds_and_removes_rows(police, district)
    gives_a_reason(police)
    is_overtaken(police, district, case_id)
    seen = district.see("police", case_id)
    assert seen is not None
    finds(police, seen.reference)


def test_from_stopping_to_a_closed_case(district: County, visit: Visit) -> None:
    case = f"/cases/{recorded(district, told(district.scheme, STORY, until='initial_assessment'))}"
    steps, housing, support = district.scheme.steps, visit("housing", scripted=False), visit("support", scripted=False)
    takes(housing, district, case, "withdrawal", wish="stop", permission_withdrawn="no", offered="A place in a refuge")
    assert "You have asked to stop." in housing.text
    assert "A place in a refuge" in housing.text
    review = {"day": "1", "month": "6", "year": "2026"}
    takes(support, district, case, "support_review", reviewed_on=review, plan="A call a week", goes_on="no")
    takes(housing, district, case, "monitoring_form", tenure="tenant")
    takes(housing, district, case, "closure", reason="customer_withdrew")
    assert "Closed: The customer withdrew" in housing.text
    assert not housing.page.locator(".sanctuary-turn").count()
    assert "Close the case" not in housing.page.locator("aside").inner_text(), steps["closure"]


def signs_in(visitor: Visitor, county: County) -> None:
    """With nothing typed first."""
    visitor.go("/")
    visitor.press("Sign in")
    visitor.press("Sign in")
    assert "Enter the email address and password" in visitor.text
    visitor.sign_in(with_app(county.people["police"]).email, PASSWORD, code(county.now))
    assert visitor.heading == "Your worklist"


def begins(visitor: Visitor, answers: dict[str, Plain], county: County) -> None:
    """A referral: without an area, without an answer, looked through, changed, and opened."""
    visitor.press("Continue")
    assert "Select where the home is" in visitor.text
    visitor.page.get_by_label("Norwich").check()
    visitor.press("Continue")
    visitor.press("Continue")
    assert "Enter a full UK postcode" in visitor.text
    fill(visitor, county.scheme.steps["referral"].questions, answers)
    visitor.press("Continue")
    assert "020 7946 0140" in visitor.text
    visitor.press("Change something")
    assert visitor.page.locator("[name=code_word]").input_value() == "Bluebell"
    visitor.press("Continue")
    visitor.press("Open the case")
    assert "The case is open." in visitor.text


def saves_and_returns(visitor: Visitor, county: County) -> None:
    """One section of three, saved half-way; the check says what is still needed."""
    visitor.arrive_by(to_step(visitor, county.scheme.steps["initial_assessment"]))
    visitor.press("What the customer wants")
    visitor.page.locator("[name=in_person][value=phone]").check()
    visitor.press("Save and come back later")
    assert "Saved." in visitor.text
    visitor.arrive_by(to_step(visitor, county.scheme.steps["initial_assessment"]))
    assert "In progress" in visitor.text
    visitor.press("Check your answers")
    assert "Something is still needed" in visitor.text
    visitor.arrive_by(visitor.page.locator(".govuk-error-summary a").first)
    assert visitor.page.locator("[name=in_person][value=phone]").is_checked()
    visitor.go(path(visitor.page.url).partition("/steps")[0])


def sends_and_reads(visitor: Visitor, county: County, case: str) -> None:
    """A question to the police, a letter on the page and as a file, and the picture of the whole pathway."""
    visitor.go(case)
    visitor.arrive_by(to_step(visitor, county.scheme.steps["police_enquiry"]))
    visitor.press("Record that it was asked")
    assert "Recorded as sent." in visitor.text
    visitor.press("See the whole pathway, all seven stages")
    visitor.press(visitor.page.locator(".govuk-back-link").inner_text(), within="body")
    visitor.go(f"{case}/steps/permission/letter")
    with visitor.page.expect_download() as download:
        visitor.page.get_by_role("button", name="Download as PDF").or_(
            visitor.page.get_by_role("link", name="Download as PDF")
        ).first.click()
    assert Path(download.value.path()).read_bytes().startswith(b"%PDF-")
    assert "Heron" not in download.value.suggested_filename


def types_amounts(visitor: Visitor, county: County) -> None:
    """Two amounts in different periods, of which one is no amount at first."""
    visitor.arrive_by(to_step(visitor, county.scheme.steps["money_section"]))
    visitor.press("Box 2: income")
    visitor.page.locator("[name=earnings-amount]").fill("lots")
    visitor.page.locator("[name=child_benefit-amount]").fill("42")
    visitor.press("Continue")
    assert visitor.page.locator(".govuk-error-summary").count()
    assert visitor.page.locator("[name=child_benefit-amount]").input_value() == "42"
    visitor.page.locator("[name=earnings-amount]").fill("780")
    visitor.page.locator("[name=earnings-per]").select_option("month")
    visitor.press("Continue")
    step = path(visitor.page.url).partition("/form")[0]
    for place in ("/form/balances", "/check"):
        visitor.go(step + place)
        assert "£962.00" in visitor.text
    visitor.go(path(visitor.page.url).partition("/steps")[0])


def adds_and_removes_rows(visitor: Visitor, county: County) -> None:
    """Two children, the first of whom goes again; what was typed about the second stays."""
    visitor.arrive_by(to_step(visitor, county.scheme.steps["support_section"]))
    visitor.press("Children")
    visitor.press("Add another")
    visitor.page.locator("[name=children-1-name]").fill("Wren Example")
    visitor.press("Remove first")
    assert visitor.page.locator("[name=children-0-name]").input_value() == "Wren Example"
    visitor.press("Save and come back later")


def gives_a_reason(visitor: Visitor) -> None:
    """A clock stands still and runs again; a step that was done is opened again. Each asks why."""
    visitor.page.locator("details.sanctuary-why summary").first.click()
    visitor.arrive_by(visitor.page.get_by_role("link", name="Pause the clock for").first)
    visitor.press("Pause the clock")
    assert visitor.page.locator(".govuk-error-summary").count()
    visitor.page.get_by_label("Why does it have to wait?").fill("She is at the doctor's")
    visitor.press("Pause the clock")
    assert "She is at the doctor's" in visitor.text
    visitor.page.locator("details.sanctuary-why summary").first.click()
    visitor.arrive_by(visitor.page.get_by_role("link", name="Start the clock again for").first)
    visitor.press("Start the clock")
    assert "The clock runs again." in visitor.text
    done = visitor.page.locator("details.sanctuary-answers").filter(has_text="Meet for the full assessment")
    done.locator("summary").click()
    visitor.arrive_by(done.get_by_role("link", name="Do this step again"))
    visitor.page.get_by_label("Why does it have to be done again?").fill("Another day")
    visitor.press("Open it again")
    assert "To be done again: Another day" in visitor.text


def is_overtaken(visitor: Visitor, county: County, case_id: UUID) -> None:
    """A form stays open while somebody else records in the case: nothing is lost, and nothing is done unseen."""
    visitor.arrive_by(to_step(visitor, county.scheme.steps["assessment_appointment"]))
    county.do("police", case_id, "assessment_appointment", {"at": "2026-06-02 09:30", "place": "The library"})
    visitor.page.locator("[name=place]").fill("The town hall")
    visitor.press("Continue")
    assert visitor.heading == "Somebody else was first"
    assert "The town hall" in visitor.text
    visitor.press(f"Look at case {visitor.page.locator('main a').first.inner_text().rpartition(' ')[2]}")
    visitor.arrive_by(visitor.page.locator(".sanctuary-waits a").first)
    assert "This waits for" in visitor.text
    visitor.go("/cases/00000000-0000-0000-0000-000000000000")
    assert visitor.heading == "Page not found"


def finds(visitor: Visitor, reference: str) -> None:
    """Nothing asked, nobody found, somebody found."""
    visitor.go("/search")
    visitor.press("Search")
    assert "Enter a name, a reference" in visitor.text
    for name, found in (("Nobody", "Nothing found"), ("heron", reference)):
        visitor.page.get_by_label("Name").fill(name)
        visitor.press("Search")
        assert found in visitor.text


def takes(visitor: Visitor, county: County, case: str, step: str, **answers: object) -> None:
    """A step, from the case's page and back to it."""
    visitor.go(case)
    visitor.arrive_by(to_step(visitor, county.scheme.steps[step]))
    hand_in(visitor, county.scheme.steps[step], answers)  # type: ignore[arg-type]
    assert path(visitor.page.url) == case, visitor.text
