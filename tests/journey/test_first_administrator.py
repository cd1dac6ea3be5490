"""From a command at a terminal to a first case: does an agency come in by its own people, and by nothing else?"""

from __future__ import annotations

import re
import secrets
from datetime import timedelta

import pytest

from sanctuary.cli import main
from sanctuary.gateways import code_app
from tests.support.access.administration import kept_of, told
from tests.support.county import REFERRAL
from tests.support.database import on_the_record
from tests.support.journey import Journey, Visitor
from tests.support.screen import Screen

pytestmark = on_the_record

PASSPHRASE = "seven quiet herons by the mill"
TOLD = re.compile(r"(?P<link>/invitation/[\w-]+)\b.*?(?P<code>[2-9A-Z]{4}-[2-9A-Z]{4})", re.DOTALL)


def handed_over(text: str) -> tuple[str, str]:
    """The link and the code in what was told once."""
    found = TOLD.search(text)
    assert found, text
    return found["link"], found["code"]


def come_in(norfolk: Journey, link: str, code: str) -> Visitor:
    """Somebody opens their invitation and sets up a password, an app and recovery codes."""
    visitor = Visitor(norfolk.trail)
    visitor.open(link)
    assert visitor.press("Open the invitation", {"code": code}).heading == "Set up how you sign in"
    visitor.click("Choose a password")
    page = visitor.press("Continue", {"password": PASSPHRASE})
    secret = page.main.first("code", class_="sanctuary-secret").text.replace(" ", "")
    visitor.press("Continue", {"code": code_app.code(secret, norfolk.county.now)[0]})
    page = visitor.page
    if "Make recovery codes" in [each.label for each in page.form.buttons]:
        page = visitor.press("Make recovery codes")
    assert len(page.main.first("ul", class_="sanctuary-codes").all("li")) == 10
    assert visitor.press("I have kept them").heading == "Your worklist"
    return visitor


def invite_ada(email: str) -> int:
    """What whoever runs the site does, once, for each agency."""
    who = ["--email", email, "--name", "Ada Example", "--role", "police", "--duty", "administrator"]
    return main(["invite", "--agency", "norwich_dvu", *who])


def press_invite(administrator: Visitor, name: str, email: str) -> Screen:
    """Invite a colleague on the screen."""
    administrator.open("/administration/people")
    administrator.click("Invite somebody")
    return administrator.press("Make the invitation", {"name": name, "email": email, "role": "police"})


def test_an_agency_comes_in_from_the_command_line_to_its_first_case(
    norfolk: Journey, capsys: pytest.CaptureFixture[str]
) -> None:
    addresses = [f"{secrets.token_hex(6)}@police.example" for _ in range(2)]
    assert invite_ada(addresses[0]) == 0
    ada = come_in(norfolk, *handed_over(capsys.readouterr().out))
    assert kept_of("account", "email", addresses[0])["duties"] == ["administrator"]

    page = press_invite(ada, "Olive Example", addresses[1])
    assert page.heading == "The invitation is made", page.problems
    norfolk.visitors["police"] = come_in(norfolk, *handed_over(page.text))
    assert kept_of("account", "email", addresses[1])["duties"] == []

    opened = norfolk.refer("police", REFERRAL)
    assert opened.heading.startswith("Case NOR-")
    assert "Olive Example" in opened.timeline
    assert "Olive Example" in ada.open("/administration/people").text
    assert "Olive Example accepted the invitation" in ada.open("/administration/log").text


def test_after_ten_minutes_an_administrator_proves_again_who_they_are(
    norfolk: Journey, capsys: pytest.CaptureFixture[str]
) -> None:
    email = f"{secrets.token_hex(6)}@police.example"
    invite_ada(email)
    ada = come_in(norfolk, *handed_over(capsys.readouterr().out))
    account = kept_of("account", "email", email)["id"]
    lapse(account)
    assert ada.open("/administration/people/invite").heading != "Invite somebody"
    assert ada.open("/administration/people").heading == "People"


def lapse(account: str) -> None:
    """Let more than ten minutes pass since they proved who they are."""
    told("update sign_in_session set stepped_up = now() - %s where account_id = %s", timedelta(minutes=11), account)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--role", "gardener"], "Choose a role that your agency plays"),
        (["--role", "police", "--email", "nobody"], "Enter an email address"),
        (["--role", "police", "--name", " "], "Enter their name"),
        (["--role", "police", "--agency", "nowhere"], "Choose a role"),
    ],
)
def test_the_command_says_what_it_cannot_do(
    norfolk: Journey, capsys: pytest.CaptureFixture[str], words: list[str], said: str
) -> None:
    usual = ["--agency", "norwich_dvu", "--email", "ada@police.example", "--name", "Ada Example"]
    assert main(["invite", *usual, *words]) == 2
    assert said in capsys.readouterr().err
