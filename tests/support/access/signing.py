"""How does a test sign somebody in by the pages? With a password and a code, each used once, or with a passkey."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.test import Client

from sanctuary.gateways import code_app
from sanctuary.records import accounts, middleware, ways
from tests.support.database import PASSWORD, Person

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def with_app(person: Person, secret: str = SECRET) -> Person:
    """The person, with an app that shows codes."""
    ways.give_code_app([person.email], secret)
    return person


def code(at: datetime | None = None, secret: str = SECRET) -> str:
    """The code that the app shows."""
    return code_app.code(secret, at or datetime.now(UTC))[0]


def no_code(secret: str = SECRET) -> str:
    """Six figures that the app does not show for minutes before and after."""
    near = {code(datetime.now(UTC) + number * timedelta(seconds=30), secret) for number in range(-9, 10)}
    return next(figures for figures in (f"{number:06}" for number in range(20)) if figures not in near)


def typed_password(client: Client, person: Person, password: str = PASSWORD, **words: Any) -> HttpResponse:
    """The first step; "next" and the rest in `words`."""
    return client.post("/sign-in", {"email": person.email, "password": password, **words})


def signed_in(person: Person, **words: Any) -> Client:
    """A browser in which this person has signed in, by both steps."""
    client = Client()
    assert typed_password(client, person, **words).status_code == 302
    answer = client.post("/sign-in/code", {"code": code(), **words})
    assert answer.status_code == 302, shown(answer)
    return client


def browser(person: Person | UUID, *, fresh: bool = False) -> Client:
    """A browser of somebody signed in, without going through the pages."""
    account = person.account if isinstance(person, Person) else person
    client, answer = Client(), HttpResponse()
    middleware.remember(answer, accounts.open_session(account, fresh=fresh))
    client.cookies[middleware.COOKIE] = answer.cookies[middleware.COOKIE].value
    return client


def shown(answer: HttpResponse) -> str:
    """What a page says, without its markup."""
    return unescape(re.sub(r"<[^>]+>|\s+", " ", answer.content.decode()))


def options(answer: HttpResponse) -> str:
    """What the page tells the browser about a passkey."""
    found = re.search(r'data-options="([^"]*)"', answer.content.decode())
    assert found is not None, shown(answer)
    return unescape(found[1])
