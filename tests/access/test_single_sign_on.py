"""Whose account does an agency's own sign-in open? One of that agency, once for each way, with two factors."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.db import transaction

from sanctuary.records import accounts, context, single_sign_on
from sanctuary.records.query import rows, run
from tests.support.database import Agency, Person, administrator, as_account, make_agency, make_person, on_the_record

pytestmark = on_the_record

ISSUER, CLIENT, SECRET = "https://login.agency.example", "sanctuary", "a secret of this installation"


def appoint(person: Person) -> None:
    """Make the person an administrator."""
    with administrator() as connection:
        connection.execute("update account set duties = '{administrator}' where id = %s", [person.account])


def step_up(token: str) -> None:
    """As if the person had just proved again who they are."""
    with administrator() as connection:
        connection.execute(
            "update sign_in_session set stepped_up = now() where token_hash = sha256(convert_to(%s, 'UTF8'))", [token]
        )


def arrange(person: Person, issuer: str = ISSUER, *, fresh: bool = True) -> bool:
    """Arrange a provider as this person."""
    token = accounts.open_session(person.account)
    if fresh:
        step_up(token)
    with context.acting(token), transaction.atomic():
        return single_sign_on.arrange(issuer, CLIENT, SECRET)


@pytest.fixture
def agency() -> Agency:
    made = make_agency()
    chief = make_person(made)
    appoint(chief)
    assert arrange(chief)
    return made


def meant(agency: Agency, subject: str, email: str) -> UUID | None:
    return single_sign_on.account_meant(agency.key, subject, email)


def test_only_an_administrator_who_proved_it_lately_arranges_and_only_for_the_own_agency() -> None:
    ours, chief = make_agency(), None
    plain, chief = make_person(ours), make_person(ours)
    appoint(chief)
    assert not arrange(plain)
    assert not arrange(chief, fresh=False)
    assert single_sign_on.provider_of(ours.key) is None
    assert arrange(chief)
    found = single_sign_on.provider_of(ours.key)
    assert found == single_sign_on.Arranged(issuer=ISSUER, client_id=CLIENT, secret=SECRET)
    assert arrange(chief, "")
    assert single_sign_on.provider_of(ours.key) is None


def test_what_is_arranged_is_shown_to_its_administrator_alone_and_never_the_secret(agency: Agency) -> None:
    plain, chief, stranger = make_person(agency), make_person(agency), make_person(make_agency())
    appoint(chief)
    appoint(stranger)
    for person, sees in ((plain, False), (chief, True), (stranger, False)):
        with as_account(person), transaction.atomic():
            assert (single_sign_on.arranged() is not None) is sees
    with administrator() as connection:
        held = connection.execute("select secret from agency_provider").fetchall()
    assert all(SECRET.encode() not in bytes(secret) for (secret,) in held)


def test_a_checked_address_finds_the_account_and_the_subject_keeps_it(agency: Agency) -> None:
    person = make_person(agency)
    assert meant(agency, "one", "") is None
    assert meant(agency, "one", person.email) == person.account
    assert meant(agency, "one", "") == person.account
    assert meant(agency, "one", make_person(agency).email) == person.account


def test_whoever_is_given_a_leavers_address_does_not_become_the_leaver(agency: Agency) -> None:
    person = make_person(agency)
    assert meant(agency, "one", person.email) == person.account
    assert meant(agency, "another", person.email) is None


def test_one_agencys_sign_in_speaks_for_nobody_elses_people(agency: Agency) -> None:
    stranger = make_person(make_agency())
    assert meant(agency, "one", stranger.email) is None
    assert meant(stranger.agency, "one", stranger.email) is None  # which has arranged none


def test_a_leaver_is_meant_no_more(agency: Agency) -> None:
    person = make_person(agency)
    assert meant(agency, "one", person.email) == person.account
    accounts.retire_account(person.account)
    assert meant(agency, "one", person.email) is None
    assert meant(agency, "two", person.email) is None


def test_another_provider_forgets_whom_the_one_before_it_meant(agency: Agency) -> None:
    person, chief = make_person(agency), make_person(agency)
    appoint(chief)
    assert meant(agency, "one", person.email) == person.account
    assert arrange(chief, "https://new.agency.example")
    assert meant(agency, "one", "") is None
    assert meant(agency, "two", person.email) == person.account


def test_a_way_is_gone_once_and_only_to_its_agency(agency: Agency) -> None:
    single_sign_on.begin_way(agency.key, "state", "nonce", "verifier")
    assert single_sign_on.end_way(make_agency().key, "state") is None
    assert single_sign_on.end_way(agency.key, "guessed") is None
    assert single_sign_on.end_way(agency.key, "state") == ("nonce", "verifier")
    assert single_sign_on.end_way(agency.key, "state") is None


def test_a_way_that_took_too_long_is_over(agency: Agency) -> None:
    single_sign_on.begin_way(agency.key, "slow", "nonce", "verifier")
    with administrator() as connection:
        connection.execute("update provider_way set expires = now() - interval '1 second'")
    assert single_sign_on.end_way(agency.key, "slow") is None


def test_a_request_reads_no_ways_and_no_subjects(agency: Agency) -> None:
    person = make_person(agency)
    for table in ("provider_way", "provider_subject"):
        with as_account(person), pytest.raises(Exception, match="permission denied"), transaction.atomic():
            rows(f"select * from {table}")
        with as_account(person), pytest.raises(Exception, match="permission denied"), transaction.atomic():
            run(f"delete from {table}")
