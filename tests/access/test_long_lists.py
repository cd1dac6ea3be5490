"""Is a list that is longer than a page still whole? Its last line is found, and can be dealt with, like its first."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count
from typing import Any
from uuid import UUID, uuid4

import pytest

from sanctuary.core.alarms import Kind
from sanctuary.records import disposal, messages
from sanctuary.web.pages.worklist import PAGE
from sanctuary.web.screens.worklist import MESSAGES
from tests.support.access.browsers import Browser
from tests.support.access.oversight import make_lead, retire_leads
from tests.support.access.planting import running
from tests.support.access.two_people import fresh, fresh_token
from tests.support.database import Person, administrator, asking, make_agency, make_person, on_the_record, open_case

pytestmark = on_the_record

MANY = PAGE + 3


@pytest.fixture
def lead() -> Person:
    """Somebody with oversight, of an agency of their own; nothing that other tests left is theirs to look after."""
    running()
    retire_leads()
    return make_lead(make_agency())


def write(statement: str, *values: Any) -> list[Any]:
    """Put straight into the record what an act would put there, past what sees that acts do it; what it gives back."""
    with administrator() as connection:
        connection.execute("set session_replication_role = replica")
        return [line[0] for line in connection.execute(statement, list(values)).fetchall()]


def pages(browser: Browser, address: str, line: str) -> Iterator[list[str]]:
    """What matches `line` on each page of the list, as far as there is any."""
    joined = "&" if "?" in address else "?"
    for number in count(1):
        found = re.findall(line, browser.get(f"{address}{joined}page={number}").body.decode())
        if not found:
            return
        yield found


def whole(browser: Browser, address: str, line: str) -> list[str]:
    """The lines of every page; the first says that there are more."""
    parts = list(pages(browser, address, line))
    assert [len(part) for part in parts] == [PAGE, MANY - PAGE]
    assert b'class="govuk-pagination' in browser.get(address).body
    return [each for part in parts for each in part]


def many_cases(lead: Person) -> list[UUID]:
    """More cases of the lead's agency than a page holds."""
    officer = make_person(lead.agency)
    return [open_case(officer).id for _ in range(MANY)]


def test_the_oldest_alarm_can_still_be_closed(lead: Person) -> None:
    made = write(
        "insert into alarm (kind, about_account, for_all, raised_at, taken_by, taken_at) "
        "select %s, %s, false, now() - n * interval '1 minute', %s, now() from generate_series(1, %s) n returning id",
        Kind.CONCERN.value, make_person(lead.agency).account, lead.account, MANY,
    )  # fmt: skip
    browser = Browser(fresh_token(lead))
    for address in ("/oversight/alarms", "/oversight/alarms?all=yes"):
        listed = whole(browser, address, r"/oversight/alarms/([\w-]{36})/close")
        assert set(listed) == {str(each) for each in made}
    assert listed[-1] == str(made[-1])
    oldest = f"/oversight/alarms/{made[-1]}/close"
    assert browser.get(oldest).status == 200
    assert browser.post(oldest, {"outcome": "in_order", "words": "Nothing was wrong"}).status == 302
    assert browser.get(oldest).status == 404


def test_the_last_conflict_can_still_be_kept(lead: Person) -> None:
    them, cases = make_person(lead.agency, name="Robin Ashworth"), many_cases(lead)
    write(
        "insert into conflict (user_id, case_id, source, state) select %s, id, 1, 'found' from unnest(%s::uuid[]) id "
        "returning case_id",
        them.account, cases,
    )  # fmt: skip
    browser = Browser(fresh_token(lead))
    listed = whole(browser, "/oversight/conflicts", rf"/oversight/conflicts/{them.account}/([\w-]{{36}})")
    assert set(listed) == {str(each) for each in cases}
    last = f"/oversight/conflicts/{them.account}/{listed[-1]}"
    assert browser.get(last).status == 200
    assert browser.post(last, {"what": "keep"}).status == 302


def test_the_last_emergency_can_still_be_reviewed(lead: Person) -> None:
    officer = make_person(lead.agency)
    case = open_case(officer)
    made = write(
        "insert into emergency (id, case_id, reference, number, account_id, agency_id, role, agencies, opened, ends, "
        "review_due, nonce, reason) select gen_random_uuid(), %s, %s, 100 + n, %s, %s, %s, array[%s::integer], now(), "
        "now() + interval '1 hour', now() + n * interval '1 day', decode(repeat('00', 12), 'hex'), 'x' "
        "from generate_series(1, %s) n returning id",
        case.id, case.reference, officer.account, lead.agency.id, officer.role, lead.agency.id, MANY,
    )  # fmt: skip
    browser = Browser(fresh_token(lead))
    listed = whole(browser, "/oversight/emergencies", r"/oversight/emergencies/([\w-]{36})")
    assert listed == [str(each) for each in made]
    assert browser.get(f"/oversight/emergencies/{listed[-1]}").status == 200
    assert b"To be reviewed" in browser.get("/oversight/emergencies?page=2").body
    assert b"Nothing waits for a review" not in browser.get("/oversight/emergencies?page=3").body
    assert write("delete from emergency where case_id = %s returning id", case.id)  # no event of the case tells of them


def test_every_record_that_is_due_is_listed(lead: Person) -> None:
    cases = many_cases(lead)
    write(
        "insert into disposal_due (case_id, outcome, rule, ended, due_at) "
        "select id, 'other', 'other', now(), now() from unnest(%s::uuid[]) id returning case_id",
        cases,
    )
    browser = Browser(fresh_token(lead))
    references = write("select reference from kase where id = any(%s)", cases)
    listed = whole(browser, "/oversight/records", r'href="/oversight/records/(\w+-\w{4}-\w{2})"')
    assert set(listed) == set(references)
    with fresh(lead):
        assert {each.case_id for each in disposal.due()} == set(cases)


def test_notices_beyond_those_shown_follow_when_these_are_opened(lead: Person) -> None:
    made = write(
        "insert into message (kind, account_id, queued) "
        "select 'of_tomorrow', %s, now() - n * interval '1 minute' from generate_series(1, %s) n returning id",
        lead.account, MESSAGES + 1,
    )  # fmt: skip
    browser, notice = Browser(fresh_token(lead)), r'action="/messages/([\w-]{36})"'
    page = browser.get("/work").body.decode()
    shown = re.findall(notice, page)
    assert shown == [str(each) for each in reversed(made)][:MESSAGES]
    assert "More is new than stands here" in page
    with asking(lead):
        assert len(messages.waiting()) == MESSAGES + 1
        assert messages.open_message(made[0]) is not None
        assert messages.open_message(made[0]) is None
        assert messages.open_message(uuid4()) is None
    assert browser.post(f"/messages/{shown[0]}").status == 302
    page = browser.get("/work").body.decode()
    assert re.findall(notice, page) == shown[1:]
    assert "More is new than stands here" not in page
