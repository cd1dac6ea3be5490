"""How much may one person open and search in an hour?"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from sanctuary.records import accounts, alarms, audit, budgets, cases, screening
from tests.support.access.browsers import Browser
from tests.support.access.oversight import make_lead, retire_leads
from tests.support.access.planting import running
from tests.support.access.put_back import Kept, change, changed_audit
from tests.support.database import (
    Happening,
    Person,
    administrator,
    asking,
    make_agency,
    make_person,
    on_the_record,
    open_case,
)

__all__ = ["changed_audit"]

pytestmark = [on_the_record, pytest.mark.failure(20)]


@pytest.fixture(autouse=True)
def _small() -> Iterator[None]:
    budgets.allow(cases=(3, 5), searches=(2, 3))
    yield
    budgets.allow(cases=(60, 120), searches=(40, 80))


@pytest.fixture
def people() -> tuple[Person, Person]:
    """Somebody who works, and their lead."""
    retire_leads()
    agency = make_agency()
    return make_person(agency), make_lead(agency)


def opened(owner: Person, count: int) -> list[Happening]:
    """As many cases, opened by others, each with a grant for the agency."""
    return [open_case(make_person(owner.agency, owner.role)) for _ in range(count)]


def look(person: Person, case: Happening) -> None:
    with asking(person):
        assert cases.find(case.id) is not None


def told(lead: Person) -> list[tuple[str, str]]:
    with asking(lead):
        return [(each.kind, each.detail) for each in alarms.looked_after()]


def test_somebody_is_told_before_it_is_too_much_and_then_there_is_no_more(people: tuple[Person, Person]) -> None:
    person, lead = people
    made = opened(person, 6)
    for case in made[:2]:
        look(person, case)
    assert told(lead) == []
    for case in made[2:5]:
        look(person, case)
    assert told(lead) == [("budget", "cases")]
    with pytest.raises(audit.TooMuch), asking(person):
        cases.find(made[5].id)
    look(person, made[0])  # what was opened in this hour stays open


def test_it_is_said_on_a_page(people: tuple[Person, Person]) -> None:
    running()
    person, _ = people
    browser = Browser(accounts.open_session(person.account))
    answers = [browser.post("/search", {"reference": "NOR-4K7P-2X", "name": "Ada"}) for _ in range(4)]
    assert [answer.status for answer in answers] == [200, 200, 200, 429]
    assert b"enough for one hour" in answers[3].body


def test_an_hour_later_it_begins_anew(people: tuple[Person, Person]) -> None:
    person, lead = people
    made = opened(person, 6)
    for case in made[:5]:
        look(person, case)
    with administrator() as connection:
        connection.execute("set session_replication_role = replica")
        connection.execute(
            "update audit_entry set at = at - interval '61 minutes' where account_id = %s", [person.account]
        )
    look(person, made[5])
    with administrator() as connection:
        connection.execute("set session_replication_role = replica")
        earlier = "at < now() - interval '1 hour'"
        back = f"update audit_entry set at = at + interval '61 minutes' where account_id = %s and {earlier}"
        connection.execute(back, [person.account])
    assert told(lead) == [("budget", "cases")]


def test_whom_somebody_knows_cannot_be_guessed_for_long(people: tuple[Person, Person], changed_audit: Kept) -> None:
    """A case in sight that goes when an address is given as one's own tells where its person lives."""
    running()
    person, lead = people
    browser = Browser(accounts.open_session(person.account))
    forms = [{"phone": f"01632 9605{number:02}"} for number in range(21)]  # of nobody in any case of other tests
    asked = ["/conflicts/own", "/conflicts/somebody"]
    answers = [browser.post(asked[number % 2], form) for number, form in enumerate(forms)]
    assert [answer.status for answer in answers] == [302] * 20 + [429]
    assert told(lead) == [("budget", "given")]
    seen = Browser(accounts.open_session(lead.account, fresh=True)).get(f"/oversight/audit/people/{person.account}")
    assert "Said whom they know, or how they are known" in seen.body.decode()
    with asking(person):
        assert len([each for each in screening.given() if each.kind == "known"]) == 10
    change(changed_audit, "at = at - interval '25 hours'", "account_id = %s", person.account)
    assert browser.post("/conflicts/own", forms[0]).status == 302
