"""How do tests drive a browser? Chromium as found on the machine, and axe on whatever page is open."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.support.axe import findings

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
