"""Does each question have a page that says why it is asked, of whom, for whom to read, and for how long?"""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from sanctuary.core.scheme import Scheme
from sanctuary.loader import load_all
from sanctuary.web.pages.held import held_page, held_steps
from tests.support.access.browsers import Browser
from tests.support.access.ended import archive
from tests.support.access.two_people import fresh_token
from tests.support.database import on_the_record
from tests.support.source import ROOT

SCHEMES: Mapping[str, Scheme | None] = {key: loaded.scheme for key, loaded in load_all(ROOT / "schemes").items()}


@pytest.mark.parametrize("key", SCHEMES)
@pytest.mark.covers("A3", "A5")
def test_every_question_of_every_scheme_says_all_of_it(key: str) -> None:
    scheme = SCHEMES[key]
    assert scheme is not None
    questions = 0
    for step in held_steps(scheme):
        for name, ask in step.questions:
            page = held_page(scheme, step.name, name)
            assert page is not None
            assert page.ask == ask
            assert page.because
            assert page.uses
            assert page.about
            assert page.readers, f"nobody may read {step.name}.{name}"
            assert page.source, f"nobody says where {step.name}.{name} comes from"
            assert len(page.kept) == len(scheme.retention)
            questions += 1
    assert questions == sum(len(step.questions) for step in scheme.steps.values())


def test_there_is_no_page_for_what_is_not_asked() -> None:
    scheme = SCHEMES["uttlesford"]
    assert scheme is not None
    assert held_page(scheme, "referral", "shoe_size") is None
    assert held_page(scheme, "elsewhere", "name") is None


@on_the_record
def test_the_pages_lead_from_the_scheme_to_each_question_and_the_form_leads_there() -> None:
    there = archive()
    case = there.case()
    browser = Browser(token=fresh_token(there.county.people["housing"]))
    whole = browser.client.get("/schemes/uttlesford/held").content.decode()
    assert "How long a record is kept" in whole
    assert "/schemes/uttlesford/held/referral/harm" in whole
    page = browser.client.get("/schemes/uttlesford/held/referral/harm").content.decode()
    assert "A rule looks at it before the case goes on" in page
    assert "It is counted, as a code and without a name" in page
    form = browser.client.get(f"/cases/{case.case_id}/steps/first_contact/form/questions").content.decode()
    assert "/schemes/uttlesford/held/first_contact/tenure" in form
    assert "/schemes/uttlesford/held#step-referral" in browser.client.get(f"/cases/{case.case_id}").content.decode()
    for missing in ("/schemes/nowhere/held", "/schemes/uttlesford/held/referral/shoe_size"):
        assert browser.get(missing).status == 404
