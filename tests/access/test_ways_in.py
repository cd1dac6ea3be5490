"""Does any way in take one proof? Every page that answers anyone, every function of the door, every command."""

from __future__ import annotations

import re
from itertools import combinations
from typing import Any
from uuid import UUID

import psycopg
import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from sanctuary.cli import COMMANDS
from sanctuary.records import sign_in
from sanctuary.records.alarms import looked_after
from sanctuary.records.middleware import COOKIE
from sanctuary.records.tokens import hashed, new_token
from sanctuary.web.access_table import Who
from sanctuary.web.addresses import ALL
from tests.support.access.oversight import make_lead
from tests.support.access.signing import code, no_code, typed_password, with_app
from tests.support.database import (
    PASSWORD,
    Person,
    administrator,
    asking,
    login,
    make_agency,
    make_person,
    on_the_record,
)

pytestmark = on_the_record

# What each way asks for. A further one is a further line here, with a test of its own that half of it opens nothing.
WAYS = {
    "passkey": {"passkey"},
    "password_code": {"password", "code"},
    "password_recovery": {"password", "recovery"},
    "agency": {"agency", "agency_second"},
    "agency_code": {"agency", "code"},
    "agency_recovery": {"agency", "recovery"},
    "owner": set(),
}
# Every page that answers anyone, and what it may lead to.
ROUTES = {
    "start": "reads nothing",
    "sign_in": "one proof",
    "sign_in_passkey": "both proofs at once",
    "sign_in_code": "the second proof",
    "sign_in_recovery": "the second proof",
    "sign_out": "ends a session",
    "welcome": "a newcomer's factors",
    "welcome_password": "a newcomer's factors",
    "welcome_app": "a newcomer's factors",
    "welcome_codes": "a newcomer's factors",
    "welcome_passkey": "a newcomer's factors",
    "welcome_done": "a newcomer's factors",
    "sign_in_through_agency": "reads which agencies",
    "leave_for_agency": "one proof, elsewhere",
    "back_from_agency": "one proof, or both at once",
    "accept": "an invitation, for a newcomer's factors",
}
# Every function that the door's login may run. Only `open_session` opens one, for an attempt that `prove_*` and, for a
# newcomer, setting up a factor have carried far enough.
DOOR = {
    "add_passkey", "ask_code", "ask_passkey", "ask_password", "carry_form", "close_session", "my_passkeys", "my_ways",
    "new_recovery_codes", "open_session", "passkey_key", "prove_code", "prove_passkey", "prove_password",
    "prove_recovery", "session_account", "set_challenge", "set_code_app", "set_password", "sign_in_limits",
    "take_challenge",
    # An invitation begins the setting up of factors; an agency's own sign-in says whom it means.
    "accept_invitation", "begin_way", "end_way", "prove_agency", "provider_of", "providers",
    # No way in: what was destroyed in spite of a backup.
    "still_here",
}  # fmt: skip
# Every command, and what it does about sessions.
CLI = {
    "check": "none", "why": "none", "compare": "none", "draw": "none", "publish": "none", "code": "none",
    "tend": "none", "verify-audit": "none", "stop-everyone": "ends all", "let-in": "none", "decoy": "none",
    "replay-erasures": "none", "screen-again": "none", "invite": "none: an invitation",
    "serve": "the owner's, for the county", "demo-reset": "the owner's, for the county",
}  # fmt: skip


@pytest.fixture
def person() -> Person:
    return with_app(make_person(make_agency()))


def sessions(person: Person) -> int:
    """How many sessions this person has that live."""
    with administrator() as connection:
        found = connection.execute(
            "select count(*) from sign_in_session where account_id = %s and expires > now()", [person.account]
        ).fetchone()
    assert found is not None
    return int(found[0])


def attempt(person: Person, proofs: tuple[str, ...], purpose: str = "sign_in") -> str:
    token = new_token()
    session = bytes(32) if purpose == "confirm" else None
    with administrator() as connection:
        connection.execute(
            "insert into sign_in_attempt (token_hash, purpose, account_id, session_hash, proved, expires) "
            "values (%s, %s, %s, %s, %s, now() + interval '1 minute')",
            [hashed(token), purpose, person.account, session, list(proofs)],
        )
    return token


# --- The list is whole ------------------------------------------------------------------------------------------------


@pytest.mark.failure(19)
def test_the_ways_in_are_these_and_none_takes_one_proof() -> None:
    with administrator() as connection:
        kept = {way: set(proofs) for way, proofs in connection.execute("select way, proofs from way_in").fetchall()}
    assert kept == WAYS
    assert all(len(proofs) >= 2 or way in ("passkey", "owner") for way, proofs in kept.items())


@pytest.mark.parametrize("proofs", ["{password}", "{code}", "{recovery}", "{}", "{password,password}"])
def test_the_database_takes_no_way_of_one_proof(proofs: str) -> None:
    with administrator() as connection, pytest.raises(psycopg.errors.CheckViolation):
        connection.execute("insert into way_in values ('quick', %s)", [proofs])


def test_a_session_says_by_which_way_it_was_opened() -> None:
    with administrator() as connection:
        account = make_person(make_agency()).account
        with pytest.raises(psycopg.errors.ForeignKeyViolation):
            connection.execute(
                "insert into sign_in_session (token_hash, account_id, expires, way) "
                "values (sha256('x'), %s, now(), 'quick')",
                [account],
            )


def test_every_page_for_anyone_is_in_the_list() -> None:
    assert {address.name for address in ALL if address.who is Who.ANYONE} == set(ROUTES)


def test_every_function_of_the_door_is_in_the_list_and_one_opens_sessions() -> None:
    with administrator() as connection:
        found = connection.execute(
            "select f.proname, f.prosrc from pg_proc f where f.pronamespace = 'public'::regnamespace "
            "and has_function_privilege(%s, f.oid, 'execute')",
            [settings.DATABASE_ROLES["door"]],
        ).fetchall()
        writing = connection.execute(
            "select f.proname from pg_proc f where f.pronamespace = 'public'::regnamespace "
            "and f.prosrc ~* 'insert\\s+into\\s+sign_in_session'"
        ).fetchall()
    names = {name for name, _ in found}
    assert names == DOOR
    assert {name for (name,) in writing} == {"open_session", "open_session_unproved"}


def test_every_command_is_in_the_list() -> None:
    assert {command.name for command in COMMANDS} == set(CLI)


# --- And nothing on it gives a session for one proof ------------------------------------------------------------------

PROOFS = ("password", "code", "recovery", "passkey", "agency", "agency_second")
SOME = [proved for count in range(4) for proved in combinations(PROOFS, count)]


@pytest.mark.failure(19)
@pytest.mark.parametrize("proved", SOME, ids="+".join)
def test_what_was_proved_opens_a_session_or_does_not(person: Person, proved: tuple[str, ...]) -> None:
    enough = any(proofs and proofs <= set(proved) for proofs in WAYS.values())
    for purpose in ("sign_in", "enrol", "confirm"):
        opened = sign_in.open_session(attempt(person, proved, purpose), "", None)
        assert (opened is not None) is (enough and purpose != "confirm"), purpose
    assert (sessions(person) > 0) is enough


def test_no_attempt_opens_a_session_for_an_account_that_ended(person: Person) -> None:
    token = attempt(person, ("password", "code"))
    with administrator() as connection:
        connection.execute("alter table account disable trigger ends_sessions")
        connection.execute("update account set is_active = false where id = %s", [person.account])
        connection.execute("alter table account enable trigger ends_sessions")
    assert sign_in.open_session(token, "", None) is None


# Everything that somebody who knows one thing can send.
SENT = {
    "email": "", "password": "correct horse battery staple", "credential": "{}", "title": "x",
    "app": "", "next": "/work",
}  # fmt: skip


@pytest.mark.failure(19)
@pytest.mark.parametrize("name", ROUTES)
def test_no_page_lets_anybody_in_for_a_password_alone(person: Person, name: str) -> None:
    address = _address(name)
    client = Client(raise_request_exception=False)
    typed_password(client, person)
    for _ in range(2):
        client.get(address)
        client.post(address, {**SENT, "email": person.email, "code": no_code()})
    assert sessions(person) == 0
    assert COOKIE not in client.cookies or not client.cookies[COOKIE].value
    assert client.get("/work").status_code == 302


@pytest.mark.failure(19)
@pytest.mark.parametrize("name", ROUTES)
def test_no_page_lets_anybody_in_for_a_code_alone(person: Person, name: str) -> None:
    client = Client(raise_request_exception=False)
    client.post(_address(name), {**SENT, "email": person.email, "password": "wrong", "code": code()})
    client.post("/sign-in/code", {"code": code()})
    assert sessions(person) == 0


def _address(name: str) -> str:
    """The page's address, with something in each place."""
    parts = next(address.path for address in ALL if address.name == name)
    return reverse(name, kwargs={part: str(UUID(int=0)) for part in re.findall(r"<(?:\w+:)?(\w+)>", parts)})


def test_the_stolen_login_of_the_door_reads_no_table_and_opens_nothing_by_itself(person: Person) -> None:
    """It may claim that a password was right, as the site does; a second proof it has to have, or claim as well."""
    with login("door") as bare:
        for table in (
            "account",
            "sign_in_session",
            "passkey",
            "code_app",
            "recovery_code",
            "sign_in_attempt",
            "challenge",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                bare.execute(f"select * from {table}")
        for statement in (
            "select open_session_unproved(%s, sha256('x'), interval '1 hour', true)",
            "select begin_attempt(sha256('x'), 'enrol', %s)",
            "select begin_enrolment(%s, sha256('x'))",
            "select prove(sha256('x'), 'password', %s)",
            "select reset_factors(%s)",
            "select end_sessions(%s)",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                bare.execute(statement, [person.account])
        bare.execute("select * from ask_password(sha256('a'), %s, '')", [person.email])
        assert one(bare, "select prove_password(sha256('a'))") is True
        assert one(bare, "select open_session(sha256('a'), sha256('b'), '', null)") is False
        assert one(bare, "select prove_recovery(sha256('a'), sha256('guess'))") == "no"
        assert one(bare, "select prove_password(sha256('a'))") is False  # the same proof is not a second one
        assert one(bare, "select open_session(sha256('a'), sha256('b'), '', null)") is False
    assert sessions(person) == 0


def test_the_stolen_login_of_the_site_opens_no_session(person: Person) -> None:
    with login() as bare:
        for statement in (
            "select open_session(sha256('a'), sha256('b'), '', null)",
            "select open_session_unproved(gen_random_uuid(), sha256('x'), interval '1 hour', true)",
            "select prove_password(sha256('a'))",
            "insert into sign_in_session (token_hash, way) values (sha256('x'), 'owner')",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                bare.execute(statement)


def one(connection: psycopg.Connection[Any], statement: str) -> Any:
    """The one value that the statement gives."""
    found = connection.execute(statement).fetchone()
    return found[0] if found else None


def test_leads_hear_of_it_when_somebody_with_the_password_guesses_codes() -> None:
    person = make_person(make_agency())
    lead = make_lead(person.agency)
    for tries in (5, 5, 2):
        _, token = sign_in.prove_password(person.email, PASSWORD, "there")
        said = [sign_in.prove_recovery(token, "aaaa-bbbb-cccc") for _ in range(tries)]
    assert said == [sign_in.Said.WAIT] * 2
    with asking(lead):
        found = [each.kind for each in looked_after() if each.about == person.account]
    assert found == ["codes_guessed"]
