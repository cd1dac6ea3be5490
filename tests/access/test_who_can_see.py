"""Can somebody at a browser see who can see a case, share it, end that, and open one in an emergency?"""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace
from urllib.parse import urlsplit

import pytest

from sanctuary.web import showing
from tests.support.access.sharing import OTHER, Shire, lead, sees, shire
from tests.support.access.two_people import step_up
from tests.support.database import Person, administrator, on_the_record
from tests.support.journey import Trail, Visitor
from tests.support.screen import Screen

pytestmark = on_the_record
REASON = "She rang from a box and needs to be fetched"
UNDERSTOOD = ["danger", "recorded", "reviewed"]


@pytest.fixture
def there(monkeypatch: pytest.MonkeyPatch) -> Shire:
    """Its agencies are also those of other tests, whose notices are taken away.

    The site's clock stands still: what was sent "just now" is so on a machine that takes minutes, too.
    """
    with administrator() as connection:
        connection.execute("delete from message")
    made = shire()
    monkeypatch.setattr(showing, "timezone", SimpleNamespace(localtime=lambda: made.now))
    return made


def visitor(somebody: Person) -> Visitor:
    """Somebody at a browser, who has just proved who they are."""
    made = Visitor(Trail())
    made.sign_in(somebody.account)
    step_up(somebody)
    return made


def worked(there: Shire, role: str = "housing") -> Visitor:
    return visitor(there.county.people[role])


def shares(there: Shire, by: Visitor, basis: str = "ground-homelessness") -> Screen:
    """Every page of the form, as far as the last press."""
    last = there.now + timedelta(days=7)
    by.open(f"/cases/{there.case}/who")
    page = by.click("Share parts of this case with others")
    assert page.heading == "Who is it to be shared with?"
    by.press("Continue", {"agency": OTHER, "role": "housing"})
    by.press("Continue", {"parts": ["core", "housing"]})
    by.press("Continue", {"basis": basis})
    by.press("Continue", {"purpose": "They move there next week"})
    page = by.press("Continue", {"until": f"{last:%Y-%m-%d}"})
    assert page.heading == "Check what you share"
    assert "They move there next week" in page.text
    assert "In no scheme that runs here" not in page.text
    return by.press("Share it")


@pytest.mark.covers("A3", "A4")
def test_a_case_is_shared_seen_to_be_shared_and_closed_again(there: Shire) -> None:
    by = worked(there)
    page = shares(there, by)
    assert "Shared. They find it in their worklist." in page.text
    for said in ("Breckland District Council", "They move there next week", "Housing Act 1996", "Until the end of "):
        assert said in page.text
    other = visitor(there.other)
    page = other.open("/work")
    assert "A case has been shared with you for a time." in page.text
    page = other.press("Open it: A case has been shared with you for a time. just now")
    assert urlsplit(page.address).path == f"/cases/{there.case}"
    assert "A case has been shared with you" not in other.open("/work").text
    theirs = other.open(f"/cases/{there.case}/who")
    assert "(you)" in theirs.text
    assert "Share parts of this case with others" not in theirs.links
    assert "End this share" not in theirs.text
    by.open(f"/cases/{there.case}/who")
    by.click("End this share with Breckland District Council")
    page = by.press("End the share", {"reason": "They have moved elsewhere"})
    assert "It is shared with nobody beyond what the procedure says." in page.text
    assert not sees(there.other, there.case)
    assert other.open(f"/cases/{there.case}/who").status == 404
    assert by.trail.told() == []


def test_who_can_see_it_says_why_and_what_nobody_else_sees(there: Shire) -> None:
    page = worked(there).open(f"/cases/{there.case}")
    assert page.links["Who can see this case, and why"] == f"/cases/{there.case}/who"
    page = worked(there).open(f"/cases/{there.case}/who")
    assert "Source: Full assessment: one agency completes all three sections" in page.text
    assert "The police opinion: Police domestic violence unit, Norwich" in page.text
    assert "Ada Example" not in page.text
    assert page.title.startswith("Who can see this case")


def test_each_page_says_what_is_wrong_and_keeps_what_was_typed(there: Shire) -> None:
    by = worked(there)
    by.open(f"/cases/{there.case}/share")
    page = by.press("Continue", {"agency": OTHER})
    assert (page.status, len(page.problems)) == (422, 1)
    by.press("Continue", {"role": "housing"})
    page = by.press("Continue")
    assert page.status == 422
    by.press("Continue", {"parts": ["core"]})
    by.press("Continue", {"basis": "ground-child"})
    by.press("Continue", {"purpose": "To keep the child safe"})
    for day in (there.now - timedelta(days=2), there.now + timedelta(days=500)):
        page = by.press("Continue", {"until": f"{day:%Y-%m-%d}"})
        assert (page.status, page.heading) == (422, "Until when?")
    page = by.press("Continue", {"until": f"{there.now:%Y-%m-%d}"})
    assert page.heading == "Check what you share"
    page = by.press("Change With whom")
    assert page.heading == "Who is it to be shared with?"
    page = by.press("Continue", {"role": "inspection"})
    assert page.heading == "Check what you share"
    assert "In no scheme that runs here does Breckland District Council work in this role" in page.text
    page = by.press("Change What they can see")
    assert page.heading == "What may they see?"
    assert not sees(there.other, there.case)


def test_what_is_shared_by_consent_says_so(there: Shire) -> None:
    page = shares(there, worked(there), "consent-share")
    assert (
        "With consent: Permission to share information and ask the police. It ends when that is taken back."
        in page.text
    )


def test_who_has_no_part_in_a_case_shares_nothing_of_it(there: Shire) -> None:
    other = visitor(there.other)
    assert other.open(f"/cases/{there.case}/share").status == 404
    there.share()
    page = other.open(f"/cases/{there.case}/share")
    assert (page.status, "so it cannot share it" in page.text) == (409, True)
    assert other.open(f"/cases/{there.case}/shares/99/end").status == 404


def test_a_message_is_not_opened_by_looking_at_its_address(there: Shire) -> None:
    there.share()
    other = visitor(there.other)
    form = next(each for each in other.open("/work").forms if each.action.startswith("/messages/"))
    assert other.open(form.action).heading == "Your worklist"
    assert "A case has been shared with you" in other.page.text


def test_a_notice_of_a_kind_that_this_release_does_not_know_leads_to_the_worklist(there: Shire) -> None:
    housing = there.county.people["housing"]
    with administrator() as connection:
        connection.execute(
            "insert into message (kind, case_id, account_id) values ('of_tomorrow', %s, %s)",
            [there.case, housing.account],
        )
    at_work = visitor(housing)
    at_work.open("/work")
    page = at_work.press("Open it: There is something new for you. just now")
    assert page.heading == "Your worklist"
    assert "There is something new for you" not in page.text


def test_a_case_is_opened_in_an_emergency_with_a_notice_on_each_of_its_pages_and_reviewed(there: Shire) -> None:
    other, reviewer = visitor(there.other), visitor(lead(OTHER))
    other.open("/work")
    other.click("Open a case in an emergency")
    page = other.press("Open the case", {"reference": there.reference})
    assert (page.status, len(page.problems)) == (422, 2)
    page = other.press("Open the case", {"reason": REASON, "understood": UNDERSTOOD})
    assert urlsplit(page.address).path == f"/cases/{there.case}"
    for path in ("", "/who", "/pathway", "/steps/permission"):
        page = other.open(f"/cases/{there.case}{path}")
        assert "You see this case in an emergency" in page.root.text, path
    assert "You see this case" not in other.open("/work").root.text
    mine = worked(there).open(f"/cases/{there.case}/who")
    assert f"{there.other.name}, Breckland District Council" in mine.text
    assert REASON in mine.text
    page = reviewer.open("/work")
    page = reviewer.press("Open it: A case was opened in an emergency. It is to be reviewed today. just now")
    assert REASON in page.text
    assert "The page “the case”, " in page.text
    page = reviewer.press("Keep the review", {"verdict": "justified"})
    assert page.status == 422
    page = reviewer.press("Keep the review", {"words": "She was fetched"})
    assert "The review is kept" in page.text
    page = other.open("/work")
    page = other.press("Open it: Somebody has reviewed a case that you opened in an emergency. just now")
    assert "She was fetched" in page.text
    assert other.open(f"/oversight{urlsplit(page.address).path}").status == 404
    assert {*other.trail.told(), *reviewer.trail.told()} <= {there.reference}


def test_every_no_is_one_page(there: Shire) -> None:
    other = visitor(there.other)
    other.open("/emergency")
    page = other.press("Open the case", {"reference": "NOR-2222-22", "reason": REASON, "understood": UNDERSTOOD})
    assert page.status == 422
    assert "No case was opened." in page.text
    assert REASON in page.body.decode()
