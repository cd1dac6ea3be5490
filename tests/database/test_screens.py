"""Do the pages hold through wrong answers, stale pages, double clicks and closed doors, and leak nothing?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.urls.converters import IntConverter, UUIDConverter
from django.utils import timezone

from sanctuary.actions.results import Recorded
from sanctuary.config.urls import urlpatterns
from sanctuary.records import crypto
from sanctuary.web import pages, screens
from sanctuary.web.access_table import Who
from sanctuary.web.addresses import ACCESS
from tests.support.access.signing import browser as signed_in
from tests.support.access.signing import signed_in as by_both_steps
from tests.support.access.signing import with_app
from tests.support.county import ASSESSMENT, County, county
from tests.support.database import grant, make_agency, make_person, on_the_record, open_case

pytestmark = on_the_record

# A value for each kind of part of an address; of any other kind, a word.
EXAMPLES: dict[type, object] = {UUIDConverter: uuid4(), IntConverter: 1}
NAME = "Ada Example"
POSTED = {
    "made_by": "self", "approached": "housing", "harm": "domestic_abuse", "name": NAME, "birth_date-day": "4",
    "birth_date-month": "5", "birth_date-year": "1990", "gender": "female", "safe_means": ["phone"],
    "safe_phone": "020 7946 0123", "safe_times": "Weekdays from 10 to 2", "voicemail": "no",
    "address": "1 Alder Close, Example", "postcode": "ZZ1 1AA",
}  # fmt: skip
FORM = "/referrals/new/norfolk/norwich"


@pytest.fixture
def long_tokens(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is searched by is cut less short: as it is, one pair of names in 262,144 finds each other's cases."""
    monkeypatch.setattr(crypto, "TOKEN_BITS", 31)


@pytest.fixture
def norfolk() -> County:
    return county()


def hidden(markup: str) -> dict[str, str]:
    """The hidden fields of the page's form."""
    return dict(re.findall(r'<input type="hidden" name="(key|seq)" value="([^"]*)"', markup))


def referred(client: Client, **answers: object) -> UUID:
    """A case opened through the pages."""
    key = hidden(client.get(FORM).content.decode())
    answer = client.post(FORM, {**POSTED, **answers, **key, "go": "confirm"})
    assert answer.status_code == 302, answer.content.decode()
    return UUID(answer.url.split("/")[2].split("?")[0])  # type: ignore[attr-defined]


def worklist_pages(client: Client, **narrowed: str) -> Iterator[str]:
    """Every page of the worklist."""
    for number in count(1):
        page = client.get("/work", {"page": number, **narrowed}).content.decode()
        yield page
        if 'rel="next"' not in page:
            return


def step(name: str, case_id: UUID, route: str = "step", **parts: str) -> str:
    """The address of a page of a step."""
    return reverse(route, kwargs={"case_id": case_id, "step": name, **parts})


def reference_of(client: Client, case_id: UUID) -> str:
    """What people call the case."""
    shown = client.get(reverse("case", kwargs={"case_id": case_id})).content.decode()
    found = re.search(r"<title>Case (\S+)", shown)
    assert found is not None
    return found[1]


def form_of(norfolk: County, question: str, case_id: UUID) -> str:
    """The address of the form that asks this question of the initial assessment."""
    sections = norfolk.scheme.steps["initial_assessment"].sections
    section = next(part.name for part in sections if question in {each.name for each in part.questions})
    return step("initial_assessment", case_id, "section", section=section)


def test_every_staff_page_is_shut_to_somebody_who_has_not_signed_in(norfolk: County) -> None:
    for route in urlpatterns:
        if ACCESS[str(route.name)] is Who.STAFF:
            kinds = route.pattern.converters.items()
            parts = {part: EXAMPLES.get(type(kind), "any") for part, kind in kinds}
            address = reverse(str(route.name), kwargs=parts)
            for answer in (Client().get(address), Client().post(address)):
                assert answer.status_code == 302
                assert answer.url.startswith("/sign-in")  # type: ignore[attr-defined]


def test_signing_out_ends_the_session_in_the_database(norfolk: County) -> None:
    client = signed_in(norfolk.people["housing"])
    stolen = client.cookies["sanctuary_session"].value
    client.post("/sign-out")
    thief = Client()
    thief.cookies["sanctuary_session"] = stolen
    assert thief.get("/work").status_code == 302


def test_a_wrong_answer_is_refused_beside_its_field_with_the_rest_kept(norfolk: County) -> None:
    client = signed_in(norfolk.people["housing"])
    answer = client.post(FORM, {**POSTED, "postcode": "NR1", "birth_date-month": "13", "go": "continue"})
    markup = answer.content.decode()
    assert answer.status_code == 422
    assert "<title>Error: " in markup
    assert 'href="#postcode"' in markup
    assert 'href="#birth_date-day"' in markup
    assert f'value="{NAME}"' in markup
    assert 'value="NR1"' in markup


def test_a_double_click_opens_one_case(norfolk: County) -> None:
    client = signed_in(norfolk.people["housing"])
    key = hidden(client.get(FORM).content.decode())
    answers = [client.post(FORM, {**POSTED, **key, "go": "confirm"}) for _ in range(2)]
    assert answers[0].url == answers[1].url  # type: ignore[attr-defined]


def test_a_forbidden_case_answers_exactly_as_one_that_does_not_exist(norfolk: County) -> None:
    case_id = referred(signed_in(norfolk.people["housing"]))
    stranger = signed_in(make_person(make_agency(), "housing"))
    routes = [
        ("case", {}),
        *((name, {"step": "initial_assessment"}) for name in ("step", "check", "letter", "pause", "reopen")),
    ]
    for name, parts in routes:
        answers = [
            stranger.get(reverse(name, kwargs={"case_id": identity, **parts})) for identity in (case_id, uuid4())
        ]
        assert [answer.status_code for answer in answers] == [404, 404], name
        bodies = [re.sub(r'nonce="[^"]*"|value="[^"]*"', "", answer.content.decode()) for answer in answers]
        assert bodies[0] == bodies[1]
        assert {*answers[0].headers} == {*answers[1].headers}


def test_a_stale_page_is_told_who_was_first_and_keeps_what_was_typed(norfolk: County) -> None:
    client = signed_in(norfolk.people["housing"])
    case_id = referred(client)
    address = form_of(norfolk, "perpetrator_name", case_id)
    stale = hidden(client.get(address).content.decode())
    first = {"perpetrator_name": "Max Example", "go": "later"}
    fresh = hidden(client.get(address).content.decode())
    assert client.post(address, {**first, **fresh}).status_code == 302
    answer = client.post(address, {"perpetrator_name": "Rex Example", "go": "later", **stale})
    markup = answer.content.decode()
    assert answer.status_code == 409
    assert "Somebody else was first" in markup
    assert norfolk.people["housing"].name in markup
    assert "Rex Example" in markup
    kept = client.post(address, {"perpetrator_name": "Rex Example", "go": "again"}).content.decode()
    assert 'value="Rex Example"' in kept
    assert client.post(address, {"perpetrator_name": "Rex Example", "go": "later", **hidden(kept)}).status_code == 302
    assert 'value="Rex Example"' in client.get(address).content.decode()


def test_saved_answers_come_back_and_are_checked_before_they_count(norfolk: County) -> None:
    client = signed_in(norfolk.people["housing"])
    case_id = referred(client)
    address = form_of(norfolk, "perpetrator_name", case_id)
    half = {"perpetrator_name": "Max Example", "go": "later"}
    client.post(address, {**half, **hidden(client.get(address).content.decode())})
    checked = client.get(step("initial_assessment", case_id, "check")).content.decode()
    assert "Max Example" in checked
    assert "Something is still needed" in checked
    assert "Confirm</button>" not in re.sub(r"\s+", "", checked)


def test_a_row_can_be_added_without_a_script_and_nothing_is_lost(norfolk: County) -> None:
    client = signed_in(norfolk.people["housing"])
    markup = client.post(FORM, {**POSTED, "add": "nothing"}).content.decode()
    assert f'value="{NAME}"' in markup


@pytest.mark.usefixtures("long_tokens")
def test_a_search_finds_by_what_is_remembered_and_only_ones_own(norfolk: County) -> None:
    client = signed_in(norfolk.people["housing"])
    family = f"Zz{uuid4().hex[:8]}"
    case_id = referred(client, name=f"Ada {family}")
    reference = reference_of(client, case_id)
    remembered: list[dict[str, str]] = [
        {"name": family}, {"name": f"ada {family.upper()}"}, {"name": family, "postcode": "zz11aa"},
        {"name": family, "birth_date": "4/5/1990"}, {"reference": reference.replace("-", " ").lower()},
    ]  # fmt: skip
    for typed in remembered:
        assert str(case_id) in client.post("/search", typed).content.decode()
    assert str(case_id) not in client.post("/search", {"name": family, "postcode": "NR1 1AA"}).content.decode()
    stranger = signed_in(make_person(make_agency(), "housing"))
    assert str(case_id) not in stranger.post("/search", {"name": family}).content.decode()
    assert client.post("/search", {}).status_code == 422


def test_the_worklist_names_the_case_to_those_whose_turn_it_is(norfolk: County) -> None:
    client = signed_in(norfolk.people["housing"])
    case_id = referred(client)
    # Other tests leave cases to the same agencies: their lists have several pages.
    assert any(str(case_id) in page for page in worklist_pages(client))
    (police,) = (page for page in worklist_pages(signed_in(norfolk.people["police"])) if str(case_id) in page)
    assert police.index("Waiting for others") < police.index(str(case_id))
    assert not any(str(case_id) in page for page in worklist_pages(client, area="breckland"))
    assert client.get("/work?page=x&area=%27--").status_code == 200


def test_a_page_on_which_one_list_has_ended_does_not_say_that_nothing_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (pages.worklist, screens.worklist):
        monkeypatch.setattr(module, "PAGE", 1)
    ours, theirs, both = (make_person(make_agency(), "housing") for _ in range(3))
    for person, turns in ((ours, (True, True)), (theirs, (False, False)), (both, (True, False, False))):
        for turn in turns:
            open_case(person, [grant(person, (0,), (0,), needs_us=turn)])
    nothing = ("Nothing needs you now.", "No case of yours is waiting for anybody else.")
    before = ("what needs you now stands on the pages before", "what waits for others stands on the pages before")
    for person, number, said in (
        (ours, 1, nothing[1:]), (ours, 2, nothing[1:]), (theirs, 2, nothing[:1]), (both, 1, ()), (both, 2, before[:1]),
    ):  # fmt: skip
        page = signed_in(person).get(f"/work?page={number}").content.decode()
        assert {each for each in (*nothing, *before) if each in page} == set(said)
        assert page.index("govuk-pagination") < page.index("Open a case in an emergency")


def test_a_letter_file_names_nobody(norfolk: County) -> None:
    client = signed_in(norfolk.people["housing"])
    case_id = referred(client)
    early = client.get(step("permission", case_id, "letter_pdf"))
    assert early.url == step("permission", case_id)  # type: ignore[attr-defined]
    norfolk.now = timezone.now()
    assert isinstance(norfolk.do("housing", case_id, "initial_assessment", ASSESSMENT), Recorded)
    assert NAME in client.get(step("permission", case_id, "letter")).content.decode()
    answer = client.get(step("permission", case_id, "letter_pdf"))
    assert answer.status_code == 200, answer.content.decode()
    assert answer["Content-Type"] == "application/pdf"
    assert re.fullmatch(r'attachment; filename="letter-[A-Z0-9-]+\.pdf"', answer["Content-Disposition"])
    assert client.get(step("initial_assessment", case_id, "letter")).status_code == 404


def test_every_answer_has_its_headers_and_no_title_or_address_names_the_person(norfolk: County) -> None:
    client = signed_in(norfolk.people["housing"])
    case_id = referred(client)
    for address in ("/", "/work", "/search", FORM, reverse("case", kwargs={"case_id": case_id}),
                    step("initial_assessment", case_id), "/nowhere", step("nothing", case_id)):  # fmt: skip
        answer = client.get(address, follow=True)
        markup = answer.content.decode()
        assert "default-src 'none'" in answer["Content-Security-Policy"]
        assert "unsafe" not in answer["Content-Security-Policy"]
        assert answer["Cache-Control"] == "no-store"
        assert answer["X-Frame-Options"] == "DENY"
        assert answer["Referrer-Policy"] == "same-origin"
        title = re.search(r"<title>(.*?)</title>", markup, re.S)
        assert title is not None
        assert "Ada" not in title[1]
        assert not re.search(r"<(script|style)(?![^>]*(nonce|src)=)", markup)
        assert " style=" not in markup
        assert not re.search(r'(href|src|action)="[^"]*(Ada|Alder|ZZ1)', markup)


def test_the_session_cookie_holds_a_signed_token_and_is_kept_from_scripts(norfolk: County) -> None:
    cookie = by_both_steps(with_app(norfolk.people["housing"])).cookies["sanctuary_session"]
    assert cookie["httponly"] is True
    assert cookie["samesite"] == "Lax"
    tampered = Client()
    tampered.cookies["sanctuary_session"] = "x" + cookie.value
    assert tampered.get("/work").status_code == 302


def test_a_form_without_proof_is_met_calmly(norfolk: County) -> None:
    answer = Client(enforce_csrf_checks=True).post("/sign-in", {"email": "x", "password": "y"})
    assert answer.status_code == 403
    assert "Nothing was recorded" in answer.content.decode()


def test_a_step_is_not_done_by_those_whose_part_it_is_not(norfolk: County) -> None:
    case_id = referred(signed_in(norfolk.people["housing"]))
    police = signed_in(norfolk.people["police"])
    shown = police.get(step("initial_assessment", case_id))
    assert "This is for:" in shown.content.decode()
    answer = police.post(step("initial_assessment", case_id, "check"), {"key": uuid4(), "seq": 99})
    assert answer.status_code == 409
    assert "“Initial assessment” is for:" in answer.content.decode()


def test_a_clock_is_paused_only_with_a_reason(norfolk: County) -> None:
    client = signed_in(norfolk.people["housing"])
    case_id = referred(client)
    address = step("initial_assessment", case_id, "pause")
    tokens = hidden(client.get(address).content.decode())
    refused = client.post(address, {"reason": " ", **tokens})
    assert refused.status_code == 422
    assert "Enter the reason for the pause" in refused.content.decode()
    assert client.post(address, {"reason": "The customer is away", **tokens}).status_code == 302
    shown = client.get(reverse("case", kwargs={"case_id": case_id})).content.decode()
    assert "The customer is away" in shown
    assert "clock paused" in shown
