"""Does a real browser sign somebody in with a passkey, and set one up, and does every page on the way read well?"""

from __future__ import annotations

from typing import Any

from django.conf import settings

from tests.browser.conftest import Visit
from tests.support.access.signing import code, with_app
from tests.support.county import County
from tests.support.database import PASSWORD, administrator, on_the_record
from tests.support.visits.visitor import Visitor, path

pytestmark = on_the_record


def with_authenticator(visitor: Visitor) -> str:
    """Give the browser a device that makes passkeys and whose owner is there; its number."""
    tools = visitor.page.context.new_cdp_session(visitor.page)
    tools.send("WebAuthn.enable")
    device = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    return str(tools.send("WebAuthn.addVirtualAuthenticator", {"options": device})["authenticatorId"])


def test_a_passkey_is_set_up_and_signs_in(district: County, visit: Visit, live_server: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(settings, "SITE_ADDRESS", live_server.url)
    person, visitor = with_app(district.people["housing"]), visit("")
    with_authenticator(visitor)
    visitor.sign_in(person.email, PASSWORD, code(district.now))
    visitor.go("/account/ways")
    visitor.press("Add a passkey")
    visitor.page.get_by_label("Name", exact=True).fill("Work laptop")
    visitor.press("Make the passkey")
    assert "Your passkey is set up." in visitor.text
    assert "Work laptop" in visitor.text
    visitor.press("Where you are signed in")
    visitor.press("your ways of signing in")
    visitor.press("Rename or remove Work laptop")
    visitor.page.get_by_label("Name", exact=True).fill("Laptop")
    visitor.press("Save the name")
    visitor.press("Sign out", within="header")
    visitor.press("Sign in with a passkey")
    visitor.press("Use a passkey")
    assert path(visitor.page.url) == "/work"


def test_a_page_that_matters_takes_the_passkey_again(
    district: County, visit: Visit, live_server: Any, monkeypatch: Any
) -> None:
    monkeypatch.setattr(settings, "SITE_ADDRESS", live_server.url)
    visitor = visit("housing")
    with_authenticator(visitor)
    account = district.people["housing"].account
    stepped_up(account, "now()")
    visitor.go("/account/ways/passkey")
    visitor.press("Make the passkey")
    stepped_up(account, "null")
    visitor.go("/account/ways/app")
    assert visitor.heading == "Confirm that it is you"
    visitor.press("Use a passkey")
    assert visitor.heading == "Set up an app that shows codes"
    for page in ("password", "codes"):
        visitor.go(f"/account/ways/{page}")
    visitor.press("Make recovery codes")
    assert visitor.page.locator(".sanctuary-codes li").count() == 10


def stepped_up(account: Any, when: str) -> None:
    """Let the sessions of the account have been proved at this time."""
    with administrator() as connection:
        connection.execute(f"update sign_in_session set stepped_up = {when} where account_id = %s", [account])


def test_without_scripts_the_passkey_page_says_what_else_there_is(district: County, visit: Visit) -> None:
    visitor = visit("", scripted=False)
    visitor.go("/sign-in")
    visitor.press("Sign in with a passkey")
    assert "Passkeys need JavaScript" in visitor.text
    visitor.press("Sign in with a password and a code instead")
    assert visitor.heading == "Sign in"
