"""Do people who are changed or leave see at once no more than they may, and does everything about it stay on record?"""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import psycopg
import pytest

from sanctuary.records import accounts, context, invitations, people
from sanctuary.records.arranging import NOT_ONESELF, NotTheirs, RuleBroken
from tests.support.access.administration import (
    acts,
    browser,
    county_administrator,
    fill,
    invited,
    kept_of,
    make_administrator,
    office,
    proved,
    told,
)
from tests.support.access.oversight import make_lead
from tests.support.county import county
from tests.support.database import administrator, login, make_agency, make_person, on_the_record
from tests.support.screen import Screen

pytestmark = on_the_record


@pytest.mark.failure(20)
def test_who_leaves_is_out_with_the_next_click() -> None:
    here = office()
    visitor = browser(here.officer)
    assert visitor.open("/work").heading == "Your worklist"
    with proved(here.administrator):
        people.end(here.officer.account)
    assert visitor.open("/work").heading == "Sign in"
    account = kept_of("account", "id", here.officer.account)
    assert (account["is_active"], account["password"], account["duties"]) == (False, "!", [])


def test_with_them_end_their_invitations_and_their_part_as_deputy() -> None:
    here = office()
    keys, _ = invited(here.administrator)
    colleague, other = make_person(here.agency), make_administrator(here.agency)
    for starts, ends in (("-1 day", "1 day"), ("1 day", "2 days")):
        for one, two in ((here.administrator, colleague), (colleague, here.administrator)):
            told(
                "insert into deputy (id, account_id, for_account, starts, ends, made_by) "
                "values (%s, %s, %s, now() + %s::interval, now() + %s::interval, %s)",
                uuid4(), one.account, two.account, starts, ends, one.account,
            )  # fmt: skip
    with proved(other):
        people.end(here.administrator.account)
    with administrator() as connection:
        left = connection.execute(
            "select 1 from deputy where %s in (account_id, for_account) and ends > now()", [here.administrator.account]
        ).fetchall()
    assert left == []
    assert invitations.accept(keys.token, keys.code) is None


def test_a_changed_role_counts_from_the_next_request() -> None:
    here = office()
    with proved(here.administrator):
        people.change(here.officer.account, name=here.officer.name, role="police", team=None, duties=["oversight"])
    with proved(here.officer):
        staff = accounts.current()
    assert staff is not None
    assert (staff.role, staff.duties) == ("police", {"oversight"})


def test_nobody_gives_themselves_a_role_a_team_or_a_duty() -> None:
    here = office()
    ada = here.administrator
    for words in ({"role": "police"}, {"duties": ["administrator", "oversight"]}):
        with proved(ada), pytest.raises(RuleBroken) as broken:
            people.change(
                ada.account, **{"name": ada.name, "role": "housing", "team": None, "duties": ["administrator"], **words}
            )  # type: ignore[arg-type]
        assert broken.value.rule == NOT_ONESELF


def test_a_duty_may_be_given_up_and_by_another_given() -> None:
    here = office()
    bea = make_administrator(here.agency, "Bea Example")
    with proved(here.administrator):
        people.change(bea.account, name=bea.name, role="housing", team=None, duties=["administrator", "specialist"])
    with proved(bea):
        people.change(bea.account, name=bea.name, role="housing", team=None, duties=["specialist"])
    assert kept_of("account", "id", bea.account)["duties"] == ["specialist"]


def test_only_an_administrator_who_proved_it_lately_and_only_of_their_own_agency() -> None:
    here, elsewhere = office(), office()
    lead = make_lead(here.agency)
    words = {"name": "Robin Example", "role": "police", "team": None, "duties": ["administrator"]}
    for who in (here.officer, lead, elsewhere.administrator):
        for act in (lambda: people.change(here.officer.account, **words), lambda: people.end(here.officer.account)):  # type: ignore[arg-type]
            with proved(who), pytest.raises(NotTheirs):
                act()
    with context.acting(accounts.open_session(here.administrator.account)), pytest.raises(NotTheirs):
        people.end(here.officer.account)
    assert kept_of("account", "id", here.officer.account)["is_active"]


def test_email_addresses_are_shown_to_administrators_of_the_agency_alone() -> None:
    here, elsewhere = office(), office()
    with proved(here.administrator):
        assert here.officer.email in {each.email for each in people.everybody()}
    with proved(elsewhere.administrator):
        assert here.officer.email not in {each.email for each in people.everybody()}
    with proved(here.officer):
        assert people.everybody() == []
        assert here.officer.name in {each.name for each in people.colleagues()}


def test_every_change_is_on_record_with_who_made_it() -> None:
    here = office()
    with proved(here.administrator):
        people.change(here.officer.account, name=here.officer.name, role="police", team=None, duties=["oversight"])
        people.end(here.officer.account)
    with proved(here.administrator):
        ended, changed = people.log(2)
    assert (ended.act, ended.by, ended.about) == ("ended", here.administrator.name, here.officer.name)
    assert changed.act == "changed"
    assert (changed.detail["role_before"], changed.detail["role"]) == ("housing", "police")
    assert (changed.detail["duties_before"], changed.detail["duties"]) == ([], ["oversight"])


@pytest.mark.parametrize(
    "statement", ["update people_log set act = 'ended'", "delete from people_log", "truncate people_log"]
)
def test_nobody_changes_that_record(statement: str) -> None:
    here = office()
    invited(here.administrator)
    with administrator() as connection, pytest.raises(psycopg.errors.IntegrityConstraintViolation):
        connection.execute(statement)
    with login() as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute(statement)
    with login() as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute("insert into people_log (agency_id, act) values (1, 'ended')")


def test_administrators_and_oversight_of_the_agency_read_it_and_nobody_else_does() -> None:
    here, elsewhere = office(), office()
    invited(here.administrator)
    assert acts(here.administrator) == ["invited"]
    assert acts(make_lead(here.agency)) == ["invited"]
    for who in (here.officer, elsewhere.administrator, make_lead(elsewhere.agency)):
        assert acts(who) == []
        with proved(who):
            assert invitations.pending() == []


def test_nobody_asking_reads_nothing_of_it() -> None:
    invited(office().administrator)
    with login() as connection:
        for table in ("people_log", "invitation"):
            assert connection.execute(f"select count(*) from (select id from {table}) t").fetchone() == (0,)


# --- On the screen ---------------------------------------------------------------------------------------------------


def header_of(screen: Screen) -> set[str]:
    """Where the links of the page's header lead."""
    return {link.attributes.get("href", "") for link in screen.root.first("header").all("a")}


def test_the_pages_lead_from_the_header_to_every_part_of_administration() -> None:
    visitor = browser(county_administrator())
    assert "/administration" in header_of(visitor.open("/work"))
    screen = visitor.open("/administration")
    assert {"People", "Teams", "Deputies", "Changes of people"} <= screen.links.keys()
    for part in ("People", "Teams", "Deputies", "Changes of people"):
        visitor.open("/administration")
        assert visitor.click(part).status == 200


def test_oversight_has_an_index_and_the_log_but_no_people_to_change() -> None:
    lead = make_lead(county_administrator().agency)
    visitor = browser(lead)
    assert "/oversight" in header_of(visitor.open("/work"))
    assert visitor.open("/oversight").heading == "Oversight"
    assert visitor.click("Changes of people").status == 200
    assert visitor.open("/administration/people").status == 404


def test_an_officer_finds_no_page_of_administration() -> None:
    here = office()
    visitor = browser(here.officer)
    assert header_of(visitor.open("/work")).isdisjoint({"/administration", "/oversight"})
    for address in (
        "/administration",
        "/administration/people",
        "/administration/log",
        "/oversight",
        "/oversight/people",
    ):
        assert visitor.open(address).status == 404


def test_the_list_names_who_is_here_who_is_invited_and_who_has_left() -> None:
    ada = county_administrator()
    officer, gone = make_person(ada.agency, name="Olive Example"), make_person(ada.agency, name="Gail Example")
    _, email = invited(ada)
    with proved(ada):
        people.end(gone.account)
    screen = browser(ada).open("/administration/people")
    assert officer.email in screen.section("Who works here").text
    assert gone.email not in screen.section("Who works here").text
    assert gone.email in screen.text
    assert email in screen.section("Invited, and not here yet").text
    assert "District council (local housing authority)" in screen.text


def test_a_change_on_the_screen_is_told_in_words_in_the_log() -> None:
    ada = county_administrator()
    officer = make_person(ada.agency, name="Olive Example")
    visitor = browser(ada)
    screen = fill(
        visitor, f"/administration/people/{officer.account}/change", "Save the change", {"duties": ["oversight"]}
    )
    assert "It counts from their next click" in screen.text
    assert kept_of("account", "id", officer.account)["duties"] == ["oversight"]
    log = visitor.open("/administration/log").text
    assert "What Olive Example does was changed" in log
    assert "Duties: Oversight. Before: none" in log
    assert "Role:" not in log.partition("Duties: Oversight")[0].rpartition("What Olive")[2]


def test_somebody_who_is_called_otherwise_now_is_so_everywhere() -> None:
    ada = county_administrator()
    officer = make_person(ada.agency, name="Olive Example")
    visitor = browser(ada)
    screen = fill(
        visitor, f"/administration/people/{officer.account}/change", "Save the change", {"name": "Olive Changed"}
    )
    assert screen.heading == "Olive Changed"
    assert "Name: Olive Changed. Before: Olive Example" in visitor.open("/administration/log").text


def test_a_role_that_is_in_no_scheme_any_more_may_be_kept() -> None:
    ada = county_administrator()
    officer = make_person(ada.agency, role="warden")
    screen = fill(browser(ada), f"/administration/people/{officer.account}/change", "Save the change")
    assert screen.status == 200
    assert kept_of("account", "id", officer.account)["role"] == "warden"


def test_ending_on_the_screen_takes_a_page_of_its_own() -> None:
    ada = county_administrator()
    officer = make_person(ada.agency)
    visitor = browser(ada)
    screen = fill(visitor, f"/administration/people/{officer.account}/end", "End the account")
    assert "The account is ended" in screen.text
    assert "invite them again" in visitor.open(f"/administration/people/{officer.account}").text
    assert visitor.open(f"/administration/people/{officer.account}/end").status in (200, 404)


def test_people_of_other_agencies_have_no_page() -> None:
    visitor, other = browser(county_administrator()), make_person(make_agency())
    for address in ("", "/change", "/end", "/again"):
        assert visitor.open(f"/administration/people/{other.account}{address}").status == 404


def test_what_was_typed_when_a_role_was_taken_away_is_shown_and_not_recorded() -> None:
    here = county()
    ada = make_administrator(here.people["housing"].agency)
    case = here.case()
    writer = here.people["housing"]
    visitor = browser(writer)
    team = uuid4()
    told("insert into team (id, agency_id, title, areas) values (%s, %s, %s, '{norfolk/elsewhere}')",
         team, writer.agency.id, f"Team {team}")  # fmt: skip
    page = visitor.open(f"/cases/{case}/steps/permission/pause")
    assert page.status == 200, page.text
    filled = page.form.filled({"reason": "She is with her sister"})
    with proved(ada):
        people.change(writer.account, name=writer.name, role="housing", team=team, duties=[])
    screen = visitor.submit(filled, filled.buttons[0].label)
    assert screen.status == 404
    assert "She is with her sister" in screen.text
    assert "It was not recorded" in screen.text
    assert visitor.open(f"/cases/{case}").status == 404


def test_what_was_typed_when_the_role_itself_was_changed_waits_for_its_writer() -> None:
    here = county()
    ada = make_administrator(here.people["housing"].agency)
    case = here.case()
    writer = here.people["housing"]
    visitor = browser(writer)
    page = visitor.open(f"/cases/{case}/steps/permission/pause")
    form = page.form.filled({"reason": "She is with her sister"})
    with proved(ada):
        people.change(writer.account, name=writer.name, role="inspection", team=None, duties=[])
    answer = visitor.post(page.address, form.sent(form.buttons[0]))
    assert answer.headers["Location"].startswith("/sign-in?next=")
    carried = parse_qs(urlsplit(answer.headers["Location"]).query)["next"][0]
    assert browser(ada).open(carried).status == 404
    back = browser(writer)
    waiting = back.open(carried)
    assert "She is with her sister" in waiting.text
    screen = back.submit(waiting.form, waiting.form.buttons[0].label)
    assert screen.status == 404
    assert "She is with her sister" in screen.text
    assert "It was not recorded" in screen.text
