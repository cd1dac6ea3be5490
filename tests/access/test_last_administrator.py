"""Can an agency lose its last administrator? Not by ending, demoting or moving them, nor by two who do it at once."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import psycopg
import pytest
from django.db import IntegrityError, connections

from sanctuary.records import accounts, invitations, people
from sanctuary.records.arranging import LAST_ADMINISTRATOR, NotTheirs, RuleBroken
from sanctuary.records.invitations import invite_again as again
from sanctuary.records.query import as_owner, run
from tests.support.access.administration import (
    browser,
    county_administrator,
    fill,
    invited,
    kept_of,
    make_administrator,
    office,
    proved,
)
from tests.support.access.signing import with_app
from tests.support.database import Agency, Person, administrator, make_agency, make_person, on_the_record
from tests.support.proof import length

pytestmark = on_the_record

ROUNDS = length(full=20, short=4)


def administrators_of(agency: Agency) -> int:
    with administrator() as connection:
        found = connection.execute(
            "select count(*) from account where agency_id = %s and is_active and 'administrator' = any (duties)",
            [agency.id],
        ).fetchone()
    assert found
    return int(found[0])


def ended(who: Person) -> None:
    people.end(who.account)


def demoted(who: Person) -> None:
    people.change(who.account, name=who.name, role=who.role, team=None, duties=())


@pytest.mark.parametrize("act", [ended, demoted])
def test_the_last_administrator_stays_one(act: Callable[[Person], None]) -> None:
    here = office()
    with proved(here.administrator):
        with pytest.raises(RuleBroken) as broken:
            act(here.administrator)
        assert broken.value.rule == LAST_ADMINISTRATOR
    assert administrators_of(here.agency) == 1
    assert kept_of("account", "id", here.administrator.account)["is_active"]


@pytest.mark.parametrize("act", [ended, demoted])
def test_once_there_is_another_the_first_may_go(act: Callable[[Person], None]) -> None:
    here = office()
    make_administrator(here.agency)
    with proved(here.administrator):
        act(here.administrator)
    assert administrators_of(here.agency) == 1


def test_an_administrator_who_has_left_counts_for_none() -> None:
    here = office()
    left = make_administrator(here.agency)
    with proved(here.administrator):
        people.end(left.account)
        with pytest.raises(RuleBroken):
            people.end(here.administrator.account)


STATEMENTS = [
    "update account set is_active = false where id = %s",
    "update account set duties = '{oversight}' where id = %s",
    "update account set agency_id = (select id from agency where key = %s) where id = %s",
    "delete from account where id = %s",
]


@pytest.mark.parametrize("statement", STATEMENTS)
def test_not_even_whoever_looks_after_the_database_takes_them_away_by_mistake(statement: str) -> None:
    agency = make_agency()
    ada = make_person(agency)
    people.give_duties(ada.account, ["administrator"])
    values = [make_agency().key, ada.account] if statement.count("%s") == 2 else [ada.account]
    with administrator() as connection, pytest.raises(psycopg.errors.IntegrityError) as refused:
        connection.execute(statement, values)
    assert refused.value.diag.constraint_name == LAST_ADMINISTRATOR
    assert administrators_of(agency) == 1


def test_one_may_follow_another_within_a_transaction() -> None:
    agency = make_agency()
    first, second = make_administrator(agency), with_app(make_person(agency))
    with as_owner():
        run("update account set duties = '{}' where id = %s", [first.account], using="owner")
        run("update account set duties = '{administrator}' where id = %s", [second.account], using="owner")
    assert administrators_of(agency) == 1


def test_a_transaction_that_does_not_see_what_others_commit_may_not_try() -> None:
    ada = make_administrator(make_agency())
    with administrator() as connection:
        connection.execute("set default_transaction_isolation = 'repeatable read'")
        with pytest.raises(psycopg.errors.ActiveSqlTransaction):
            connection.execute("update account set duties = '{}' where id = %s", [ada.account])


def test_an_agency_without_an_administrator_loses_its_people_as_ever() -> None:
    robin = make_person(make_agency())
    accounts.retire_account(robin.account)
    assert not kept_of("account", "id", robin.account)["is_active"]


def both_at_once(first: Callable[[], None], second: Callable[[], None]) -> list[bool]:
    """Whether each of the two succeeded, begun at the same moment in transactions of their own."""

    def tried(act: Callable[[], None]) -> bool:
        try:
            act()
        except (RuleBroken, NotTheirs, IntegrityError):
            return False
        finally:
            connections.close_all()
        return True

    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(tried, (first, second)))


def by(act: Callable[[Person], None], who: Person, whom: Person, start: Barrier) -> Callable[[], None]:
    """One does it to the other, once both are known to be who they are."""

    def done() -> None:
        with proved(who):
            accounts.current()
            start.wait()
            act(whom)

    return done


@pytest.mark.parametrize("act", [ended, demoted])
def test_two_who_end_each_other_at_once_leave_one(act: Callable[[Person], None]) -> None:
    for _ in range(ROUNDS):
        agency = make_agency()
        ada, bea, start = make_administrator(agency), make_administrator(agency, "Bea Example"), Barrier(2)
        assert sorted(both_at_once(by(act, ada, bea, start), by(act, bea, ada, start))) == [False, True]
        assert administrators_of(agency) == 1


def leaves(who: Person, start: Barrier) -> Callable[[], None]:
    """One ends in a transaction that has not committed when the other begins to end."""

    def done() -> None:
        with as_owner():
            run("update account set is_active = false where id = %s", [who.account], using="owner")
            start.wait()

    return done


def test_two_who_leave_at_once_without_asking_leave_one() -> None:
    """Past every function, as a job or somebody at the database might."""
    for _ in range(ROUNDS):
        agency = make_agency()
        pair, start = (make_administrator(agency), make_administrator(agency, "Bea Example")), Barrier(2)
        assert sorted(both_at_once(*(leaves(who, start) for who in pair))) == [False, True]
        assert administrators_of(agency) == 1


def test_without_the_trigger_two_at_once_would_leave_none() -> None:
    """The races above are races: where nothing waits for anything, the agency loses both."""
    agency = make_agency()
    pair, start = (make_administrator(agency), make_administrator(agency, "Bea Example")), Barrier(2)
    with administrator() as connection:
        connection.execute("alter table account disable trigger last_administrator")
        try:
            assert both_at_once(*(leaves(who, start) for who in pair)) == [True, True]
        finally:
            connection.execute("alter table account enable trigger last_administrator")
    assert administrators_of(agency) == 0


def test_the_screen_says_calmly_why_not_and_what_to_do() -> None:
    agency = make_agency()
    ada = make_administrator(agency)
    for address, button in (("end", "End the account"), ("change", "Save the change")):
        visitor = browser(ada)
        screen = visitor.open(f"/administration/people/{ada.account}/{address}")
        form = screen.form
        for control in form.controls:
            control.chosen = control.chosen and control.name != "duties"
        screen = visitor.submit(form, button)
        assert screen.status == 409
        assert "last administrator of your agency who can sign in" in screen.text
        assert "Make somebody else an administrator first" in screen.text
    assert administrators_of(agency) == 1


def test_on_the_screen_one_of_two_may_leave() -> None:
    ada = county_administrator()
    make_administrator(ada.agency)
    screen = fill(browser(ada), f"/administration/people/{ada.account}/end", "End the account")
    assert screen.status == 200


def test_an_administrator_who_cannot_come_in_counts_for_none() -> None:
    """Set up anew, and not back: their link dies with the duty of whoever made it, and nobody could invite anybody."""
    here = office()
    ada, bea = here.administrator, make_administrator(here.agency, "Bea Example")
    with proved(ada):
        again(bea.account)
    for act in (ended, demoted):
        with proved(ada), pytest.raises(RuleBroken) as broken:
            act(ada)
        assert broken.value.rule == LAST_ADMINISTRATOR
    assert administrators_of(here.agency) == 2


def test_a_newcomer_who_has_set_up_no_way_in_counts_for_none() -> None:
    here = office()
    keys, _ = invited(here.administrator, duties=frozenset({"administrator"}))
    assert invitations.accept(keys.token, keys.code)
    with proved(here.administrator), pytest.raises(RuleBroken):
        demoted(here.administrator)
