"""Do a stale page, a double click and a lost connection lose nothing, and do nothing twice?"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections
from django.http import HttpResponse

from tests.support.county import person
from tests.support.database import administrator, on_the_record
from tests.support.form import Form
from tests.support.journey import Journey, Visitor
from tests.support.norfolk import ASSESSMENT, PERMISSION, REFERRAL, answers, reach
from tests.support.screen import Screen

pytestmark = on_the_record

WISHES = {name: ASSESSMENT[name] for name in tuple(ASSESSMENT)[:4]}


@pytest.fixture
def second(norfolk: Journey) -> Visitor:
    """A colleague in the support agency."""
    norfolk.county.people["colleague"] = person("leeway", "support")
    return norfolk.visitor("colleague")


def happened(journey: Journey) -> int:
    """How much has been recorded in the case."""
    assert journey.case_id is not None
    seen = journey.county.see("support", journey.case_id)
    assert seen is not None
    return seen.seq


def overtaken(page: Screen, *said: str) -> None:
    """The page says who was first and what they did, and holds what was typed."""
    assert page.status == 409
    assert page.heading == "Somebody else was first"
    assert "Robin Example, Leeway Women's Aid," in page.text
    assert "So nothing of yours was recorded, and nothing was sent." in page.text
    for each in said:
        assert each in page.text


def test_a_stale_section_says_who_was_first_and_keeps_what_was_typed(norfolk: Journey, second: Visitor) -> None:
    reach(norfolk, "initial_assessment")
    first, address = norfolk.visitor("support"), f"{norfolk.case}/steps/initial_assessment/form/household"
    first.open(address)
    second.open(address)
    first.press("Save and come back later", {"owner": "The council"})
    before = happened(norfolk)
    page = second.press(
        "Continue", {"children": "no", "owner": "A cousin", "shares_home": "no", "lived_there": "A year"}
    )
    overtaken(page, "saved answers to it on ", "What you typed", "A cousin", "A year")
    assert happened(norfolk) == before
    page = second.press("Go on with what I typed")
    assert page.form.value("owner") == "A cousin"
    assert page.form.value("lived_there") == "A year"
    page = second.press("Save and come back later")
    assert "Saved." in page.text
    assert first.open(address).form.value("owner") == "A cousin"


def test_a_step_done_by_somebody_else_meanwhile_keeps_what_was_typed(norfolk: Journey, second: Visitor) -> None:
    reach(norfolk, "permission")
    norfolk.start("colleague", "permission")
    norfolk.do("support", "permission", PERMISSION)
    before = happened(norfolk)
    page = second.press("Continue", {**PERMISSION, "limits": "Nobody at the surgery"})
    overtaken(page, "recorded it as done on ", "Nobody at the surgery")
    page = second.open(next(href for text, href in page.links.items() if text.startswith("Look at case")))
    assert "Permission to share information and ask the police" not in page.turns
    assert happened(norfolk) == before


def test_a_stale_check_says_who_was_first(norfolk: Journey, second: Visitor) -> None:
    reach(norfolk, "permission")
    norfolk.fill("colleague", "permission", PERMISSION)
    norfolk.start("support", "permission")
    norfolk.visitor("support").press("Save and come back later", {"limits": "Nobody at work"})
    overtaken(second.press("Confirm"), "saved answers to it")
    norfolk.do("support", "permission")
    second.open(f"{norfolk.case}/steps/permission/check")
    assert "This has been done." in second.page.text


def test_a_question_is_not_sent_twice_by_two_people(norfolk: Journey, second: Visitor) -> None:
    reach(norfolk, "police_enquiry")
    norfolk.start("colleague", "police_enquiry")
    norfolk.ask("support", "police_enquiry")
    overtaken(second.press("Record that it was asked"), "sent it on ")


def test_work_on_another_step_gets_in_nobodys_way(norfolk: Journey, second: Visitor) -> None:
    reach(norfolk, "police_enquiry")
    norfolk.start("colleague", "temporary_accommodation")
    norfolk.ask("support", "police_enquiry")
    page = second.press("Continue", answers("temporary_accommodation"))
    assert page.heading == "Check your answers"
    assert "Recorded." in second.press("Confirm").text


Pressing = Callable[[Journey], tuple[Form, str]]


def _referral(journey: Journey) -> tuple[Form, str]:
    support = journey.visitor("support")
    support.open("/referrals/new/norfolk/norwich")
    page = support.press("Continue", {**REFERRAL, "approached": "support"})
    return page.form, "Open the case"


def _draft(journey: Journey) -> tuple[Form, str]:
    reach(journey, "initial_assessment")
    page = journey.visitor("support").open(f"{journey.case}/steps/initial_assessment/form/wishes")
    return page.form.filled(WISHES), "Save and come back later"


def _confirm(journey: Journey) -> tuple[Form, str]:
    reach(journey, "initial_assessment")
    return journey.fill("support", "initial_assessment", ASSESSMENT).form, "Confirm"


def _ask(journey: Journey) -> tuple[Form, str]:
    reach(journey, "police_enquiry")
    return journey.start("support", "police_enquiry").form, "Record that it was asked"


def _letter(journey: Journey) -> tuple[Form, str]:
    reach(journey, "acceptance_letter", first="housing")
    return journey.start("housing", "acceptance_letter").form, "Record that it has gone"


def _receipt(journey: Journey) -> tuple[Form, str]:
    reach(journey, "confirm_receipt")
    journey.ask("support", "confirm_receipt")
    return journey.start("police", "confirm_receipt").form, "Confirm that it has arrived"


def _pause(journey: Journey) -> tuple[Form, str]:
    reach(journey, "assessment_appointment")
    page = journey.visitor("support").open(f"{journey.case}/steps/assessment_appointment/pause")
    return page.form.filled({"reason": "The customer is ill"}), "Pause the clock"


def _again(journey: Journey) -> tuple[Form, str]:
    reach(journey, "permission")
    page = journey.visitor("support").open(f"{journey.case}/steps/initial_assessment/again")
    return page.form.filled({"reason": "They rang again"}), "Open it again"


PRESSINGS = [
    ("support", _referral),
    ("support", _draft),
    ("support", _confirm),
    ("support", _ask),
    ("housing", _letter),
    ("police", _receipt),
    ("support", _pause),
    ("support", _again),
]


@pytest.mark.parametrize(("role", "ready"), PRESSINGS, ids=[ready.__name__.strip("_") for _, ready in PRESSINGS])
def test_a_double_click_or_a_lost_answer_does_it_once(norfolk: Journey, role: str, ready: Pressing) -> None:
    """The browser sends the form and never hears; the person presses again, and a third time."""
    form, button = ready(norfolk)
    visitor = norfolk.visitor(role)
    sent = form.sent(form.button(button))
    lost = visitor.post(form.action, sent)
    assert lost.status_code == 302
    counted = cases(norfolk)
    page = visitor.send(form, sent)
    assert page.status == 200
    assert page.address == lost.headers["Location"]
    again = visitor.submit(form, button)
    assert again.address == page.address
    assert cases(norfolk) == counted


def cases(journey: Journey) -> tuple[int, int]:
    """How many cases there are, and how much was recorded in this one."""
    with administrator() as connection:
        found = connection.execute("select count(*) from kase").fetchone()
    assert found
    return int(found[0]), happened(journey) if journey.case_id else 0


@pytest.mark.parametrize(("role", "ready"), PRESSINGS[:4], ids=["referral", "draft", "confirm", "ask"])
def test_two_presses_at_the_same_moment_do_it_once(norfolk: Journey, role: str, ready: Pressing) -> None:
    form, button = ready(norfolk)
    counted, sent = cases(norfolk), form.sent(form.button(button))
    results = at_once(lambda: norfolk.visitor(role).post(form.action, sent), 2)
    assert [each.status_code for each in results] == [302, 302]
    assert results[0].headers["Location"] == results[1].headers["Location"]
    after = cases(norfolk)
    assert after[0] == counted[0] + (1 if ready is _referral else 0)
    assert after[1] > counted[1] or ready is _referral
    norfolk.visitor(role).submit(form, button)
    assert cases(norfolk) == after


def test_of_two_people_who_confirm_at_the_same_moment_one_is_told_of_the_other(
    norfolk: Journey, second: Visitor
) -> None:
    reach(norfolk, "permission")
    norfolk.fill("colleague", "permission", PERMISSION)
    mine = norfolk.visitor("support").open(f"{norfolk.case}/steps/permission/check").form
    theirs = second.open(f"{norfolk.case}/steps/permission/check").form
    pairs = [(norfolk.visitor("support"), mine), (second, theirs)]
    results = at_once(lambda: (pair := pairs.pop())[0].post(pair[1].action, pair[1].sent()), 2)
    assert sorted(each.status_code for each in results) == [302, 409]
    seen = norfolk.county.see("support", norfolk.case_id)  # type: ignore[arg-type]
    assert seen is not None
    assert seen.facts.times["permission"] == 1


def at_once(act: Callable[[], HttpResponse], times: int) -> list[HttpResponse]:
    """The answers to the same thing done several times at the same moment."""

    def alone() -> HttpResponse:
        try:
            return act()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(times) as people:
        return [future.result() for future in [people.submit(alone) for _ in range(times)]]
