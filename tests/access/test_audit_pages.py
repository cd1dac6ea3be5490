"""Can a lead read who looked at this, and why; and does everybody else find no such page?"""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.utils import timezone

from sanctuary.core.alarms import Kind
from sanctuary.jobs import watching
from sanctuary.records import accounts, alarms, audit, cases, readings, worklist
from tests.support.access.browsers import Browser
from tests.support.access.oversight import give_duties, make_lead, retire_leads
from tests.support.access.planting import running
from tests.support.access.put_back import Kept, change, changed_audit
from tests.support.database import (
    Happening,
    Person,
    administrator,
    asking,
    grant,
    make_agency,
    make_conflict,
    make_person,
    on_the_record,
    open_case,
)

__all__ = ["changed_audit"]

pytestmark = [on_the_record, pytest.mark.failure(20)]


@pytest.fixture(autouse=True)
def _nobody_else() -> None:
    running()
    retire_leads()


@pytest.fixture
def worker() -> Person:
    return make_person(make_agency("The council"), "housing", "Alex Worker")


@pytest.fixture
def case(worker: Person) -> Happening:
    """A case in which it is the worker's turn, and a partner's is not."""
    partner = make_person(make_agency("The police"), "police", "Sam Partner")
    made = open_case(worker, [grant(worker, needs_us=True), grant(partner)])
    for person in (worker, partner):
        with asking(person), audit.on_page("case"):
            cases.find(made.id)
    return made


def browser(person: Person) -> Browser:
    return Browser(accounts.open_session(person.account, fresh=True))


def text(body: bytes) -> str:
    """The words of a page."""
    return " ".join(re.sub(r"<[^>]+>", " ", body.decode()).split())


def test_a_lead_reads_who_looked_and_why(worker: Person, case: Happening) -> None:
    lead = browser(make_lead(worker.agency))
    answer = lead.post("/oversight/audit", {"reference": case.reference.lower()})
    assert answer.leads_to == f"/oversight/audit/cases/{case.id}"
    said = text(lead.get(answer.leads_to).body)
    assert "Opened the case Sam Partner, The police, Police" in said
    assert "Their part in the procedure; it was not their turn." in said
    assert "Opened the case Alex Worker, The council, " in said
    assert "It was their turn." in said
    assert "Recorded something Alex Worker" in said


def test_a_lead_reads_what_a_colleague_read(worker: Person, case: Happening) -> None:
    with asking(worker), audit.on_page("search"):
        audit.searched("surname")
        audit.list_read([case.id, uuid4()], "search")
    with asking(worker), audit.on_page("worklist"):
        worklist.lately()
    lead = browser(make_lead(worker.agency))
    said = text(lead.get(f"/oversight/audit/people/{worker.account}").body)
    assert f"Opened the case {case.reference}" in said
    assert "Searched by a last name, and saw 2 cases" in said
    assert "Saw 1 case on the worklist" in said
    assert "Alex Worker" in said


def test_who_has_no_part_in_it_sees_only_their_own_people(worker: Person, case: Happening) -> None:
    elsewhere = make_lead()
    lead = browser(elsewhere)
    missing = f"/oversight/audit/cases/{uuid4()}"
    assert lead.get(f"/oversight/audit/cases/{case.id}").status == lead.get(missing).status == 404
    assert lead.post("/oversight/audit", {"reference": case.reference}).status == 422
    assert lead.get(f"/oversight/audit/people/{worker.account}").status == 404
    # Somebody of theirs has had it: what that colleague read is theirs to know, and nothing else.
    theirs = make_person(elsewhere.agency, "support", "Kim Their")
    with administrator() as connection:
        connection.execute(
            "insert into access_grant (agency_id, role, case_id, read_mask, write_mask) "
            "values (%s, 'support', %s, 1, 0)",
            [elsewhere.agency.id, case.id],
        )
    with asking(theirs):
        cases.find(case.id)
    with administrator() as connection:
        connection.execute("delete from access_grant where agency_id = %s", [elsewhere.agency.id])
    said = text(lead.get(f"/oversight/audit/cases/{case.id}").body)
    assert "Kim Their" in said
    assert "Alex Worker" not in said


def test_for_an_excluded_lead_there_is_no_such_case(worker: Person, case: Happening) -> None:
    person = make_lead(worker.agency)
    make_conflict(person, case)
    lead = browser(person)
    hidden = lead.get(f"/oversight/audit/cases/{case.id}")
    missing = lead.get(f"/oversight/audit/cases/{uuid4()}")
    assert hidden.status == missing.status == 404
    assert text(hidden.body) == text(missing.body)
    assert lead.post("/oversight/audit", {"reference": case.reference}).status == 422
    said = text(lead.get(f"/oversight/audit/people/{worker.account}").body)
    assert case.reference not in said


def test_looking_over_shoulders_is_looked_over(worker: Person, case: Happening) -> None:
    person = make_lead(worker.agency)
    lead = browser(person)
    lead.get(f"/oversight/audit/cases/{case.id}")
    lead.get(f"/oversight/audit/people/{worker.account}")
    with administrator() as connection:
        noted = connection.execute(
            "select what, listed from audit_entry where account_id = %s order by id", [person.account]
        ).fetchall()
    assert noted == [("audit_of_case", [case.id]), ("audit_of_person", None)]


@pytest.mark.parametrize("duties", [(), ("administrator",), ("specialist",)])
def test_without_the_duty_there_is_no_such_page_and_no_answer(
    duties: tuple[str, ...], worker: Person, case: Happening
) -> None:
    give_duties(worker, *duties)
    at = timezone.now()
    for address in ("alarms", "audit", f"audit/cases/{case.id}", f"audit/people/{worker.account}", "stop", "stop/now"):
        assert browser(worker).get(f"/oversight/{address}").status == 404
    with asking(worker):
        assert readings.of_case(case.id, at - timedelta(days=1), at + timedelta(days=1)) == ([], 0)
        assert readings.by_person(worker.account, at - timedelta(days=1), at + timedelta(days=1)) == ([], 0)
        assert readings.case_to_audit(case.reference) is None
        assert not readings.say_leaving(worker.account, True)
        assert not readings.is_leaving(worker.account)


def test_days_pages_and_print(worker: Person, changed_audit: Kept) -> None:
    made = open_case(worker)
    for _ in range(60):
        with asking(worker), audit.on_page("case"):
            cases.find(made.id)
    change(changed_audit, "at = at - interval '20 days'", "case_id = %s and what = 'write'", made.id)
    lead = browser(make_lead(worker.agency))
    address = f"/oversight/audit/cases/{made.id}"
    first, second, week, printed = (
        text(lead.get(f"{address}{asked}").body) for asked in ("", "?page=2", "?days=7", "?print")
    )
    assert first.count("Opened the case") == 50
    assert second.count("Opened the case") == 10
    assert "Recorded something" in second
    assert "Recorded something" not in week
    assert printed.count("Opened the case") == 60
    assert text(lead.get(f"{address}?page=x&days=1000").body).count("Opened the case") == 50


def test_beyond_the_end_stands_the_last_page(worker: Person, case: Happening) -> None:
    for _ in range(60):
        with asking(worker), audit.on_page("case"):
            cases.find(case.id)
    lead = browser(make_lead(worker.agency))
    for whose in (f"cases/{case.id}", f"people/{worker.account}"):
        address = f"/oversight/audit/{whose}"
        last, beyond = (text(lead.get(f"{address}?page={number}").body) for number in (2, 9))
        assert 0 < last.count("Opened the case") == beyond.count("Opened the case") < 50
        links = re.findall(
            r'class="govuk-link[^"]*" href="(\?[^"]*)"', lead.get(f"{address}?page=9&days=90").body.decode()
        )
        assert links
        assert all("days=90" in link for link in links)
    assert lead.get(f"/oversight/audit/cases/{uuid4()}?page=9").status == 404


def test_whoever_has_the_case_sees_who_has_looked(worker: Person, case: Happening) -> None:
    lead = browser(make_lead(worker.agency, role="inspection"))
    lead.get(f"/oversight/audit/cases/{case.id}")
    said = text(browser(worker).get(f"/cases/{case.id}/readers").body)
    assert re.search(r"Sam Partner, The police \(Police[^)]*\) 1 look, the last", said)
    assert "Alex Worker, The council (" in said
    assert "recorded something" in said
    assert "Lee Example" not in said
    assert browser(make_person(worker.agency, "support")).get(f"/cases/{case.id}/readers").status == 404


def test_what_a_lead_raised_waits_for_the_other_one(worker: Person) -> None:
    one, other = browser(make_lead(worker.agency)), browser(make_lead(worker.agency))
    one.get("/concern?page=worklist")
    assert one.post("/concern", {"page": "worklist"}).status == 200
    assert "who has it in hand. 1 waiting" in text(other.get("/oversight").body)
    assert "who has it in hand. 1 waiting" not in text(one.get("/oversight").body)
    alarm = UUID(
        re.search(r"alarms/([0-9a-f-]{36})/take", other.get("/oversight/alarms").body.decode()).group(1)  # type: ignore[union-attr]
    )
    assert one.post(f"/oversight/alarms/{alarm}/take").leads_to == "/oversight/alarms?now=gone"
    assert one.post(f"/oversight/alarms/{alarm}/close", {"outcome": "in_order", "words": "It was me."}).status == 404


def test_whoever_stops_everyone_reads_whom_to_ring_and_no_command(worker: Person) -> None:
    said = text(browser(make_lead(worker.agency)).get("/oversight/stop").body)
    assert "ring the technical team who run Sanctuary for your agency" in said
    assert "let-in" not in said


def test_an_alarm_is_taken_and_closed_on_its_page(worker: Person) -> None:
    lead, other = browser(make_lead(worker.agency, "Lee Example")), browser(make_lead(worker.agency))
    asked = browser(worker)
    assert b"worklist" in asked.get("/concern?page=worklist").body
    assert asked.post("/concern", {"page": "worklist"}).status == 200
    assert asked.post("/concern", {"page": "<Ada Example>"}).status == 200
    assert "who has it in hand. 2 waiting" in text(lead.get("/oversight").body)
    page = lead.get("/oversight/alarms")
    said = text(page.body)
    assert "A colleague saw something that they should not see" in said
    assert "By Alex Worker on the page “the worklist”." in said
    assert "Ada" not in said
    alarm = UUID(re.search(r"alarms/([0-9a-f-]{36})/take", page.body.decode()).group(1))  # type: ignore[union-attr]
    assert other.get(f"/oversight/alarms/{alarm}/close").status == 404
    assert lead.post(f"/oversight/alarms/{alarm}/take").leads_to == "/oversight/alarms?now=taken"
    assert other.post(f"/oversight/alarms/{alarm}/take").leads_to == "/oversight/alarms?now=gone"
    assert "who has it in hand. 1 waiting" in text(other.get("/oversight").body)
    assert lead.post(f"/oversight/alarms/{alarm}/close", {"outcome": "in_order"}).status == 422
    done = lead.post(f"/oversight/alarms/{alarm}/close", {"outcome": "breach", "words": "Told the council."})
    assert done.leads_to == "/oversight/alarms?now=closed"
    assert "Told the council." not in text(lead.get("/oversight/alarms").body)
    assert "Told the council." in text(lead.get("/oversight/alarms?all=yes").body)


def test_who_leaves_is_noted_by_a_colleague_with_oversight(worker: Person) -> None:
    person = make_lead(worker.agency)
    lead = browser(person)
    page = f"/oversight/audit/people/{worker.account}"
    assert lead.post(f"{page}/leaving", {"leaves": "yes"}).leads_to == page
    assert "It is noted that they leave" in text(lead.get(page).body)
    lead.post(f"{page}/leaving", {"leaves": "no"})
    assert "It is noted that they leave" not in text(lead.get(page).body)
    assert lead.post(f"/oversight/audit/people/{person.account}/leaving", {"leaves": "yes"}).status == 404
    assert browser(make_lead()).post(f"{page}/leaving", {"leaves": "yes"}).status == 404


def test_every_page_of_staff_has_the_link(worker: Person) -> None:
    for address, name in (("/work", "worklist"), ("/search", "search")):
        assert f"/concern?page={name}".encode() in browser(worker).get(address).body
    assert b"/concern" not in Browser("").get("/sign-in").body


def test_once_a_week_those_who_have_it_in_hand_are_told(worker: Person, case: Happening, changed_audit: Kept) -> None:
    at = timezone.now()
    with administrator() as connection:
        connection.execute("delete from message")
    watching.tell(at)
    page = browser(worker).get("/work")
    assert "Others looked at a case this week" in text(page.body)
    watching.tell(at)
    with administrator() as connection:
        waiting = "select id, agency_id, role from message where case_id = %s"
        ((message, agency, role),) = connection.execute(waiting, [case.id]).fetchall()
    assert (agency, role) == (worker.agency.id, "housing")
    assert browser(worker).post(f"/messages/{message}").leads_to == f"/cases/{case.id}/readers"
    with administrator() as connection:  # who records something in it had a reason
        connection.execute("delete from message")
    change(changed_audit, "turn = true", "case_id = %s", case.id)
    watching.tell(at)
    with administrator() as connection:
        assert connection.execute(waiting, [case.id]).fetchall() == []


def test_no_alarm_is_buried_under_others_that_somebody_raises(worker: Person) -> None:
    """Whoever set one off could raise hundreds after it, each of a page that they name."""
    lead = make_lead(worker.agency)
    with asking(worker):
        buried = alarms.raise_alarm(Kind.DECOY_OPENED, None, worker.account)
    with asking(worker):
        for number in range(130):
            alarms.raise_alarm(Kind.CONCERN, detail=f"page_{number}")
    visitor = browser(lead)
    first = visitor.get("/oversight/alarms").body.decode()
    assert str(buried) not in first
    assert "?page=2" in first
    older = (visitor.get(f"/oversight/alarms?page={number}").body.decode() for number in range(2, 100))
    assert any(str(buried) in page for page in older)
    with asking(lead):
        assert alarms.take(buried)
    assert visitor.get(f"/oversight/alarms/{buried}/close").status == 200
