"""Can an administrator who is no database administrator invite, withdraw and set up anew on the screen?"""

from __future__ import annotations

import re
import secrets

from sanctuary.records import invitations
from tests.support.access.administration import browser, county_administrator, fill, invited, office
from tests.support.database import make_agency, make_person, on_the_record

pytestmark = on_the_record

NEWCOMER = {"name": "Nia Example", "role": "housing"}


def test_an_administrator_invites_on_the_screen_and_sees_link_and_code_once() -> None:
    ada = county_administrator()
    visitor, email = browser(ada), f"{secrets.token_hex(6)}@agency.example"
    screen = fill(visitor, "/administration/people/invite", "Make the invitation", {**NEWCOMER, "email": email})
    assert screen.heading == "The invitation is made"
    found = re.search(r"/invitation/([\w-]+)", screen.text)
    assert found
    # The link is as irregular as the code, and may hold what looks like one.
    code = re.search(r"\b[2-9A-Z]{4}-[2-9A-Z]{4}\b", screen.text.replace(found[1], ""))
    assert code
    people_now = visitor.open("/administration/people")
    assert email in people_now.text
    assert found[1] not in people_now.body.decode()
    opened = invitations.accept(found[1], code[0])
    assert opened


def test_the_form_says_what_a_role_reads_in_the_schemes_own_words() -> None:
    screen = browser(county_administrator()).open("/administration/people/invite")
    assert screen.form.options("role").keys() == {"housing"}
    assert "Norfolk Sanctuary Scheme (Norwich). Reads: The case, Housing, Money" in screen.text
    assert "in some cases also" in screen.text


def test_what_is_missing_or_wrong_is_said_and_what_was_typed_stays() -> None:
    visitor = browser(county_administrator())
    screen = fill(
        visitor,
        "/administration/people/invite",
        "Make the invitation",
        {"name": "Nia Example", "email": "nia", "duties": ["oversight"]},
    )
    assert screen.status == 422
    assert set(screen.problems.values()) == {"#email", "#role"}
    assert screen.form.value("name") == "Nia Example"
    assert screen.form.value("email") == "nia"
    assert screen.form.value("duties") == ["oversight"]


def test_a_role_that_the_agency_does_not_play_is_not_given() -> None:
    visitor = browser(county_administrator())
    screen = visitor.open("/administration/people/invite")
    form = screen.form.filled({**NEWCOMER, "email": "nia@agency.example"})
    sent = [(name, "police" if name == "role" else value) for name, value in form.sent(form.buttons[0])]
    assert visitor.send(form, sent).status == 422


def test_an_address_that_has_an_account_is_said_so() -> None:
    ada = county_administrator()
    screen = fill(
        browser(ada), "/administration/people/invite", "Make the invitation", {**NEWCOMER, "email": ada.email}
    )
    assert screen.status == 409
    assert "has an account in your agency already" in screen.text


def test_withdrawing_takes_a_page_of_its_own() -> None:
    ada = county_administrator()
    keys, email = invited(ada)
    visitor = browser(ada)
    screen = fill(visitor, f"/administration/invitations/{keys.id}/withdraw", "Withdraw it")
    assert "The invitation is withdrawn" in screen.text
    assert email not in screen.text
    assert visitor.open(f"/administration/invitations/{keys.id}/withdraw").status == 404
    assert invitations.accept(keys.token, keys.code) is None


def test_anybody_elses_colleague_cannot_be_shut_out_on_the_screen() -> None:
    ada, elsewhere = county_administrator(), make_person(make_agency())
    assert browser(ada).open(f"/administration/people/{elsewhere.account}/again").status == 404


def test_setting_up_anew_shows_new_keys() -> None:
    ada = county_administrator()
    officer = make_person(ada.agency)
    screen = fill(browser(ada), f"/administration/people/{officer.account}/again", "Make a new invitation")
    assert screen.heading == "The invitation is made"


def test_an_agency_without_a_part_in_any_scheme_is_told_so() -> None:
    visitor = browser(office().administrator)
    screen = visitor.open("/administration/people/invite")
    assert screen.status == 200
    assert "plays no part in a scheme that runs here" in screen.text
    assert "Make the invitation" not in screen.text
