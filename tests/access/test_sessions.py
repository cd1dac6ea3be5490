"""Does a session end when it should, and is nothing typed lost by that? Limits, leavers, other browsers, step-up."""

from __future__ import annotations

import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any
from uuid import uuid4

import pytest
from django.db import connections, transaction
from django.test import Client

from sanctuary.records import accounts, context, middleware, sign_in, ways
from sanctuary.records.carrying import Form, carried, carry
from sanctuary.records.query import as_owner, row, run
from sanctuary.records.tokens import hashed, new_token
from tests.support.access.authenticator import Device
from tests.support.access.signing import browser, code, no_code, options, shown, signed_in, with_app
from tests.support.database import ALIASES, Person, administrator, asking, make_agency, make_person, on_the_record

pytestmark = on_the_record
TYPED = {"name": "Ada Example", "reference": "", "postcode": "", "birth_date": ""}


@pytest.fixture
def person() -> Person:
    return with_app(make_person(make_agency()))


def is_in(token: str) -> bool:
    with context.acting(token), transaction.atomic():
        return accounts.current() is not None


def age(token: str, column: str, words: str) -> None:
    """Let the session have been like this for so long."""
    with administrator() as connection:
        connection.execute(
            f"update sign_in_session set {column} = now() - %s::interval where token_hash = %s", [words, hashed(token)]
        )


def attempt_of(person: Person, proofs: str = "{passkey}") -> str:
    """An attempt that came so far, without the ceremonies."""
    token = new_token()
    with administrator() as connection:
        connection.execute(
            "insert into sign_in_attempt (token_hash, purpose, account_id, proved, expires) "
            "values (%s, 'sign_in', %s, %s, now() + interval '1 minute')",
            [hashed(token), person.account, proofs],
        )
    return token


def enters(person: Person) -> str:
    """The token of a session opened by the way of a passkey, without its ceremony."""
    attempt = attempt_of(person)
    token = sign_in.open_session(attempt, "Firefox on Linux", None)
    assert token is not None
    return token


def test_a_session_ends_after_half_an_hour_unused_and_half_a_day_in_any_case(person: Person) -> None:
    token = enters(person)
    age(token, "last_seen", "29 minutes")
    assert is_in(token)
    age(token, "last_seen", "30 minutes 1 second")
    assert not is_in(token)
    other = enters(person)
    with administrator() as connection:
        lasting = connection.execute(
            "select expires - created from sign_in_session where token_hash = %s", [hashed(other)]
        ).fetchone()
    assert lasting == (timedelta(hours=12),)
    age(other, "expires", "0")
    assert not is_in(other)


def test_the_limits_told_are_the_limits_kept() -> None:
    kept = sign_in.limits()
    assert (kept.lasting, kept.idle, kept.fresh, kept.at_most) == (
        timedelta(hours=12), timedelta(minutes=30), timedelta(minutes=10), 3,
    )  # fmt: skip


def test_a_fourth_browser_ends_the_oldest(person: Person) -> None:
    tokens = [enters(person) for _ in range(4)]
    assert [is_in(token) for token in tokens] == [False, True, True, True]
    other = enters(make_person(make_agency()))
    assert is_in(other)


def test_many_who_sign_in_at_once_leave_three(person: Person) -> None:
    attempts = [attempt_of(person) for _ in range(8)]
    with ThreadPoolExecutor(8) as pool:
        tokens = list(pool.map(lambda attempt: in_a_thread(sign_in.open_session, attempt, "", None), attempts))
    assert None not in tokens
    assert sum(is_in(token) for token in tokens) == 3


def in_a_thread(act: Any, *words: Any) -> Any:
    try:
        return act(*words)
    finally:
        for alias in ALIASES:
            connections[alias].close()


def test_one_attempt_opens_one_session_however_often_it_is_sent(person: Person) -> None:
    attempt = attempt_of(person, "{password,code}")
    with ThreadPoolExecutor(6) as pool:
        tokens = list(pool.map(lambda _: in_a_thread(sign_in.open_session, attempt, "", None), range(6)))
    assert len([token for token in tokens if token]) == 1


CHANGES = {
    "ended": "update account set is_active = false where id = %s",
    "another role": "update account set role = 'police' where id = %s",
}


@pytest.mark.parametrize("change", CHANGES)
def test_who_leaves_or_changes_is_out_with_the_next_request(person: Person, change: str) -> None:
    client, second = signed_in(person), enters(person)
    assert client.get("/work").status_code == 200
    with as_owner():
        run(CHANGES[change], [person.account], using="owner")
    assert client.get("/work").url.startswith("/sign-in")  # type: ignore[attr-defined]
    assert not is_in(second)


def test_a_reset_takes_every_factor_and_session(person: Person) -> None:
    client = signed_in(person)
    with administrator() as connection:
        connection.execute("select reset_factors(%s)", [person.account])
        left = connection.execute(
            "select (select count(*) from code_app where account_id = a.id), password from account a where id = %s",
            [person.account],
        ).fetchone()
    assert left == (0, "!")
    assert client.get("/work").status_code == 302
    answer = Client().post("/sign-in", {"email": person.email, "password": "!"})
    assert answer.status_code == 403


LEAVER = """
import sys, time, django
from sanctuary.gateways import database
database.ensure_server()
django.setup()
from django.db import connections
for alias in connections: connections[alias].settings_dict["NAME"] = sys.argv[1]
from sanctuary.records import accounts
sys.stdout.write("ready\\n"); sys.stdout.flush(); sys.stdin.readline()
from uuid import UUID
accounts.retire_account(UUID(sys.argv[2]))
"""


def test_a_leaver_who_signs_in_at_the_same_moment_is_out_all_the_same(person: Person) -> None:
    """Another process ends the account while this one opens sessions for it: whichever comes first, none is left."""
    name = str(connections["owner"].settings_dict["NAME"])
    command = [sys.executable, "-c", LEAVER, name, str(person.account)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdin is not None
        assert other.stdout is not None
        assert other.stdout.readline() == "ready\n"
        tokens = [enters(person)]
        other.stdin.write("go\n")
        other.stdin.flush()
        while other.poll() is None:
            opened = sign_in.open_session(attempt_of(person), "", None)
            tokens += [opened] if opened else []
    assert other.returncode == 0
    assert not any(is_in(token) for token in tokens)
    assert ended_in_the_table(person)


def ended_in_the_table(person: Person) -> bool:
    with administrator() as connection:
        found = connection.execute(
            "select count(*) from sign_in_session where account_id = %s and expires > now()", [person.account]
        ).fetchone()
    return found == (0,)


@pytest.mark.parametrize("made_up", ["", "x", "A" * 43, "'; drop table account; --", "\0", "é" * 50])
def test_a_guessed_session_is_nobodys(person: Person, made_up: str) -> None:
    client = Client()
    client.cookies[middleware.COOKIE] = made_up
    assert client.get("/work").status_code == 302
    if "\0" not in made_up:
        assert not is_in(made_up or new_token())


def test_a_session_ended_cannot_be_used_again(person: Person) -> None:
    client = signed_in(person)
    kept = client.cookies[middleware.COOKIE].value
    age_all(person, "last_seen", "6 minutes")
    assert client.post("/sign-out").status_code == 302  # though the request itself has just been counted as use
    thief = Client()
    thief.cookies[middleware.COOKIE] = kept
    assert thief.get("/work").status_code == 302


def age_all(person: Person, column: str, words: str) -> None:
    with administrator() as connection:
        connection.execute(
            f"update sign_in_session set {column} = now() - %s::interval where account_id = %s", [words, person.account]
        )


def test_signing_in_anew_in_one_browser_ends_what_it_had(person: Person) -> None:
    client = signed_in(person)
    before = Client()
    before.cookies[middleware.COOKIE] = client.cookies[middleware.COOKIE].value
    age_all(person, "last_seen", "6 minutes")  # so that the request holds the session's row while it signs in
    soon = datetime.now(UTC) + timedelta(seconds=30)
    client.post("/sign-in", {"email": person.email, "password": "correct horse battery staple"})
    assert client.post("/sign-in/code", {"code": code(soon)}).status_code == 302
    assert client.get("/work").status_code == 200
    assert before.get("/work").status_code == 302


def test_where_one_is_signed_in_and_ending_it_there(person: Person) -> None:
    here, there = browser(person), enters(person)
    text = shown(here.get("/account/sessions"))
    assert "Firefox on Linux" in text
    assert "this browser" in text
    assert "with a passkey" in text
    number = re.search(r'name="session" value="([^"]+)"', here.get("/account/sessions").content.decode())
    assert number is not None
    stranger = browser(make_person(make_agency()))
    stranger.post("/account/sessions", {"session": number[1]})
    assert is_in(there)
    for odd in ("", "x", str(uuid4())):
        assert here.post("/account/sessions", {"session": odd}).status_code == 302
    assert here.post("/account/sessions", {"session": number[1]}).url.endswith("now=ended")  # type: ignore[attr-defined]
    assert not is_in(there)


# --- Proving it again -------------------------------------------------------------------------------------------------


def test_a_page_that_matters_asks_again_and_goes_on(person: Person) -> None:
    client = browser(person)
    answer = client.get("/account/ways/password")
    assert answer.url == "/confirm?next=%2Faccount%2Fways%2Fpassword"  # type: ignore[attr-defined]
    page = client.get(answer.url)  # type: ignore[attr-defined]
    assert "Confirm that it is you" in shown(page)
    assert client.post("/confirm", {"code": no_code()}).status_code == 403
    answer = client.post("/confirm", {"code": code(), "next": "/account/ways/password"})
    assert answer.url == "/account/ways/password"  # type: ignore[attr-defined]
    assert client.get("/account/ways/password").status_code == 200


def test_signing_in_counts_as_proof_for_ten_minutes(person: Person) -> None:
    client = signed_in(person)
    assert client.get("/account/ways/app").status_code == 200
    age_all(person, "stepped_up", "10 minutes 1 second")
    assert client.get("/account/ways/app").status_code == 302


def test_a_proof_of_one_session_is_no_proof_of_another(person: Person) -> None:
    here, there = browser(person), browser(person)
    here.get("/confirm")
    there.cookies["sanctuary_attempt"] = here.cookies["sanctuary_attempt"].value
    assert there.post("/confirm", {"code": code()}).status_code == 403
    assert there.get("/account/ways/app").status_code == 302
    assert here.get("/account/ways/app").status_code == 302


def test_the_database_asks_for_the_proof_too(person: Person) -> None:
    """Whoever holds a session without it changes no factor by asking past the pages."""
    for change in (
        "select set_password(null, 'x', null)",
        "select set_code_app(null, 'x', 1, null)",
        "select add_passkey(null, 'x', 'x', 'x', 0)",
        "select new_recovery_codes(null, '{}')",
        "select remove_passkey(gen_random_uuid(), null)",
    ):
        with pytest.raises(Exception, match="just after proving it"), asking(person):
            row(change)


# --- Nothing typed is lost --------------------------------------------------------------------------------------------


def sent_late(client: Client, **fields: str) -> str:
    """Where a form leads that is sent when nobody is signed in any more."""
    return str(client.post("/search", {**TYPED, **fields}).url)  # type: ignore[attr-defined]


def test_what_was_typed_waits_for_its_writer_and_for_nobody_else(person: Person) -> None:
    client = signed_in(person)
    age_all(person, "last_seen", "2 hours")
    led = sent_late(client)
    found = re.fullmatch(r"/sign-in\?next=%2Fcarried%2F([0-9a-f-]{36})", led)
    assert found is not None
    address = f"/carried/{found[1]}"
    assert "What you typed is kept for you" in shown(client.get(led))
    assert client.get(address).status_code == 302
    other = browser(make_person(person.agency))
    assert other.get(address).status_code == 404
    assert "Ada Example" not in shown(other.get(address))
    soon = datetime.now(UTC) + timedelta(seconds=30)
    client.post("/sign-in", {"email": person.email, "password": "correct horse battery staple", "next": address})
    answer = client.post("/sign-in/code", {"code": code(soon), "next": address})
    assert answer.url == address  # type: ignore[attr-defined]
    page = client.get(address)
    assert "Ada Example" in shown(page)
    markup = page.content.decode()
    assert '<form method="post" action="/search"' in markup
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', markup))
    assert {name: fields[name] for name in TYPED} == TYPED
    assert client.post("/search", fields).status_code == 200


def test_what_was_typed_waits_through_a_step_up(person: Person) -> None:
    client = browser(person)
    answer = client.post("/account/ways/codes", {"why": "because <of> it"})
    address = unescape(answer.url).partition("next=")[2].replace("%2F", "/")  # type: ignore[attr-defined]
    client.get(answer.url)  # type: ignore[attr-defined]
    assert client.post("/confirm", {"code": code(), "next": address}).url == address  # type: ignore[attr-defined]
    page = client.get(address)
    assert "because <of> it" in shown(page)
    assert 'action="/account/ways/codes"' in page.content.decode()


def test_what_was_typed_is_kept_sealed_and_not_for_long(person: Person) -> None:
    token = enters(person)
    number = carry(token, Form(address="/search", fields=[("name", "Ada Example")]))
    assert number is not None
    with administrator() as connection:
        rows = connection.execute("select sealed from carried_form where id = %s", [number]).fetchone()
        assert rows is not None
        assert b"Ada Example" not in bytes(rows[0])
        assert b"/search" not in bytes(rows[0])
    with asking(person):
        found = carried(number, person.account)
        assert found is not None
        assert list(found.fields) == [("name", "Ada Example")]
    with administrator() as connection:
        connection.execute("update carried_form set expires = now() where id = %s", [number])
    with asking(person):
        assert carried(number, person.account) is None
    assert int(ways.forget_old(datetime.now(UTC))) >= 1


def test_a_proof_is_carried_for_nobody(person: Person) -> None:
    client = browser(person)
    answer = client.post("/account/ways/password", {"password": "a new one that is long"})
    assert answer.url == "/confirm?next=%2Faccount%2Fways%2Fpassword"  # type: ignore[attr-defined]
    with administrator() as connection:
        assert connection.execute(
            "select count(*) from carried_form where account_id = %s", [person.account]
        ).fetchone() == (0,)


def test_a_form_of_nobody_known_is_not_kept() -> None:
    assert sent_late(Client()) == "/sign-in"
    client = Client()
    client.cookies[middleware.COOKIE] = "made up"
    assert sent_late(client) == "/sign-in"
    assert carry(new_token(), Form(address="/search", fields=[])) is None


def test_a_passkey_proves_it_again_too(person: Person) -> None:
    client, device = browser(person, fresh=True), Device()
    client.post(
        "/account/ways/passkey",
        {"title": "Key", "credential": device.make(options(client.get("/account/ways/passkey")))},
    )
    age_all(person, "stepped_up", "1 hour")
    assert client.get("/account/ways/app").status_code == 302
    page = client.get("/confirm")
    assert client.post("/confirm", {"credential": "{}"}).status_code == 403
    page = client.get("/confirm?by=code")
    assert "data-options" not in page.content.decode()
    page = client.get("/confirm")
    assert client.post("/confirm", {"credential": device.use(options(page))}).url == "/work"  # type: ignore[attr-defined]
    assert client.get("/account/ways/app").status_code == 200
