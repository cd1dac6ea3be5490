"""Where an act takes two people and there is nobody else, do its pages say so, and what to do?"""

from __future__ import annotations

import pytest

from sanctuary.records import proposals
from sanctuary.web.agreeing import ALONE
from tests.support.access.ended import Archive, archive
from tests.support.access.oversight import give_duties, make_lead, retire_leads
from tests.support.access.packs import Desk, desk
from tests.support.access.two_people import step_up
from tests.support.database import Person, asking, make_agency, make_person, on_the_record
from tests.support.journey import Trail, Visitor

pytestmark = on_the_record


def at_a_browser(person: Person) -> Visitor:
    """The person at a browser, who has just proved who they are."""
    visitor = Visitor(Trail())
    visitor.sign_in(person.account)
    step_up(person)
    return visitor


def others_oversee(person: Person) -> bool:
    with asking(person):
        return proposals.others_oversee()


def copied(there: Desk) -> Visitor:
    """The officer, before a copy that was made."""
    officer = at_a_browser(there.officer)
    officer.open(f"/cases/{there.case_id}/copy")
    officer.press("Continue", {"to": "person"})
    officer.press("Check")
    officer.press("Make the copy")
    return officer


def test_only_somebody_else_of_the_same_agency_counts() -> None:
    agency = make_agency()
    lead, worker = make_lead(agency), make_person(agency)
    make_lead()
    assert (others_oversee(lead), others_oversee(worker)) == (False, True)
    give_duties(worker, "oversight")
    assert others_oversee(lead)
    give_duties(worker, "administrator")
    assert not others_oversee(lead)


def test_a_copy_that_nobody_could_agree_to_says_so_until_somebody_can() -> None:
    there = desk()
    retire_leads()
    officer = copied(there)
    assert ALONE in officer.page.text
    officer.press("Ask a second person")
    assert ALONE in officer.page.text
    give_duties(there.lead, "oversight")
    assert ALONE not in officer.open(officer.page.address).text


def test_what_a_lone_lead_asked_for_waits_with_words_for_them() -> None:
    there = desk()
    retire_leads()
    give_duties(there.officer, "oversight")
    officer = copied(there)
    assert ALONE not in officer.open("/oversight/proposals").text
    officer = copied(there)
    officer.press("Ask a second person")
    assert ALONE in officer.open("/oversight/proposals").text


@pytest.fixture
def kept() -> Archive:
    return archive()


def test_whoever_proposes_to_destroy_reads_it_before(kept: Archive) -> None:
    case = kept.due()
    lead, address = at_a_browser(kept.lead), f"/oversight/records/{case.reference}/propose/retention"
    assert ALONE not in lead.open(address).text
    retire_leads()
    give_duties(kept.lead, "oversight")
    assert ALONE in lead.open(address).text
