"""Does a request see its own person's cases, keep nothing when it fails, and tell nothing before it is noted?

The numbers are those of the pitfalls in the security notes that each test stands against.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.signing import get_cookie_signer
from django.db import DatabaseError, connections, transaction
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.template import engines
from django.template.response import SimpleTemplateResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import path

from sanctuary.records import accounts, audit, cases, context, events, middleware
from sanctuary.records.query import rows
from tests.support.database import (
    Happening,
    Person,
    administrator,
    asking,
    entry,
    make_agency,
    make_person,
    on_the_record,
    open_case,
)

pytestmark = on_the_record


def count() -> int:
    return len(rows("select id from kase"))


class Counted:
    """Asks only when it is rendered, as a lazy query in a template does."""

    def __str__(self) -> str:
        return str(count())


def plain(request: HttpRequest) -> HttpResponse:
    return HttpResponse(str(count()))


def rendered(request: HttpRequest) -> SimpleTemplateResponse:
    template = engines["django"].from_string("{{ seen }}")
    return SimpleTemplateResponse(template, {"seen": Counted()})


def streamed(request: HttpRequest) -> StreamingHttpResponse:
    return StreamingHttpResponse(str(each) for each in [count()])


def whoever(request: HttpRequest) -> HttpResponse:
    staff: accounts.Staff | None = request.staff  # type: ignore[attr-defined]
    return HttpResponse(staff.name if staff else "nobody")


def twice(request: HttpRequest) -> HttpResponse:
    return HttpResponse(str(accounts.current() == request.staff))  # type: ignore[attr-defined]


def read(request: HttpRequest, case: str) -> HttpResponse:
    found = cases.find(UUID(case))
    if found is None:
        raise Http404
    return HttpResponse(found.reference)


def fails_late(request: HttpRequest, case: str) -> HttpResponse:
    _record(case)
    raise ValueError("after writing")


def answers_500(request: HttpRequest, case: str) -> HttpResponse:
    _record(case)
    return HttpResponse(status=500)


def _record(case: str) -> None:
    with transaction.atomic():
        seq = events.append(UUID(case), 1, [entry("half")])
        grants = [each for each in GRANTS if each]
        cases.store(UUID(case), seq, {}, grants)


GRANTS: list[cases.Grant] = []
urlpatterns = [
    path("plain", plain),
    path("rendered", rendered),
    path("streamed", streamed),
    path("whoever", whoever),
    path("twice", twice),
    path("read/<case>", read),
    path("fails/<case>", fails_late),
    path("error/<case>", answers_500),
]


@pytest.fixture(autouse=True)
def _pages(settings: Any) -> None:
    settings.ROOT_URLCONF = __name__
    settings.MIDDLEWARE = ["sanctuary.records.middleware.RecordMiddleware"]
    settings.TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "NAME": "django"}]


@pytest.fixture
def person() -> Person:
    return make_person(make_agency(), name="Robin Example")


@pytest.fixture
def case(person: Person) -> Iterator[Happening]:
    made = open_case(person)
    GRANTS[:] = made.grants
    yield made
    GRANTS.clear()


def browser(person: Person | None = None) -> Client:
    client = Client(raise_request_exception=False)
    if person:
        keep(client, accounts.open_session(person.account))
    return client


def keep(client: Client, token: str) -> None:
    answer = HttpResponse()
    middleware.remember(answer, token)
    client.cookies[middleware.COOKIE] = answer.cookies[middleware.COOKIE].value


@pytest.mark.parametrize("address", ["/plain", "/rendered"])
def test_18_what_is_rendered_late_still_sees_the_case(address: str, person: Person, case: Happening) -> None:
    assert browser(person).get(address).content == b"1"
    assert browser().get(address).content == b"0"


def test_19_a_view_that_fails_leaves_nothing_behind(person: Person, case: Happening) -> None:
    for page in ("fails", "error"):
        assert browser(person).get(f"/{page}/{case.id}").status_code == 500
        with asking(person):
            assert len(events.readable(case.id)) == 1


def test_20_a_streamed_answer_is_refused(person: Person, case: Happening) -> None:
    answer = browser(person).get("/streamed")
    assert answer.status_code == 500
    assert b"1" not in answer.content[:1]


def test_24_the_next_request_starts_with_nobody(person: Person, case: Happening) -> None:
    client = browser(person)
    assert client.get("/whoever").content == b"Robin Example"
    del client.cookies[middleware.COOKIE]
    assert client.get("/whoever").content == b"nobody"
    assert client.get("/plain").content == b"0"
    assert context.token() is None


def test_a_cookie_that_we_did_not_sign_is_nobody(person: Person) -> None:
    client = browser()
    client.cookies[middleware.COOKIE] = accounts.open_session(person.account)
    assert client.get("/whoever").content == b"nobody"
    forged = get_cookie_signer(salt="elsewhere").sign(accounts.open_session(person.account))
    client.cookies[middleware.COOKIE] = forged
    assert client.get("/whoever").content == b"nobody"


def test_the_session_ends_with_the_next_request(person: Person) -> None:
    client, token = browser(), accounts.open_session(person.account)
    keep(client, token)
    assert client.get("/whoever").content == b"Robin Example"
    accounts.close_session(token)
    assert client.get("/whoever").content == b"nobody"


def test_who_is_asking_is_looked_up_once_for_a_request_and_anew_for_the_next() -> None:
    people = [make_person(make_agency(), name=name) for name in ("Robin Example", "Alex Example")]
    for person in people:
        client = browser(person)
        client.get("/twice")  # whoever asks for the first time is screened
        with CaptureQueriesContext(connections["default"]) as log:
            assert client.get("/twice").content == b"True"
        assert sum("from ctx() c join account" in each["sql"] for each in log.captured_queries) == 1
    assert [browser(person).get("/whoever").content.decode() for person in people] == ["Robin Example", "Alex Example"]


def test_a_cookie_is_kept_from_scripts_and_forgotten() -> None:
    answer = HttpResponse()
    middleware.remember(answer, "token")
    kept = answer.cookies[middleware.COOKIE]
    assert (kept["httponly"], kept["samesite"], kept["path"], kept["max-age"]) == (True, "Lax", "/", "")
    middleware.forget(answer)
    assert answer.cookies[middleware.COOKIE]["max-age"] == 0


def test_every_reading_is_noted_before_it_leaves(person: Person, case: Happening) -> None:
    assert browser(person).get(f"/read/{case.id}").content.decode() == case.reference
    with administrator() as connection:
        noted = connection.execute(
            "select account_id, what, seq from audit_entry where case_id = %s and what <> 'write'", [case.id]
        ).fetchall()
    assert noted == [(person.account, "case", 1)]


def test_what_cannot_be_noted_is_not_shown(person: Person, case: Happening, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: Any) -> None:
        raise DatabaseError("no space left")

    monkeypatch.setattr(audit, "case_read", full)
    answer = browser(person).get(f"/read/{case.id}")
    assert answer.status_code == 500
    assert case.reference.encode() not in answer.content


def test_a_forbidden_case_answers_as_a_missing_one(case: Happening) -> None:
    stranger = browser(make_person(make_agency()))
    hidden, missing = stranger.get(f"/read/{case.id}"), stranger.get(f"/read/{uuid4()}")
    assert hidden.status_code == missing.status_code == 404
    assert hidden.content.replace(str(case.id).encode(), b"") == missing.content.replace(
        missing.wsgi_request.path.split("/")[-1].encode(), b""
    )
    assert dict(hidden.headers) == dict(missing.headers)
