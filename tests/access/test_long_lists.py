"""Is a list that is longer than a page still whole? Its last line is found, and can be dealt with, like its first."""

from __future__ import annotations

import json
import re
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
from tests.support.database import (
    Person,
    administrator,
    asking,
    make_agency,
    make_person,
    on_the_record,
    open_case,
    publish_version,
)

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


def page(browser: Browser, address: str, number: int) -> str:
    """One page of the list."""
    joined = "&" if "?" in address else "?"
    return browser.get(f"{address}{joined}page={number}").body.decode()


def whole(browser: Browser, address: str, line: str) -> list[str]:
    """What matches `line` on both pages; the first says that there are more, and beyond the end stands the last."""
    first, second, beyond, far = (re.findall(line, page(browser, address, number)) for number in (1, 2, 3, 99_999))
    assert [len(first), len(second)] == [PAGE, MANY - PAGE]
    assert beyond == far == second
    assert b'class="govuk-pagination' in browser.get(address).body
    assert re.search(r'aria-current="page"[^>]*>\s*2\s*<', page(browser, address, 3))
    return first + second


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


def test_every_certificate_is_listed(lead: Person) -> None:
    cases, at = many_cases(lead), "2026-06-01T12:00:00+00:00"
    of_all = dict.fromkeys(("outcome_title", "scheme_title", "reference_digest", "version", "area_title"), "Example")
    of_all |= dict.fromkeys(("rule_words", "source", "method", "proposed_by", "agreed_by"), "Example")
    of_all |= {"carried_out": at, "proposed_at": at, "agreed_at": at, "reason": "retention"}
    numbers = [f"D-ZZZZ-ZZ{number:02}" for number in range(MANY)]
    write(
        "insert into disposal (number, case_id, reference_digest, agencies, carried_out, certificate) "
        "select number, id, decode(repeat('00', 32), 'hex'), array[%s::integer], now(), "
        "%s::jsonb || jsonb_build_object('number', number) from unnest(%s::text[], %s::uuid[]) as f (number, id) "
        "returning number",
        lead.agency.id, json.dumps({**of_all, "remains": []}), numbers, cases,
    )  # fmt: skip
    try:
        found = whole(Browser(fresh_token(lead)), "/oversight/certificates", r"/oversight/certificates/(D-[\w-]+)")
        assert found == numbers
    finally:  # no record was destroyed
        write("delete from disposal where number = any(%s) returning number", numbers)


def test_every_change_of_people_is_listed(lead: Person) -> None:
    write(
        "insert into people_log (agency_id, act, by_account, account_id, detail, at) "
        "select %s, 'team_changed', %s, %s, jsonb_build_object('team', 'Team ' || n), now() - n * interval '1 minute' "
        "from generate_series(1, %s) n returning id",
        lead.agency.id, lead.account, lead.account, MANY,
    )  # fmt: skip
    listed = whole(Browser(fresh_token(lead)), "/oversight/people", r"Team (\d+)[^<]*</p>")
    assert listed == [str(number) for number in range(1, MANY + 1)]


def test_every_case_of_the_worklist_is_listed_and_what_it_is_narrowed_to_stays(lead: Person) -> None:
    officer = make_person(lead.agency)
    of_another = open_case(officer, version=publish_version(scheme="uttlesford"))
    version = publish_version()
    cases = {str(open_case(officer, version=version).id) for _ in range(MANY)}
    browser = Browser(fresh_token(officer))
    assert set(whole(browser, "/work?scheme=norfolk", r'href="/cases/([\w-]{36})"')) == cases
    assert str(of_another.id) in page(browser, "/work", 1) + page(browser, "/work", 2)
    assert "?scheme=norfolk" in page(browser, "/work?scheme=norfolk", 3)
    assert "Nothing needs you now" in page(browser, "/work?scheme=national_model", 3)


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
