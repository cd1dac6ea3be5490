"""Does signing in with a password take a second proof, each once, and tell a stranger nothing?"""

from __future__ import annotations

import pytest
from django.test import Client

from tests.support.access.signing import code, typed_password, with_app
from tests.support.database import Person, make_agency, make_person, on_the_record

pytestmark = on_the_record


@pytest.fixture
def person() -> Person:
    return with_app(make_person(make_agency()))


def test_a_password_and_a_code_lead_in(person: Person) -> None:
    client = Client()
    answer = typed_password(client, person, next="/search")
    assert answer.url == "/sign-in/code?next=%2Fsearch"  # type: ignore[attr-defined]
    assert client.get("/work").status_code == 302
    answer = client.post("/sign-in/code", {"code": code(), "next": "/search"})
    assert answer.url == "/search"  # type: ignore[attr-defined]
    assert client.get("/work").status_code == 200
