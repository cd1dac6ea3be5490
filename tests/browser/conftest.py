"""How do tests drive a browser? Chromium as found on the machine, the site over a real record, and people signed in."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from sanctuary.records import accounts
from sanctuary.web import showing
from tests.support.axe import findings
from tests.support.county import County, county
from tests.support.database import Agency, make_person
from tests.support.visits.visitor import Visitor

ROOT = Path(__file__).resolve().parents[2]
# The tests run as root on some machines, and none of the machine's network is theirs to use.
SWITCHES = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
# Playwright keeps a loop running in the thread of the test, where Django would refuse to ask the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what stands in this folder, so that `-m "not browser"` leaves it out."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a Chromium; without one, a failure that says how to get it."""
    command = [sys.executable, str(ROOT / "tools" / "chromium.py")]
    found = subprocess.run(command, capture_output=True, text=True, check=False)
    if found.returncode:
        pytest.fail(found.stderr, pytrace=False)
    return found.stdout.strip()


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any], chromium: str) -> dict[str, Any]:
    """pytest-playwright's own, with the Chromium found."""
    return {**browser_type_launch_args, "executable_path": chromium, "args": list(SWITCHES)}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """A reader in Britain at an ordinary screen."""
    size = {"width": 1280, "height": 900}
    return {**browser_context_args, "locale": "en-GB", "timezone_id": "Europe/London", "viewport": size}


@pytest.fixture(scope="session")
def base_url() -> None:
    """None: tests name the live server themselves. pytest-playwright's own fixture is of a kind that pytest 10 ends."""


@pytest.fixture
def axe() -> Callable[[Page], None]:
    """Fails when axe-core finds anything on the page but the two things that come from GOV.UK Frontend."""

    def check(page: Page) -> None:
        found = findings(page)
        assert not found, f"{page.title()}:\n" + "\n".join(found)

    return check


# Of the people in tests/browser/story.yaml and of whoever else is made up here: no history or tab may show these.
PRIVATE = ("Marian", "Heron", "Plover", "ZZ99", "7946", "Quill", "1988", "Bluebell")
NAMES = {"housing": "Jo Barnes", "police": "Sam Okafor", "support": "Dilys Rose", "inspection": "Amir Hall"}
Visit = Callable[..., Visitor]


@pytest.fixture
def area() -> str:
    """The district of Norfolk that a test is set in."""
    return "norwich"


@pytest.fixture
def district(area: str, live_server: LiveServer, monkeypatch: pytest.MonkeyPatch) -> County:
    """The Norfolk scheme in one district, with one person for each role; the site's clock is the county's."""
    made = county("norfolk", area)
    for role, person in made.people.items():
        key = person.agency.key
        agency = Agency(id=person.agency.id, key=key, title=made.scheme.agencies[key])
        accounts.make_agency(key, agency.title)
        made.people[role] = make_person(agency, role, NAMES[role])
    monkeypatch.setattr(showing, "timezone", SimpleNamespace(localtime=lambda: made.now))
    return made


@pytest.fixture
def visit(
    browser: Browser, browser_context_args: dict[str, Any], live_server: LiveServer, district: County
) -> Iterator[Visit]:
    """Opens the site for the person with a role, signed in; "" is nobody. What went wrong unseen fails at the end."""
    made: list[Visitor] = []

    def open_for(role: str, *, scripted: bool = True, **context: Any) -> Visitor:
        window = browser.new_context(**{**browser_context_args, "java_script_enabled": scripted, **context})
        visitor = Visitor(window, live_server.url, PRIVATE, scripted=scripted)
        made.append(visitor)
        if role:
            visitor.come_in(district.people[role].account)
        return visitor

    yield open_for
    for visitor in made:
        visitor.leave()
