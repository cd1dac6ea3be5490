"""Do the pages of conflicts, crossings and unsafe contacts say what they should, to whom they should?"""

from __future__ import annotations

import re
from uuid import UUID, uuid4

import pytest

from sanctuary.actions.reopen_step import reopen_step
from sanctuary.actions.results import Faulty, Recorded
from sanctuary.actions.save_draft import save_draft
from sanctuary.core.reach import REFUSED, Kind
from sanctuary.records import alarms
from tests.support import county
from tests.support.access.knowing import asked, conflicts, crossings, forget, give_duties, gives_own
from tests.support.access.traces import Prober
from tests.support.county import ASSESSMENT, County
from tests.support.database import Person, asking, make_person, on_the_record

pytestmark = [on_the_record, pytest.mark.failure(20)]


@pytest.fixture
def norfolk() -> County:
    forget()
    return county.county()


def colleague(of: County, name: str, *duties: str) -> Person:
    person = make_person(of.people["housing"].agency, "housing", name)
    give_duties(person, *duties)
    return person


def browser(person: Person) -> Prober:
    return Prober(person.account, fresh=True)


@pytest.mark.parametrize(
    ("page", "fields"),
    [
        ("somebody", {"name": "Ada Example"}),
        ("somebody", {"phone": "+44 20 7946 0123"}),
        ("somebody", {"address": "1 Alder Close", "postcode": "ZZ1 1AA"}),
        ("own", {"phone_2": "020 7946 0123"}),
        ("own", {"name_2": "Ada Example", "email": "ash@mail.example"}),
    ],
)
def test_whoever_declares_is_thanked_and_told_nothing(norfolk: County, page: str, fields: dict[str, str]) -> None:
    case_id = norfolk.case()
    knows, does_not = colleague(norfolk, "Robin Ashworth"), colleague(norfolk, "Robin Ashworth")
    other = {name: {"postcode": "ZZ2 2AA", "phone": "020 7946 0999", "phone_2": "020 7946 0999"}.get(name, "Xo Nobody")
             for name in fields if name != "email"}  # fmt: skip
    for each in (knows, does_not):
        browser(each).get("/work")
    found = browser(knows).post(f"/conflicts/{page}", **fields)
    missed = browser(does_not).post(f"/conflicts/{page}", **other)
    assert found == missed
    assert (found.status, dict(found.headers)["Location"]) == (302, "/conflicts?now=given")
    assert set(conflicts(case_id)) == {knows.account}
    asked("update staff_given set given_at = now() returning 1")  # a minute may have begun between the two
    pages = [browser(each).get("/conflicts?now=given").body for each in (knows, does_not)]
    assert pages[0] == pages[1]
    assert b"What you have given" in pages[0]
    assert b"Ada" not in pages[0]


def test_a_case_is_declared_by_its_reference(norfolk: County) -> None:
    person, case_id = colleague(norfolk, "Robin Ashworth"), norfolk.case()
    reference = str(asked("select reference from kase where id = %s", case_id)[0][0])
    browser(person).get("/work")
    told = [browser(person).post("/conflicts/case", reference=each) for each in ("nor 2222 22", reference.lower())]
    assert told[0] == told[1]
    assert told[0].status == 302
    assert set(conflicts(case_id)) == {person.account}
    assert browser(person).post("/conflicts/case", reference="2222").status == 422
    assert browser(person).get(f"/cases/{case_id}").status == 404


@pytest.mark.parametrize("fields", [{}, {"name": "Ada"}, {"address": "1 Alder Close"}, {"phone": "12"}])
def test_what_nobody_can_be_told_apart_by_is_asked_for_again(norfolk: County, fields: dict[str, str]) -> None:
    person = colleague(norfolk, "Robin Ashworth")
    answer = browser(person).post("/conflicts/somebody", **fields)
    assert answer.status == 422
    assert all(value.encode() in answer.body for value in fields.values())
    assert asked("select count(*) from staff_given where kind <> 'account'") == [(0,)]


@pytest.mark.parametrize("page", ["somebody", "own"])
def test_what_is_needed_is_said_once_and_no_box_claims_that_it_is_not(norfolk: County, page: str) -> None:
    answer = browser(colleague(norfolk, "Robin Ashworth")).get(f"/conflicts/{page}")
    assert b"Fill in at least one of these" in answer.body
    assert b"(optional)" not in answer.body


def test_oversight_keeps_one_and_two_lift_another(norfolk: County) -> None:
    lead, second = colleague(norfolk, "Lee Jessop", "oversight"), colleague(norfolk, "Ash Kershaw", "oversight")
    them, case_id = colleague(norfolk, "Robin Ashworth"), norfolk.case()
    gives_own(them, names=("Ada Example",))
    page = f"/oversight/conflicts/{them.account}/{case_id}"
    listed = browser(lead).get("/oversight/conflicts").body
    assert b"Robin Ashworth" in listed
    assert b"To be looked at" in listed
    assert browser(lead).post(page, what="keep").status == 302
    assert conflicts(case_id) == {them.account: (1, "kept")}
    assert b"It stays: they" not in browser(lead).get(page).body
    assert browser(lead).post(page, what="keep").status == 422
    assert b"Lift it now" not in browser(lead).get(page).body
    assert browser(lead).post(page, what="lift").status == 422
    assert browser(lead).post(page, what="ask").status == 302
    (proposal,) = asked("select id from proposal where subject = %s", str(them.account))
    assert browser(second).post(f"/oversight/proposals/{proposal[0]}", answer="yes").status == 302
    assert b"Lift it now" in browser(lead).get(page).body
    assert browser(them).get(f"/cases/{case_id}").status == 404
    assert browser(lead).post(page, what="lift").status == 302
    assert conflicts(case_id) == {}
    assert browser(them).get(f"/cases/{case_id}").status == 200
    assert browser(lead).get(page).status == 404


def waiting(person: Person, page: str) -> bytes:
    """What the index of oversight says of one of its pages."""
    entries = re.findall(rb"<li .*?</li>", browser(person).get("/oversight").body, re.DOTALL)
    (entry,) = (each for each in entries if f'href="/oversight/{page}"'.encode() in each)
    return b" ".join(re.findall(rb"\d+ waiting", entry))


def test_the_index_counts_what_nobody_has_looked_at(norfolk: County) -> None:
    one = norfolk.case()
    other = norfolk.case(name="Max Example", safe_phone="020 7946 0188", postcode="ZZ1 1AB")
    lead = colleague(norfolk, "Lee Jessop", "oversight", "specialist")
    assert (waiting(lead, "conflicts"), waiting(lead, "crossings")) == (b"", b"")
    norfolk.do("police", other, "initial_assessment", {**ASSESSMENT, "perpetrator_name": "Ada Example"})
    them = colleague(norfolk, "Robin Ashworth")
    gives_own(them, names=("Ada Example",))
    found = len(conflicts(one)) + len(conflicts(other))
    assert (waiting(lead, "conflicts"), waiting(lead, "crossings")) == (f"{found} waiting".encode(), b"1 waiting")
    for case_id in (one, other):
        browser(lead).post(f"/oversight/conflicts/{them.account}/{case_id}", what="keep")
    (crossing,) = asked("select id from crossing")
    browser(lead).post(f"/oversight/crossings/{crossing[0]}", outcome="other_people")
    assert (waiting(lead, "conflicts"), waiting(lead, "crossings")) == (b"", b"")


def test_nobody_else_sees_them(norfolk: County) -> None:
    them, case_id = colleague(norfolk, "Robin Ashworth", "oversight", "specialist"), norfolk.case()
    gives_own(them, names=("Ada Example",))
    page = f"/oversight/conflicts/{them.account}/{case_id}"
    assert browser(them).get(page).status == browser(colleague(norfolk, "Kim Yardley")).get(page).status == 404
    assert b"No colleague of your agency is kept from a case" in browser(them).get("/oversight/conflicts").body
    assert browser(colleague(norfolk, "Kim Yardley")).get("/oversight/crossings").status == 404


def test_a_specialist_reads_of_a_crossing_and_records_what_it_is(norfolk: County) -> None:
    one = norfolk.case()
    other = norfolk.case(name="Max Example", safe_phone="020 7946 0188", postcode="ZZ1 1AB")
    norfolk.do("police", other, "initial_assessment", {**ASSESSMENT, "perpetrator_name": "Ada Example"})
    assert len(crossings()) == 1
    person = colleague(norfolk, "Sky Thackray", "specialist")
    page = browser(person).get("/oversight/crossings").body
    references = [str(asked("select reference from kase where id = %s", each)[0][0]).encode() for each in (one, other)]
    assert all(each in page for each in references)
    assert b"The same: name." in page
    assert b"Ada" not in page
    (crossing,) = asked("select id from crossing")
    assert browser(person).get(f"/oversight/crossings/{crossing[0]}").status == 200
    assert browser(person).post(f"/oversight/crossings/{crossing[0]}").status == 422
    assert browser(person).post(f"/oversight/crossings/{crossing[0]}", outcome="same_people").status == 302
    assert b"They are the same people, says Sky Thackray" in browser(person).get("/oversight/crossings").body
    assert browser(person).get(f"/oversight/crossings/{crossing[0]}").status == 404


@pytest.mark.failure(2)
def test_the_perpetrators_number_is_not_kept_as_safe_and_oversight_hears_of_it(norfolk: County) -> None:
    lead, case_id = colleague(norfolk, "Lee Jessop", "oversight"), norfolk.case()
    draft = {"perpetrator_phone": "020 7946 0188"}
    assert isinstance(_saved(norfolk, case_id, "initial_assessment", draft), Recorded)
    norfolk.do("police", case_id, "initial_assessment", {**ASSESSMENT, **draft})
    _reopened(norfolk, case_id, "referral")
    again = {**county.REFERRAL, "safe_phone": "+44 (0)20 7946 0188"}
    for result in (
        _saved(norfolk, case_id, "referral", {"safe_phone": "0044 20 7946-0188"}),
        norfolk.do("police", case_id, "referral", again),
    ):
        assert result == Faulty(faults={"safe_phone": REFUSED[Kind.PHONE]})
    kept = norfolk.see("police", case_id)
    assert kept is not None
    assert {**kept.facts.answers, **kept.facts.drafts}["referral.safe_phone"] == "020 7946 0123"
    assert kept.progress.unsafe == ()
    with asking(lead):
        assert [each.kind for each in alarms.looked_after() if each.case_id == case_id] == ["contact_refused"]


@pytest.mark.failure(2)
def test_a_safe_number_that_turns_out_to_be_theirs_is_safe_no_more(norfolk: County) -> None:
    """Also to those who may not read how that is known; and the home is pointed out."""
    case_id = norfolk.case(safe_email="ada@mail.example", address="14 Alder Close", postcode="ZZ1 1AA")
    assert b"020 7946 0123" in browser(norfolk.people["police"]).get(f"/cases/{case_id}").body
    known = {
        "perpetrator_phone": "02079460123",
        "perpetrator_address": "14 Alder Close",
        "perpetrator_postcode": "ZZ1 1AA",
    }
    norfolk.do("police", case_id, "initial_assessment", {**ASSESSMENT, **known})
    page = browser(norfolk.people["police"]).get(f"/cases/{case_id}").body.decode()
    safe = page[page.index('id="safe"') : page.index("</section>", page.index('id="safe"'))]
    assert "Do not use what is recorded for “Safe telephone number”" in safe
    assert "0123" not in safe
    assert "ada@mail.example" in safe
    assert "“Address of the home” is given as the perpetrator’s as well" in page


@pytest.mark.failure(2)
def test_without_another_way_nobody_makes_contact(norfolk: County) -> None:
    case_id = norfolk.case()
    norfolk.do("police", case_id, "initial_assessment", {**ASSESSMENT, "perpetrator_phone": "02079460123"})
    page = browser(norfolk.people["housing"]).get(f"/cases/{case_id}").body.decode()
    assert "Do not contact the customer" in page
    assert "Do not use what is recorded for “Safe telephone number”" in page


def _saved(norfolk: County, case_id: UUID, step: str, plain: dict[str, str]) -> object:
    with norfolk.acting("police"):
        return save_draft(case_id=case_id, step=step, plain=plain, expected_seq=10_000, key=uuid4(), now=norfolk.now)


def _reopened(norfolk: County, case_id: UUID, step: str) -> None:
    with norfolk.acting("police"):
        done = reopen_step(
            case_id=case_id, step=step, reason="Another number", expected_seq=10_000, key=uuid4(), now=norfolk.now
        )
    assert isinstance(done, Recorded), done
