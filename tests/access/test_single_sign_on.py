"""Whose account does an agency's own sign-in open? One of that agency, once for each way, with two factors."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

import pytest
from django.core import signing
from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from sanctuary.actions.arrange_sign_in import arrange_sign_in
from sanctuary.gateways.single_sign_on import forget
from sanctuary.records import accounts, context, people, sign_in, single_sign_on
from sanctuary.records.alarms import looked_after
from sanctuary.records.arranging import LAST_ADMINISTRATOR, RuleBroken
from sanctuary.records.invitations import accept, invite_again, withdraw
from sanctuary.records.middleware import COOKIE, SALT
from sanctuary.records.query import rows, run
from sanctuary.records.tokens import hashed
from tests.support.access.administration import make_administrator, proved, published
from tests.support.access.oversight import make_lead
from tests.support.access.provider import CLIENT as CLIENT_ID
from tests.support.access.provider import SECRET as CLIENT_SECRET
from tests.support.access.provider import FakeProvider, provider
from tests.support.access.signing import with_app
from tests.support.database import Agency, Person, administrator, as_account, make_agency, make_person, on_the_record

pytestmark = on_the_record

ISSUER, CLIENT, SECRET = "https://login.agency.example", "sanctuary", "a secret of this installation"


def appoint(person: Person) -> None:
    """Make the person an administrator, who has a way in of their own."""
    with_app(person)
    with administrator() as connection:
        connection.execute("update account set duties = '{administrator}' where id = %s", [person.account])


def arrange(person: Person, issuer: str = ISSUER, *, fresh: bool = True) -> bool:
    """Arrange a provider as this person."""
    with context.acting(accounts.open_session(person.account, fresh=fresh)), transaction.atomic():
        return single_sign_on.arrange(issuer, CLIENT, SECRET)


@pytest.fixture
def agency() -> Agency:
    made = make_agency()
    chief = make_person(made)
    appoint(chief)
    assert arrange(chief)
    return made


def meant(agency: Agency, subject: str, email: str) -> UUID | None:
    """The account for which the agency's word begins an attempt."""
    token = single_sign_on.prove_agency(agency.key, subject, email, strong=True)
    if token is None:
        return None
    with administrator() as connection:
        found = connection.execute(
            "select account_id from sign_in_attempt where token_hash = %s", [hashed(token)]
        ).fetchone()
    assert found
    return UUID(str(found[0]))


def test_only_an_administrator_who_proved_it_lately_arranges_and_only_for_the_own_agency() -> None:
    ours = make_agency()
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


@pytest.mark.failure(19)
def test_who_arranges_where_people_sign_in_is_on_record_and_leads_hear_of_it(agency: Agency) -> None:
    """Whoever says where an agency signs in could come in as any of its people, and leave no trace of how."""
    chief, lead = make_person(agency), make_lead(agency)
    appoint(chief)
    assert arrange(chief, "https://friend.example")
    assert arrange(chief, "https://friend.example")
    assert arrange(chief, "")
    with proved(lead):
        assert [(each.act, each.by) for each in people.log(3)] == [
            ("sign_in_ended", chief.name), ("sign_in_arranged", chief.name), ("sign_in_arranged", chief.name)
        ]  # fmt: skip
        assert people.log(3)[2].detail == {"issuer": "https://friend.example", "issuer_before": ISSUER}
        assert [each.about for each in looked_after() if each.kind == "sign_in_changed"].count(chief.account) == 1


def test_an_administrator_who_was_just_ended_arranges_nothing_any_more(agency: Agency) -> None:
    one, other = make_person(agency), make_person(agency)
    appoint(one)
    appoint(other)
    with context.acting(accounts.open_session(one.account, fresh=True)), transaction.atomic():
        accounts.current()
        with administrator() as connection:
            connection.execute("update account set duties = '{}' where id = %s", [one.account])
        assert not single_sign_on.arrange("https://friend.example", CLIENT, SECRET)


@pytest.mark.failure(19)
def test_who_is_set_up_anew_does_not_come_in_by_their_agency_before_they_are_back(agency: Agency) -> None:
    """Whatever was stolen or lost may be what the agency's own sign-in asks for, too."""
    published()
    person, chief, lead = make_person(agency), make_person(agency), make_lead(agency)
    appoint(chief)
    assert meant(agency, "one", person.email) == person.account
    with proved(chief):
        keys = invite_again(person.account)
    with proved(lead):
        assert person.account in [each.about for each in looked_after() if each.kind == "second_factor_reset"]
    assert meant(agency, "one", person.email) is None
    assert meant(agency, "two", person.email) is None
    with proved(chief):
        withdraw(keys.id)
    assert meant(agency, "one", person.email) is None
    with proved(chief):
        keys = invite_again(person.account)
    assert accept(keys.token, keys.code)
    assert meant(agency, "two", person.email) == person.account
    assert meant(agency, "one", "") is None


def test_the_last_administrator_does_not_take_away_their_only_way_in(agency: Agency) -> None:
    chief = make_administrator(agency)
    with administrator() as connection:
        connection.execute("delete from code_app where account_id = %s", [chief.account])
        connection.execute(
            "update account set duties = '{}' where agency_id = %s and id <> %s", [agency.id, chief.account]
        )
    with proved(chief), pytest.raises(RuleBroken) as broken:
        single_sign_on.arrange("", "", "")
    assert broken.value.rule == LAST_ADMINISTRATOR
    assert single_sign_on.provider_of(agency.key) is not None


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


def test_an_agencys_word_lets_in_alone_only_where_it_asked_for_more_than_a_password(agency: Agency) -> None:
    person = make_person(agency)
    for strong in (True, False):
        token = single_sign_on.prove_agency(agency.key, "one", person.email, strong=strong)
        assert token
        assert (sign_in.open_session(token, "A browser", None) is not None) is strong


def test_after_a_weak_word_a_code_of_our_own_is_asked_for_and_may_be_tried(agency: Agency) -> None:
    token = single_sign_on.prove_agency(agency.key, "one", make_person(agency).email, strong=False)
    assert token
    assert sign_in.ask_code(token)[0] is sign_in.Said.YES


@pytest.fixture
def fake() -> Iterator[FakeProvider]:
    with provider() as made:
        yield made


@pytest.fixture
def person(fake: FakeProvider) -> Person:
    """Somebody whose agency has a sign-in of its own, and who has signed in there with two factors."""
    agency = make_agency()
    chief, someone = make_person(agency), make_person(agency)
    appoint(chief)
    with context.acting(accounts.open_session(chief.account, fresh=True)), transaction.atomic():
        assert arrange_sign_in(issuer=fake.issuer, client_id=CLIENT_ID, secret=CLIENT_SECRET) is None
    fake.who = {"sub": "1234", "email": someone.email, "email_verified": True, "amr": ["mfa"]}
    return someone


def away(person: Person, client: Client) -> str:
    """The address of the provider to which this browser is sent."""
    answer = client.get(f"/sign-in/to/{person.agency.key}")
    assert answer.status_code == 302
    return str(answer.headers["Location"])


def back(fake: FakeProvider, client: Client, address: str) -> HttpResponse:
    """What the site answers to a browser that comes back from there."""
    return client.get(fake.comes_back(address))  # type: ignore[return-value]


def is_in(client: Client) -> bool:
    return bool(client.get("/work").status_code == 200)


def test_somebody_comes_in_from_their_agencys_own_sign_in(person: Person, fake: FakeProvider) -> None:
    client = Client()
    assert person.agency.key in client.get("/sign-in/agency").content.decode()
    answer = back(fake, client, away(person, client))
    assert (answer.status_code, answer.headers["Location"]) == (302, "/work")
    assert is_in(client)


def test_a_password_alone_there_is_followed_by_a_code_here(person: Person, fake: FakeProvider) -> None:
    fake.who["amr"] = ["pwd"]
    client = Client()
    answer = back(fake, client, away(person, client))
    assert (answer.status_code, answer.headers["Location"]) == (302, "/sign-in/code")
    assert not is_in(client)


def test_what_comes_back_opens_once(person: Person, fake: FakeProvider) -> None:
    client = Client()
    address = fake.comes_back(away(person, client))
    assert client.get(address).status_code == 302
    client.cookies.pop("sanctuary_session")
    assert client.get(address).status_code == 403
    assert not is_in(client)


def test_what_one_browser_began_another_does_not_end(person: Person, fake: FakeProvider) -> None:
    """Or somebody could be led into the account of whoever began it."""
    one, other = Client(), Client()
    address = fake.comes_back(away(person, one))
    away(person, other)
    assert other.get(address).status_code == 403
    assert not is_in(other)


@pytest.mark.parametrize("lie", [{"email": "nobody@agency.example"}, {"email_verified": False}, {"nonce": "another"}])
def test_nobody_known_or_nobody_proved_comes_in(person: Person, fake: FakeProvider, lie: dict[str, object]) -> None:
    fake.claims = lie
    client = Client()
    answer = back(fake, client, away(person, client))
    assert answer.status_code == 403
    assert "sign in with your passkey" in answer.content.decode()
    assert not is_in(client)


def test_a_guessed_or_empty_way_back_opens_nothing(person: Person, fake: FakeProvider) -> None:
    client = Client()
    away(person, client)
    for query in ("", "?state=", "?state=guessed&code=guessed", "?error=access_denied"):
        assert client.get(f"/sign-in/from/{person.agency.key}{query}").status_code == 403
    assert client.get("/sign-in/to/no_such_agency").status_code == 404
    assert not is_in(client)


def test_a_provider_that_does_not_answer_is_not_arranged() -> None:
    with provider() as gone:
        left = gone.issuer
    for issuer, client_id, secret, wrong in (
        (left, "a", "b", {"issuer"}),
        ("ftp://login.agency.example", "a", "b", {"issuer"}),
        ("", "", "", {"issuer", "client_id", "secret"}),
    ):
        found = arrange_sign_in(issuer=issuer, client_id=client_id, secret=secret)
        assert found
        assert found.faults.keys() == wrong


def test_an_administrator_arranges_and_ends_it_on_a_page_of_their_own(person: Person, fake: FakeProvider) -> None:
    chief, client = make_person(person.agency), Client()
    appoint(chief)
    client.cookies[COOKIE] = signing.get_cookie_signer(salt=COOKIE + SALT).sign(
        accounts.open_session(chief.account, fresh=True)
    )
    page = client.get("/administration/sign-in").content.decode()
    assert fake.issuer in page
    assert CLIENT_SECRET not in page
    wrong = client.post("/administration/sign-in", {"issuer": "nowhere", "client_id": "", "secret": ""})
    assert wrong.status_code == 422
    assert client.post("/administration/sign-in", {"end": "yes"}).status_code == 302
    assert single_sign_on.provider_of(person.agency.key) is None


def test_whoever_opens_the_way_over_and_over_has_the_provider_asked_once(person: Person, fake: FakeProvider) -> None:
    fake.asked.clear()
    for _ in range(5):
        away(person, Client())
    assert fake.asked == []  # it was asked when it was arranged
    fake.described_as = "https://another.example"
    forget(fake.issuer)
    for _ in range(5):
        answer = Client().get(f"/sign-in/to/{person.agency.key}")
        assert (answer.status_code, "Location" in answer.headers) == (403, False)
    assert len(fake.asked) == 1


def test_another_issuer_counts_from_the_next_visitor_on(person: Person, fake: FakeProvider) -> None:
    chief = make_person(person.agency)
    appoint(chief)
    assert away(person, Client()).startswith(fake.issuer)
    with provider() as other:
        with context.acting(accounts.open_session(chief.account, fresh=True)), transaction.atomic():
            assert arrange_sign_in(issuer=other.issuer, client_id=CLIENT_ID, secret=CLIENT_SECRET) is None
        assert away(person, Client()).startswith(other.issuer)
    with context.acting(accounts.open_session(chief.account, fresh=True)), transaction.atomic():
        assert single_sign_on.arrange("", "", "")
    assert Client().get(f"/sign-in/to/{person.agency.key}").status_code == 404
