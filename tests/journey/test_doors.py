"""Who gets in, and what does a closed door tell? Sign-in, cases of others, forged forms, odd addresses, headers."""

from __future__ import annotations

import logging
from uuid import UUID, uuid4

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import get_resolver, reverse
from django.urls.converters import UUIDConverter

from sanctuary.web.access_table import Who
from sanctuary.web.addresses import ACCESS
from sanctuary.web.pages import case as case_pages
from tests.support.access.signing import code, with_app
from tests.support.county import person
from tests.support.database import PASSWORD, make_person, on_the_record
from tests.support.journey import HEADERS, Journey, Visitor, without_tokens
from tests.support.norfolk import REFERRAL, happen, reach, scenes

pytestmark = on_the_record

PARTS = {
    "consent": "share",
    "step": "initial_assessment",
    "section": "wishes",
    "scheme": "norfolk",
    "area": "norwich",
    "rule": "gate.initial",
}


def addresses(case_id: object) -> dict[str, str]:
    """An address for every route of the site, by name, within this case where it is a case's."""
    found = {}
    for pattern in get_resolver().url_patterns:
        wanted = pattern.pattern.converters  # type: ignore[union-attr]
        parts = {name: str(case_id) if name == "case_id" else _part(name, kind) for name, kind in wanted.items()}
        found[str(pattern.name)] = reverse(str(pattern.name), kwargs=parts)  # type: ignore[union-attr]
    return found


def _part(name: str, kind: object) -> str:
    """Something that stands in this place of an address: what the scheme has, or what nobody has."""
    return PARTS.get(name, str(UUID(int=0)) if isinstance(kind, UUIDConverter) else "0")


def of_a_case() -> list[str]:
    """The names of the routes that belong to a case."""
    return [name for name, address in addresses(uuid4()).items() if address.startswith("/cases/")]


@pytest.fixture
def stranger(norfolk: Journey) -> Visitor:
    """Somebody of another council."""
    norfolk.county.people["stranger"] = person("breckland_council", "housing")
    return norfolk.visitor("stranger")


@pytest.mark.covers("A3")
def test_a_forbidden_case_answers_as_one_that_does_not_exist(norfolk: Journey, stranger: Visitor) -> None:
    reach(norfolk, "permission")
    names = of_a_case()
    assert len(names) >= 11
    proof = [pair for pair in stranger.open("/work").forms[0].sent() if pair[0] == "csrfmiddlewaretoken"]
    sent = [*proof, ("key", str(uuid4())), ("seq", "9"), ("reason", "Why"), ("go", "continue"), ("wish", "stop")]
    there, nowhere = addresses(norfolk.case_id), addresses(uuid4())
    for name in names:
        for posting in (False, True):
            hidden, missing = (
                stranger.post(each, sent) if posting else stranger.client.get(each)
                for each in (there[name], nowhere[name])
            )
            assert hidden.status_code == missing.status_code == _refusal(name, posting), name
            assert without_tokens(hidden.content) == without_tokens(missing.content), name
            assert told(hidden, there["case"]) == told(missing, nowhere["case"]), name
    assert "Robin" not in stranger.open(there["case"]).text
    assert norfolk.look("support").turns["Permission to share information and ask the police"].whose == "Your turn"


def _refusal(name: str, posting: bool) -> int:
    """No such page; but a look at what is only sent leads on to the step, or is no look at all."""
    looks = {"ask": 302, "acknowledge": 302, "copy_ask": 405, "copy_file": 405}
    return 404 if posting else looks.get(name, 404)


def told(answer: HttpResponse, case: str) -> dict[str, str]:
    """The headers without what is random in every answer, and without the case's own address."""
    headers = {name: value.replace(case, "/cases/…") for name, value in answer.headers.items()}
    return {name: value for name, value in headers.items() if name != "Content-Security-Policy"}


def test_a_step_or_section_that_no_scheme_has_is_not_found(norfolk: Journey) -> None:
    reach(norfolk, "permission")
    support = norfolk.visitor("support")
    for rest in ("nonsense", "nonsense/check", "nonsense/form/wishes", "nonsense/letter", "permission/letter.doc"):
        assert support.open(f"{norfolk.case}/steps/{rest}").status == 404
    assert support.open(f"{norfolk.case}/steps/temporary_accommodation/letter.pdf").status == 404
    assert support.open("/referrals/new/norfolk/utopia").status == 404
    assert support.open("/referrals/new/utopia/norwich").status == 404


def test_the_search_of_others_finds_nothing(norfolk: Journey, stranger: Visitor) -> None:
    reach(norfolk, "permission")
    for visitor, count in ((norfolk.visitor("housing"), True), (stranger, False)):
        visitor.open("/search")
        page = visitor.press("Search", {"Name": "marshwood", "Date of birth": "20/11/1988", "Postcode": "zz993vz"})
        assert ("Robin Marshwood" in page.text) == count
        assert page.address == "/search"
        page = visitor.press("Search", {"Name": "Nobody Whatsoever", "Date of birth": "", "Postcode": ""})
        assert "Nothing found" in page.text
        page = visitor.press("Search", {"Name": ""})
        assert page.problems


def test_signed_out_everything_but_the_way_in_leads_to_the_way_in(norfolk: Journey) -> None:
    reach(norfolk, "permission")
    nobody = Visitor(norfolk.trail)
    proof = [pair for pair in nobody.open("/sign-in").form.sent() if pair[0] == "csrfmiddlewaretoken"]
    for name, address in addresses(norfolk.case_id).items():
        if ACCESS[name] is Who.ANYONE:
            continue
        got, posted = nobody.client.get(address), nobody.post(address, proof)
        assert got.status_code == posted.status_code == 302
        assert got.headers["Location"].startswith("/sign-in?next=%2F")
        assert posted.headers["Location"] == "/sign-in"


def test_signing_in_and_out(norfolk: Journey) -> None:
    reach(norfolk, "permission")
    visitor = Visitor(norfolk.trail)
    page = visitor.open(f"{norfolk.case}/steps/permission")
    assert page.heading == "Sign in"
    account = with_app(make_person(norfolk.county.people["support"].agency, "support"))
    page = visitor.press("Sign in", {"Email address": account.email.upper(), "Password": PASSWORD})
    assert page.heading == "Enter your code"
    page = visitor.press("Continue", {"Code": code(norfolk.county.now)})
    assert page.address.startswith(f"{norfolk.case}/steps/permission")
    page = visitor.press("Sign out")
    assert page.heading == "Sign in"
    assert visitor.open("/work").heading == "Sign in"


@pytest.mark.parametrize(
    "elsewhere", ["//evil.example/", "https://evil.example/", "javascript:alert(1)", "/\\evil.example"]
)
def test_signing_in_leads_nowhere_else(norfolk: Journey, elsewhere: str) -> None:
    visitor = Visitor(norfolk.trail)
    form = visitor.open(f"/sign-in?next={elsewhere}").forms[1]
    form = form.filled({"Email address": norfolk.county.people["support"].email, "Password": PASSWORD})
    answer = visitor.post("/sign-in", form.sent())
    assert (answer.status_code, answer.headers["Location"]) == (302, "/sign-in/code")


def test_a_wrong_password_answers_as_an_unknown_address(norfolk: Journey) -> None:
    visitor = Visitor(norfolk.trail)
    known = norfolk.county.people["support"].email
    answers = []
    for email, password in ((known, "not this one"), ("nobody@agency.example", PASSWORD), ("\x00", ""), ("", "\x00")):
        page = visitor.open("/sign-in")
        page = visitor.submit(page.forms[1].filled({"email": email, "password": password}), "Sign in")
        answers.append((page.status, without_tokens(page.body).replace(f'value="{email}"'.encode(), b"")))
    assert answers[0][0] == 403
    assert len({status for status, _ in answers}) == 1
    assert answers[0][1] == answers[1][1]


def test_a_form_without_our_proof_does_nothing(norfolk: Journey) -> None:
    reach(norfolk, "permission")
    norfolk.start("support", "permission")
    support = norfolk.visitor("support")
    fields = [pair for pair in support.page.form.sent() if pair[0] != "csrfmiddlewaretoken"]
    for forged in ([], [("csrfmiddlewaretoken", "x" * 64)]):
        page = support.send(support.page.form, [*fields, *forged])
        assert page.status == 403
        assert page.heading == "Please try once more"
        norfolk.start("support", "permission")
    bare = Client(enforce_csrf_checks=True)
    answer = bare.post("/sign-in", {"email": norfolk.county.people["support"].email, "password": PASSWORD})
    assert answer.status_code == 403
    assert "sanctuary_session" not in answer.cookies


ODD = [
    "/work?page=0",
    "/work?page=99999",
    "/work?page=-1",
    "/work?page=%C2%B2",
    "/work?scheme=%00&area=%00",
    "/work?scheme=%ff&area=';drop",
    "/referrals/new?where=%00",
    "/referrals/new?where=norfolk.utopia",
    "/cases/00000000-0000-0000-0000-000000000000",
    "/cases/none",
    "/sign-in?next=%00",
    "/%00",
]


@pytest.mark.parametrize("address", ODD)
def test_an_odd_address_breaks_nothing(norfolk: Journey, address: str) -> None:
    assert norfolk.visitor("support").open(address).status in (200, 404, 422)


@pytest.mark.parametrize("field", ["Name", "Reference", "Postcode", "Date of birth"])
def test_an_odd_search_breaks_nothing(norfolk: Journey, field: str) -> None:
    support = norfolk.visitor("support")
    for odd in ("\x00", "é" * 300, "%_'\"\\", "31 31 31", "🏠"):
        support.open("/search")
        assert support.press("Search", {field: odd}).status == 200


def test_whatever_goes_wrong_keeps_its_headers_and_tells_nothing(
    norfolk: Journey, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    reach(norfolk, "permission")
    support = norfolk.visitor("support")
    assert support.open("/nowhere").heading == "Page not found"
    form = support.open(f"{norfolk.case}/steps/permission/form/questions").form
    assert support.send(form, [*form.sent(), ("limits", "x" * 3_000_000)]).status == 400

    def fails(*_: object) -> None:
        raise ValueError("the page could not be made")

    monkeypatch.setattr(case_pages, "timeline", fails)
    support.client.raise_request_exception = False
    page = support.open(norfolk.case)
    assert page.status == 500
    assert page.heading == "Sorry, something went wrong here"
    assert "It was not saved" in page.text
    assert [record for record in caplog.records if record.levelno >= logging.ERROR]
    assert not [word for word in REFERRAL.values() if len(str(word)) > 6 and str(word) in caplog.text]


def test_style_and_scripts_carry_the_headers_too(norfolk: Journey) -> None:
    answer = Client().get("/static/sanctuary/sanctuary.css")
    assert answer.status_code == 200
    for name in set(HEADERS) - {"Cache-Control"}:
        assert answer.headers.get(name), name
    answer.close()


@pytest.mark.covers("A2", "A3")
def test_no_page_of_a_whole_assessment_tells_anything_in_its_title_or_address(
    norfolk: Journey, caplog: pytest.LogCaptureFixture
) -> None:
    """Every page of a case, by everybody in it: titles say what the page is, never who it is about."""
    reach(norfolk, "police_section")
    for scene in scenes("police_section", "support_section"):
        happen(norfolk, scene)
    private = {str(word).split("\n")[0] for word in REFERRAL.values() if isinstance(word, str) and len(word) > 8}
    private |= {"Dale Sampleton", "Former partner", "Marshwood"}
    for role in ("housing", "police", "support", "inspection"):
        visitor = norfolk.visitor(role)
        visitor.open("/work")
        for address in addresses(norfolk.case_id).values():
            only_sent = visitor.client.get(address).status_code == 405
            if address.startswith("/cases/") and not address.endswith(".pdf") and not only_sent:
                visitor.open(address)
    titles, seen = " ".join(norfolk.trail.titles), " ".join(norfolk.trail.addresses)
    assert not [word for word in private if word in titles or word in seen or word in caplog.text]
    assert len(norfolk.trail.titles) > 40
