"""Does signing in with a password take a second proof, each once, and tell a stranger nothing?"""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connections
from django.test import Client

from sanctuary.actions import enrol
from sanctuary.gateways import code_app
from sanctuary.records import crypto, sign_in
from sanctuary.records.query import row
from sanctuary.records.sign_in import Said
from sanctuary.records.tokens import hashed, new_token
from tests.support.access.authenticator import Device
from tests.support.access.signing import (
    SECRET,
    browser,
    code,
    no_code,
    options,
    shown,
    signed_in,
    typed_password,
    with_app,
)
from tests.support.database import ALIASES, PASSWORD, Person, administrator, make_agency, make_person, on_the_record

pytestmark = on_the_record
STEP = timedelta(seconds=30)
NEW_PASSWORD = "lantern gravel teapot"


@pytest.fixture
def person() -> Person:
    return with_app(make_person(make_agency()))


def bare(answer: Any) -> str:
    """A page without what differs in every answer."""
    return re.sub(r'(nonce|value)="[^"]*"', "", answer.content.decode())


def half_way(person: Person) -> tuple[Client, str]:
    """A browser whose password was right, and the token of its attempt."""
    client = Client()
    assert typed_password(client, person).status_code == 302
    token = client.cookies["sanctuary_attempt"].value.partition(":")[0]
    return client, token


# --- The way in -------------------------------------------------------------------------------------------------------


def test_a_password_and_a_code_lead_in(person: Person) -> None:
    client = Client()
    answer = typed_password(client, person, next="/search")
    assert answer.url == "/sign-in/code?next=%2Fsearch"  # type: ignore[attr-defined]
    assert client.get("/work").status_code == 302
    assert "Enter your code" in shown(client.get(answer.url))  # type: ignore[attr-defined]
    typed = code()
    answer = client.post("/sign-in/code", {"code": f" {typed[:3]} {typed[3:]} ", "next": "/search"})
    assert answer.url == "/search"  # type: ignore[attr-defined]
    assert client.get("/work").status_code == 200


@pytest.mark.parametrize(
    "elsewhere", ["https://elsewhere.example", "//elsewhere.example", "javascript:alert(1)", "\\evil"]
)
def test_signing_in_leads_nowhere_else(person: Person, elsewhere: str) -> None:
    client = Client()
    assert typed_password(client, person, next=elsewhere).url == "/sign-in/code"  # type: ignore[attr-defined]
    answer = client.post("/sign-in/code", {"code": code(), "next": elsewhere})
    assert answer.url == "/work"  # type: ignore[attr-defined]


def test_a_page_on_the_way_without_a_beginning_leads_to_the_beginning(person: Person) -> None:
    for address in ("/sign-in/code", "/sign-in/recovery"):
        assert Client().get(address).url == "/sign-in"  # type: ignore[attr-defined]
        assert Client().post(address, {"code": code()}).url == "/sign-in"  # type: ignore[attr-defined]
    assert Client().get("/sign-in/passkey").url == "/sign-in"  # type: ignore[attr-defined]


def test_a_stranger_learns_nothing_of_who_has_an_account(person: Person) -> None:
    unknown = f"{uuid4().hex}@agency.example"
    answers = [Client().post("/sign-in", {"email": email, "password": "wrong"}) for email in (person.email, unknown)]
    assert [answer.status_code for answer in answers] == [403, 403]
    assert len({bare(answer) for answer in answers}) == 1
    assert len({tuple(sorted(answer.cookies)) for answer in answers}) == 1


# --- Codes ------------------------------------------------------------------------------------------------------------


@pytest.mark.failure(19)
def test_a_code_is_taken_once_and_none_before_it(person: Person) -> None:
    now = datetime.now(UTC)
    for at, taken in ((now, True), (now, False), (now - STEP, False), (now + STEP, True), (now, False)):
        client, _ = half_way(person)
        assert (client.post("/sign-in/code", {"code": code(at)}).status_code == 302) is taken, at


def test_a_code_sent_by_many_workers_at_once_is_taken_by_one(person: Person) -> None:
    tokens = [half_way(person)[1] for _ in range(5)]
    step = code_app.step_of(SECRET, code(), datetime.now(UTC))

    def tried(token: str) -> bool:
        try:
            return sign_in.prove_code(token, step or 0)
        finally:
            for alias in ALIASES:
                connections[alias].close()

    with ThreadPoolExecutor(5) as pool:
        assert sum(pool.map(tried, tokens)) == 1


@pytest.mark.parametrize(
    "typed", ["", "12345", "1234567", "abcdef", "１２３４５６", "0x1234", "\0", "-12345", "1" * 5000]
)
def test_what_is_no_code_is_refused(person: Person, typed: str) -> None:
    client, _ = half_way(person)
    answer = client.post("/sign-in/code", {"code": typed})
    assert (answer.status_code, "Enter the 6 figures" in shown(answer)) == (403, True)


def test_a_code_too_old_or_too_early_is_refused(person: Person) -> None:
    client, _ = half_way(person)
    for steps in (-3, 3):
        assert client.post("/sign-in/code", {"code": code(datetime.now(UTC) + steps * STEP)}).status_code == 403


def test_the_code_that_set_an_app_up_signs_nobody_in(person: Person) -> None:
    client = browser(person, fresh=True)
    page = client.get("/account/ways/app").content.decode()
    sealed, secret = (
        re.search(pattern, page) for pattern in (r'name="app" value="(\w+)"', r'sanctuary-secret">([A-Z2-7 ]+)<')
    )
    assert sealed is not None
    assert secret is not None
    typed, wrong = (made(secret=secret[1].replace(" ", "")) for made in (code, no_code))
    assert client.post("/account/ways/app", {"app": sealed[1], "code": wrong}).status_code == 422
    assert client.post("/account/ways/app", {"app": "tampered", "code": typed}).status_code == 422
    assert client.post("/account/ways/app", {"app": sealed[1], "code": typed}).status_code == 302
    entering, _ = half_way(person)
    assert entering.post("/sign-in/code", {"code": typed}).status_code == 403
    assert entering.post("/sign-in/code", {"code": code()}).status_code == 403  # the app before it is worth nothing


def test_a_secret_set_up_for_one_is_not_anothers(person: Person) -> None:
    mine, theirs = (browser(each, fresh=True) for each in (person, make_person(make_agency())))
    sealed = re.search(r'name="app" value="(\w+)"', theirs.get("/account/ways/app").content.decode())
    assert sealed is not None
    assert mine.post("/account/ways/app", {"app": sealed[1], "code": code()}).status_code == 422


def test_the_secret_is_kept_sealed_for_its_account(person: Person) -> None:
    with administrator() as connection:
        found = connection.execute("select secret from code_app where account_id = %s", [person.account]).fetchone()
    assert found is not None
    assert SECRET.encode() not in bytes(found[0])
    assert sign_in.unseal_secret(person.account, bytes(found[0])) == SECRET
    for sealed, account in ((bytes(found[0]), uuid4()), (b"short", person.account), (bytes(60), person.account)):
        with pytest.raises(crypto.Damaged):
            sign_in.unseal_secret(account, sealed)


def test_the_picture_is_drawn_without_style_or_script(person: Person) -> None:
    page = browser(person, fresh=True).get("/account/ways/app").content.decode()
    drawn = page[page.index("<svg") : page.index("</svg>")]
    assert "style" not in drawn
    assert "<script" not in drawn
    assert code_app.link(SECRET, "a@agency.example").startswith("otpauth://totp/Sanctuary:a%40agency.example?secret=")


# --- Recovery codes ---------------------------------------------------------------------------------------------------


def recovery_codes(person: Person) -> list[str]:
    client = browser(person, fresh=True)
    page = client.post("/account/ways/codes").content.decode()
    return re.findall(r"<code>([a-z2-9-]{14})</code>", page)


def test_each_of_ten_recovery_codes_works_once(person: Person) -> None:
    codes = recovery_codes(person)
    assert len(set(codes)) == 10
    for typed, taken in (
        (codes[0].upper().replace("-", " "), True),
        (codes[0], False),
        ("nothing-like-it", False),
        (codes[9], True),
    ):
        client, _ = half_way(person)
        assert (client.post("/sign-in/recovery", {"code": typed}).status_code == 302) is taken
    assert "8 left" in shown(browser(person).get("/account/ways"))


def test_new_recovery_codes_end_the_old_and_none_is_kept_in_clear(person: Person) -> None:
    old, new = recovery_codes(person), recovery_codes(person)
    client, _ = half_way(person)
    assert client.post("/sign-in/recovery", {"code": old[0]}).status_code == 403
    with administrator() as connection:
        kept = connection.execute(
            "select code_hash from recovery_code where account_id = %s", [person.account]
        ).fetchall()
    assert {bytes(each[0]) for each in kept} == {sign_in.code_hash(each) for each in new}
    assert not set(old) & set(new)


def test_a_recovery_code_of_somebody_else_opens_nothing(person: Person) -> None:
    theirs = recovery_codes(with_app(make_person(make_agency())))
    client, _ = half_way(person)
    assert client.post("/sign-in/recovery", {"code": theirs[0]}).status_code == 403


def test_a_recovery_code_steps_up(person: Person) -> None:
    codes = recovery_codes(person)
    client = browser(person)
    client.get("/confirm")
    assert client.post("/confirm", {"code": codes[3]}).status_code == 302
    assert client.get("/account/ways/app").status_code == 200


# --- Guessing ---------------------------------------------------------------------------------------------------------


def test_guessing_a_password_is_stopped_for_a_while_for_anybody(person: Person) -> None:
    limit, said = 10, []
    for email in (person.email, f"{uuid4().hex}@agency.example"):
        tries = [sign_in.prove_password(email, "wrong", "there")[0] for _ in range(limit + 1)]
        assert tries == [Said.NO] * limit + [Said.WAIT]
        answer = Client().post("/sign-in", {"email": email, "password": PASSWORD})
        assert (answer.status_code, "Wait a quarter of an hour" in shown(answer)) == (403, True)
        said.append(bare(answer))
    assert said[0] == said[1]
    with administrator() as connection:
        connection.execute("update sign_in_try set since = since - interval '15 minutes 1 second'")
    assert sign_in.prove_password(person.email, PASSWORD, "there")[0] is Said.YES


def test_guesses_sent_all_at_once_are_counted_each(person: Person) -> None:
    def tried(_: int) -> Said:
        try:
            return sign_in.prove_password(person.email, "wrong", "there")[0]
        finally:
            for alias in ALIASES:
                connections[alias].close()

    with ThreadPoolExecutor(8) as pool:
        said = list(pool.map(tried, range(16)))
    assert said.count(Said.NO) == 10


def test_a_network_address_is_counted_and_not_kept(person: Person) -> None:
    place = f"place {uuid4()}"
    with administrator() as connection:
        connection.execute(
            "insert into sign_in_try values (sha256(convert_to('place|' || %s, 'UTF8')), 1000, now())", [place]
        )
    assert sign_in.prove_password(person.email, PASSWORD, place)[0] is Said.WAIT
    assert sign_in.begin_passkey(place, bytes(32)) is None
    assert sign_in.prove_password(person.email, PASSWORD, "another")[0] is Said.YES


def test_guessing_codes_ends_the_attempt_and_then_the_account_waits(person: Person) -> None:
    for _ in range(2):
        client, _ = half_way(person)
        said = [client.post("/sign-in/code", {"code": no_code()}) for _ in range(6)]
        assert ["begin again" in shown(each) for each in said] == [False] * 5 + [True]
    client, _ = half_way(person)
    assert "Wait a quarter of an hour" in shown(client.post("/sign-in/code", {"code": code()}))
    with administrator() as connection:
        connection.execute("update sign_in_try set since = since - interval '15 minutes 1 second'")
    client, _ = half_way(person)
    assert client.post("/sign-in/code", {"code": code()}).status_code == 302


def test_a_right_password_alone_forgives_no_guesses(person: Person) -> None:
    """Whoever knows the password cannot begin again and again to guess codes."""
    for _ in range(10):
        assert sign_in.prove_password(person.email, PASSWORD, "there")[0] is Said.YES
    assert sign_in.prove_password(person.email, PASSWORD, "there")[0] is Said.WAIT


def test_an_attempt_ends_after_ten_minutes(person: Person) -> None:
    client, token = half_way(person)
    with administrator() as connection:
        connection.execute("update sign_in_attempt set expires = now() where token_hash = %s", [hashed(token)])
    answer = client.post("/sign-in/code", {"code": code()})
    assert (answer.status_code, "begin again" in shown(answer)) == (403, True)


@pytest.mark.parametrize("made_up", ["x", "A" * 43, ""])
def test_a_guessed_attempt_is_nobodys(person: Person, made_up: str) -> None:
    client = Client()
    client.cookies["sanctuary_attempt"] = made_up
    assert client.post("/sign-in/code", {"code": code()}).status_code == 302
    assert client.get("/work").status_code == 302
    assert sign_in.prove_code(new_token(), 10**12) is False


# --- One's own ways ---------------------------------------------------------------------------------------------------


def test_a_new_password_signs_other_browsers_out(person: Person) -> None:
    client, other = browser(person, fresh=True), browser(person)
    for weak in ("short", "x" * 201, "Robin Example", person.email, "password1234"):
        assert client.post("/account/ways/password", {"password": weak}).status_code == 422, weak
    assert client.post("/account/ways/password", {"password": NEW_PASSWORD}).status_code == 302
    assert client.get("/work").status_code == 200
    assert other.get("/work").status_code == 302
    assert typed_password(Client(), person).status_code == 403
    assert typed_password(Client(), person, NEW_PASSWORD).status_code == 302


def newcomer() -> tuple[Client, Person]:
    """Somebody whose invitation was just taken, without any way of signing in."""
    person, token = make_person(make_agency()), new_token()
    with administrator() as connection:
        connection.execute("select reset_factors(%s)", [person.account])
        connection.execute("select begin_enrolment(%s, %s)", [person.account, hashed(token)])
    client = Client()
    answer = client.get("/sign-in")
    from sanctuary.web.entering import COOKIE, hold

    client.cookies[COOKIE] = hold(answer, token).cookies[COOKIE].value
    return client, person


def test_a_newcomer_sets_up_a_password_an_app_and_codes_and_is_in() -> None:
    client, person = newcomer()
    assert "Robin Example" in shown(client.get("/welcome"))
    assert client.post("/welcome/password", {"password": NEW_PASSWORD}).url == "/welcome/app"  # type: ignore[attr-defined]
    assert client.post("/welcome/done").status_code == 422  # a password alone is not enough
    assert client.get("/work").status_code == 302
    page = client.get("/welcome/app").content.decode()
    sealed, secret = (
        re.search(pattern, page) for pattern in (r'name="app" value="(\w+)"', r'sanctuary-secret">([A-Z2-7 ]+)<')
    )
    assert sealed is not None
    assert secret is not None
    typed = code(secret=secret[1].replace(" ", ""))
    assert client.post("/welcome/app", {"app": sealed[1], "code": typed}).url == "/welcome/codes"  # type: ignore[attr-defined]
    assert "never shown again" in shown(client.post("/welcome/codes"))
    assert client.get("/welcome/done").url == "/welcome"  # type: ignore[attr-defined]
    assert client.post("/welcome/done").url == "/work"  # type: ignore[attr-defined]
    assert client.get("/work").status_code == 200
    assert client.get("/welcome").status_code == 403
    assert typed_password(Client(), person, NEW_PASSWORD).status_code == 302


def test_a_newcomer_sets_up_a_passkey_and_is_in() -> None:
    client, _ = newcomer()
    device = Device()
    credential = device.make(options(client.get("/welcome/passkey")))
    assert client.post("/welcome/passkey", {"title": "", "credential": credential}).status_code == 422
    credential = device.make(options(client.get("/welcome/passkey")))
    assert client.post("/welcome/passkey", {"title": "Phone", "credential": credential}).url == "/work"  # type: ignore[attr-defined]
    again = Client()
    question = options(again.post("/sign-in/passkey"))
    assert again.post("/sign-in/passkey", {"credential": device.use(question)}).url == "/work"  # type: ignore[attr-defined]


@pytest.mark.parametrize("page", ["", "/password", "/app", "/codes", "/passkey", "/done"])
def test_without_an_invitation_there_is_nothing_to_set_up(person: Person, page: str) -> None:
    halfway, _ = half_way(person)
    for client in (Client(), halfway, signed_in(person)):
        for answer in (client.get(f"/welcome{page}"), client.post(f"/welcome{page}", {"password": NEW_PASSWORD})):
            assert (answer.status_code, "This page has ended" in shown(answer)) == (403, True)


def test_a_newcomers_time_ends(person: Person) -> None:
    client, _ = newcomer()
    with administrator() as connection:
        connection.execute("update sign_in_attempt set expires = now() where purpose = 'enrol'")
    assert client.post("/welcome/password", {"password": NEW_PASSWORD}).status_code == 403


def test_codes_and_secrets_are_never_alike() -> None:
    assert len({code_app.new_secret() for _ in range(100)}) == 100
    assert enrol.CODES == 10
    assert row("select count(*) from sign_in_limits()", using="door") == (1,)
