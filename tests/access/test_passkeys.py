"""Does a passkey sign its owner in, here, once for each question, and nobody else, from nowhere else?"""

from __future__ import annotations

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from uuid import UUID

import pytest
from django.db import connections, transaction
from django.test import Client

from sanctuary.actions import prove
from sanctuary.gateways import passkeys
from sanctuary.records import accounts, context, ways
from sanctuary.records.query import row
from tests.support.access.authenticator import Device, encoded
from tests.support.access.signing import browser, options, shown
from tests.support.database import ALIASES, Person, administrator, make_agency, make_person, on_the_record

pytestmark = on_the_record
NEW = "/account/ways/passkey"


@pytest.fixture
def person() -> Person:
    return make_person(make_agency())


def enrolled(person: Person, device: Device | None = None, title: str = "Work laptop") -> Device:
    """A device whose passkey this person has set up."""
    made = device or Device()
    client = browser(person, fresh=True)
    answer = client.post(NEW, {"title": title, "credential": made.make(options(client.get(NEW)))})
    assert answer.url == "/account/ways?now=passkey", shown(answer)  # type: ignore[attr-defined]
    return made


def asked() -> tuple[Client, str]:
    """A browser of nobody yet, and what its page tells the device."""
    client = Client()
    return client, options(client.post("/sign-in/passkey"))


def enters(client: Client, answer: str) -> bool:
    """Whether this answer signs in."""
    client.post("/sign-in/passkey", {"credential": answer})
    return bool(client.get("/work").status_code == 200)


def test_a_passkey_signs_its_owner_in(person: Person) -> None:
    device = enrolled(person)
    client, question = asked()
    assert json.loads(question)["userVerification"] == "required"
    assert json.loads(question)["allowCredentials"] == []
    answer = client.post("/sign-in/passkey", {"credential": device.use(question), "next": "/search"})
    assert answer.url == "/search"  # type: ignore[attr-defined]
    assert "Robin Example" in shown(client.get("/work"))
    again, question = asked()
    assert enters(again, device.use(question))


def test_a_passkey_that_does_not_count_works_too(person: Person) -> None:
    device = enrolled(person, Device(counts=False))
    for _ in range(2):
        client, question = asked()
        assert enters(client, device.use(question))


# How a device may be wrong, on the way in. Each is a passkey that would open the door otherwise.
WRONG: dict[str, Callable[[Device, str], str]] = {
    "another site": lambda device, question: replace(device, origin="https://sanctuary.example.net").use(question),
    "the same site without protection": lambda device, question: replace(device, origin="http://localhost").use(
        question
    ),
    "another host": lambda device, question: replace(device, host="example.net").use(question),
    "nobody verified": lambda device, question: replace(device, verifies=False).use(question),
    "a question of long ago": lambda device, question: device.use(question, challenge=encoded(bytes(32))),
    "a lower counter": lambda device, question: replace(device, count=0).use(question),
    "the same counter": lambda device, question: replace(device, count=device.count - 1).use(question),
    "another key": lambda device, question: replace(device, key=Device().key).use(question),
    "from a frame": lambda device, question: replace(device, frame=True).use(question),
    "a passkey of nobody": lambda device, question: replace(device, id=b"unknown" * 4).use(question),
    "somebody else's name": lambda device, question: replace(device, user=bytes(16)).use(question),
    "no name": lambda device, question: replace(device, user=b"").use(question),
    "a passkey made, not used": lambda device, question: device.use(question, said={"clientDataJSON": b"{}"}),
    "no JSON": lambda device, question: "{",
    "no object": lambda device, question: "[]",
    "nothing in it": lambda device, question: '{"id": "", "rawId": "", "type": "public-key", "response": {}}',
    "too much of it": lambda device, question: device.use(question, said={"userHandle": bytes(40_000)}),
}


@pytest.mark.failure(19)
@pytest.mark.parametrize("how", WRONG)
def test_a_wrong_answer_signs_nobody_in(person: Person, how: str) -> None:
    device = enrolled(person)
    client, question = asked()
    first = device.use(question)
    other, fresh = asked()
    assert enters(other, device.use(fresh))  # the device is known and has counted on: right answers do open
    del first
    answer = client.post("/sign-in/passkey", {"credential": WRONG[how](device, question)})
    assert answer.status_code == 403
    assert "did not work here" in shown(answer)
    assert client.get("/work").status_code == 302


def test_a_question_is_answered_once(person: Person) -> None:
    device = enrolled(person, Device(counts=False))
    client, question = asked()
    answer = device.use(question)
    wrong = replace(device, verifies=False).use(question)
    assert not enters(client, wrong)
    assert not enters(client, answer)  # the question was spent by the wrong answer
    client, question = asked()
    answer = device.use(question)
    thief = Client()
    thief.cookies["sanctuary_attempt"] = client.cookies["sanctuary_attempt"].value
    assert enters(client, answer)
    assert not enters(thief, answer)


def test_a_wrong_answer_spends_the_question(person: Person) -> None:
    device = enrolled(person, Device(counts=False))
    begun = prove.ask_passkey(place="here")
    assert begun is not None
    wrong = replace(device, verifies=False).use(begun.options)
    right = device.use(begun.options)
    assert not prove.prove_passkey(token=begun.token, answer=wrong)
    assert not prove.prove_passkey(token=begun.token, answer=right)
    again = prove.ask_passkey(place="here")
    assert again is not None
    assert prove.prove_passkey(token=again.token, answer=device.use(again.options))


def test_an_answer_belongs_to_the_browser_that_was_asked(person: Person) -> None:
    device = enrolled(person, Device(counts=False))
    _, question = asked()
    elsewhere, _ = asked()
    assert not enters(elsewhere, device.use(question))


def test_an_old_question_is_not_answered(person: Person) -> None:
    device = enrolled(person)
    client, question = asked()
    with administrator() as connection:
        connection.execute("update challenge set expires = now() where expires > now()")
    assert not enters(client, device.use(question))


def test_the_database_itself_refuses_a_counter_that_does_not_grow(person: Person) -> None:
    device = enrolled(person)
    with administrator() as connection:
        connection.execute("update passkey set sign_count = 1000 where id = %s", [device.id])
    for count, taken in ((999, False), (1000, False), (0, False), (1001, True)):
        found = row("select prove_passkey(sha256('nothing'), %s, %s)", [device.id, count], using="door")
        with administrator() as connection:
            kept = connection.execute("select sign_count from passkey where id = %s", [device.id]).fetchone()
        assert found == (False,)  # nobody's attempt
        assert kept == ((count if taken else 1000),)


def test_a_passkey_of_somebody_else_steps_nobody_up(person: Person) -> None:
    mine, theirs = enrolled(person), enrolled(make_person(make_agency()))
    client = browser(person)
    assert client.get(NEW).url.startswith("/confirm")  # type: ignore[attr-defined]
    assert client.post("/confirm", {"credential": theirs.use(options(client.get("/confirm")))}).status_code == 403
    assert client.get(NEW).status_code == 302
    assert client.post("/confirm", {"credential": mine.use(options(client.get("/confirm")))}).status_code == 302
    assert client.get(NEW).status_code == 200


@pytest.mark.parametrize(
    "device",
    [
        Device(origin="https://elsewhere.example"),
        Device(host="elsewhere.example"),
        Device(verifies=False),
        Device(frame=True),
    ],
)
def test_a_passkey_made_wrongly_is_not_taken(person: Person, device: Device) -> None:
    client = browser(person, fresh=True)
    answer = client.post(NEW, {"title": "x", "credential": device.make(options(client.get(NEW)))})
    assert (answer.status_code, "No passkey was made" in shown(answer)) == (422, True)


def test_a_passkey_is_one_persons(person: Person) -> None:
    device = enrolled(person)
    client = browser(make_person(make_agency()), fresh=True)
    answer = client.post(NEW, {"title": "x", "credential": device.make(options(client.get(NEW)))})
    assert answer.status_code == 422


def test_a_passkey_answers_for_another_question_never(person: Person) -> None:
    client = browser(person, fresh=True)
    first = options(client.get(NEW))
    client.get(NEW)
    assert client.post(NEW, {"title": "x", "credential": Device().make(first)}).status_code == 422
    for garbage in ("", "{", "null", "7", '{"id": 1}', "x" * 30_000):
        assert client.post(NEW, {"title": "x", "credential": garbage}).status_code == 422


def test_passkeys_are_named_renamed_and_removed_but_for_the_last_way_in(person: Person) -> None:
    enrolled(person, title="Old phone")
    enrolled(person, title="New phone")
    client = browser(person, fresh=True)
    page = client.get("/account/ways").content.decode()
    old, new = (part.split('"')[0] for part in page.split('href="/account/ways/passkeys/')[1:])
    address = f"/account/ways/passkeys/{old}"
    assert client.post(address, {"title": ""}).status_code == 422
    assert client.post(address, {"title": "Key ring"}).url == "/account/ways?now=renamed"  # type: ignore[attr-defined]
    assert "Key ring" in shown(client.get("/account/ways"))
    assert client.post(address, {"go": "remove"}).url == "/account/ways?now=removed"  # type: ignore[attr-defined]
    last = f"/account/ways/passkeys/{new}"
    assert client.post(last, {"go": "remove"}).url == "/account/ways?now=last"  # type: ignore[attr-defined]
    assert "New phone" in shown(client.get("/account/ways"))
    stranger = browser(make_person(make_agency()), fresh=True)
    assert stranger.get(last).status_code == stranger.post(last, {"go": "remove"}).status_code == 404


def test_the_last_two_ways_in_removed_at_once_leave_one(person: Person) -> None:
    for _ in range(2):
        enrolled(person)
    with administrator() as connection:
        connection.execute("update account set password = '!' where id = %s", [person.account])
        numbers = connection.execute("select number from passkey where account_id = %s", [person.account]).fetchall()
    token = accounts.open_session(person.account, fresh=True)

    def removed(number: UUID) -> bool:
        try:
            with context.acting(token), transaction.atomic():
                return ways.remove_passkey(number, ways.Holder(session=token))
        finally:
            for alias in ALIASES:
                connections[alias].close()

    with ThreadPoolExecutor(2) as pool:
        assert sum(pool.map(removed, (number for (number,) in numbers))) == 1


def test_a_site_knows_passkeys_by_its_own_host() -> None:
    site = passkeys.Site(origin="https://sanctuary.example", host="sanctuary.example")
    device = Device(origin="https://sanctuary.example", host="sanctuary.example")
    owner = passkeys.Owner(account=make_person(make_agency()).account, email="a@agency.example", name="A")
    challenge = passkeys.new_challenge()
    made = passkeys.made(site, challenge, device.make(passkeys.to_make(site, challenge, owner)))
    assert made is not None
    assert (
        passkeys.made(replace(site, host="example"), challenge, device.make(passkeys.to_make(site, challenge, owner)))
        is None
    )
