"""Can somebody who looks after records do it by the pages alone, and does nobody else find them?"""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pypdf
import pytest

from sanctuary.actions.dispose_record import Why
from sanctuary.jobs.disposing import note_due
from sanctuary.records import proposals
from tests.support.access.browsers import Browser
from tests.support.access.ended import NAME, NOW, Archive, archive
from tests.support.access.two_people import fresh, fresh_token
from tests.support.database import Person, on_the_record

pytestmark = [on_the_record, pytest.mark.covers("A5")]


@pytest.fixture(autouse=True)
def ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SANCTUARY_ERASURES", str(tmp_path / "erasures"))


@pytest.fixture
def there() -> Archive:
    return archive()


def browser(person: Person) -> Browser:
    return Browser(token=fresh_token(person))


def test_from_the_list_to_the_certificate(there: Archive) -> None:
    case = there.due()
    lead, other = browser(there.lead), browser(there.other_lead)
    listed = lead.client.get("/oversight/records").content.decode()
    assert f"/oversight/records/{case.reference}" in listed
    page = lead.client.get(f"/oversight/records/{case.reference}").content.decode()
    assert "Neither domestic abuse nor hate crime" in page
    assert "the document does not state a time" in page
    assert NAME not in page

    address = f"/oversight/records/{case.reference}/propose/retention"
    assert "Somebody else has to agree" in lead.client.get(address).content.decode()
    assert lead.post(address).leads_to.endswith("?now=proposed")
    waiting = lead.client.get(f"/oversight/records/{case.reference}").content.decode()
    assert "Somebody else agrees or says no" in waiting
    with fresh(there.lead):
        (proposal,) = [each.id for each in proposals.waiting() if each.reference == case.reference]
    assert lead.post(f"/oversight/records/{case.reference}/destroy/{proposal}").status == 409

    asked = other.client.get(f"/oversight/proposals/{proposal}").content.decode()
    assert f"/oversight/records/{case.reference}" in asked
    assert other.post(f"/oversight/proposals/{proposal}", {"answer": "yes"}).status == 302
    agreed = lead.client.get(f"/oversight/records/{case.reference}").content.decode()
    assert "Go on to destroy it" in agreed
    warned = lead.client.get(f"/oversight/records/{case.reference}/destroy/{proposal}").content.decode()
    assert "gone for good" in warned
    done = lead.post(f"/oversight/records/{case.reference}/destroy/{proposal}")
    assert done.leads_to.startswith("/oversight/certificates/D-")
    assert lead.get(f"/oversight/records/{case.reference}").status == 404

    certificate = lead.client.get(done.leads_to).content.decode()
    assert "Lee Lead, " in certificate
    assert "Ola Lead, " in certificate
    assert case.reference not in certificate
    found = lead.client.get("/oversight/certificates", {"reference": case.reference.lower()}).content.decode()
    assert done.leads_to in found
    assert (
        "There is no certificate" in lead.client.get("/oversight/certificates?reference=UTT-2222-22").content.decode()
    )
    assert "There is no certificate" in lead.client.get("/oversight/certificates?reference=x").content.decode()


def test_the_certificate_is_a_tagged_file_that_names_nobody_it_was_about(there: Archive) -> None:
    certificate = there.destroyed(there.due())
    answer = browser(there.lead).client.get(f"/oversight/certificates/{certificate['number']}/file")
    assert answer["Content-Type"] == "application/pdf"
    assert certificate["number"] in answer["Content-Disposition"]
    reader = pypdf.PdfReader(BytesIO(answer.content))
    text = " ".join("".join(page.extract_text() for page in reader.pages).split())
    assert certificate["number"] in text
    assert certificate["source"] in text
    assert "Lee Lead" in text
    assert NAME not in text
    assert "/StructTreeRoot" in reader.trailer["/Root"]


def test_holds_by_the_pages(there: Archive) -> None:
    case = there.due()
    lead = browser(there.lead)
    address = f"/oversight/records/{case.reference}/hold"
    assert "Why does it have to stay?" in lead.client.get(address).content.decode()
    wrong = lead.post(address, {"ground": "", "file": "<b>"})
    assert wrong.status == 422
    assert lead.post(address, {"ground": "safeguarding", "file": "DHR 7"}).leads_to.endswith("?now=held")
    page = lead.client.get(f"/oversight/records/{case.reference}").content.decode()
    assert "file DHR 7. Placed by Lee Lead" in page
    assert "It cannot be destroyed now" in page
    assert "On hold" in lead.client.get("/oversight/records").content.decode()
    assert lead.get(f"/oversight/records/{case.reference}/propose/retention").status == 409
    lift = next(part.split('"')[0] for part in page.split('href="') if part.split('"')[0].endswith("/lift"))
    assert "Lift the hold" in lead.client.get(lift).content.decode()
    assert lead.post(lift).leads_to.endswith("?now=lifted")
    assert lead.get(lift).status == 404


def test_a_request_of_the_person_is_found_by_reference(there: Archive) -> None:
    case = there.ended("other")
    lead = browser(there.lead)
    spelt = case.reference.replace("-", "%20").lower()
    found = lead.get(f"/oversight/records?reference={spelt}")
    assert found.leads_to == f"/oversight/records/{case.reference}"
    page = lead.client.get(f"/oversight/records/{case.reference}").content.decode()
    assert "/propose/request" in page
    assert "/propose/retention" not in page
    assert lead.get("/oversight/records?reference=UTT-2222-22").status == 422
    nothing = lead.get("/oversight/records?reference=")
    assert nothing.status == 422
    assert b"Enter the reference of the record" in nothing.body
    assert lead.get(f"/oversight/records/{case.reference}/propose/whim").status == 404
    there.destroyed(case, Why.REQUEST)
    assert lead.get("/oversight/records?reference=" + case.reference).status == 422


def test_for_everybody_else_there_are_no_such_pages(there: Archive) -> None:
    case = there.due()
    certificate = there.destroyed(there.due())
    note_due(NOW)
    own = (f"/oversight/records/{case.reference}", f"/oversight/certificates/{certificate['number']}")
    stranger, officer = browser(there.stranger), browser(there.county.people["housing"])
    for address in own:
        assert stranger.get(address).status == 404
        assert officer.get(address).status == 404
    assert case.reference not in stranger.client.get("/oversight/records").content.decode()
    assert certificate["number"] not in stranger.client.get("/oversight/certificates").content.decode()
    assert officer.get("/oversight/records").status == 404
    for act in ("propose/retention", "hold"):
        assert stranger.post(f"/oversight/records/{case.reference}/{act}", {"ground": "inquiry"}).status == 404
