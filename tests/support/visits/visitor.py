"""How does somebody go through the site in a browser? Link by link, every page looked at on arrival.

What must hold of every page, whoever opens it, is settled here; what one page says, its test asks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import unquote, urlsplit
from uuid import UUID

from django.http import HttpResponse
from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Page, Request, Response

from sanctuary.records import accounts
from sanctuary.records.cases import ALPHABET
from sanctuary.records.middleware import COOKIE, remember
from tests.support.axe import findings
from tests.support.visits.mirror import mirrored

NARROW, ORDINARY = {"width": 320, "height": 640}, {"width": 1280, "height": 900}
# The server's own way to say that an answer is wrong, a page gone, a case overtaken: Chromium notes each as an error.
EXPECTED = (403, 404, 409, 422)
# What the site draws: the number of a case or a form, the reference of a case, the key of an invitation.
_DRAWN = re.compile(
    r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
    rf"|\b[A-Z]{{3}}-[{ALPHABET}]{{4}}-[{ALPHABET}]{{2}}\b|(?<=/invitation/)[\w-]{{22,}}",
    re.IGNORECASE,
)
PATIENCE = 180_000  # milliseconds: a loaded machine is slow, not wrong


class Visitor:
    """A browser window of somebody, on the site at `host`. `private` words must stand in no address and no title."""

    def __init__(self, context: BrowserContext, host: str, private: Iterable[str], *, scripted: bool = True) -> None:
        context.set_default_timeout(PATIENCE)
        self.page: Page = context.new_page()
        self.host = host
        self.private = tuple(word.lower() for word in private)
        self.scripted = scripted
        self.unseen: list[str] = []
        self.seen: list[str] = []
        self._problems: list[str] = []
        self._follow(self.page)

    def go(self, address: str) -> None:
        """Open an address of the site."""
        self.page.goto(self.host + address)
        self.look()

    def press(self, name: str, within: str = "main") -> None:
        """Press the button or follow the link that is called `name`, and look at the page that comes."""
        area = self.page.locator(within)
        button, link = (area.get_by_role(role, name=name, exact=True) for role in ("button", "link"))
        self.arrive_by(button.or_(link).first)

    def arrive_by(self, thing: Locator) -> None:
        """Click what leads to another page, and look at it."""
        with self.page.expect_navigation():
            thing.click()
        self.look()

    def sign_in(self, email: str, password: str, code: str) -> None:
        """Sign in through the forms: the password, then the code of an app."""
        self.go("/sign-in")
        self.page.get_by_label("Email address").fill(email)
        self.page.get_by_label("Password", exact=True).fill(password)
        self.press("Sign in")
        self.enter_code(code)

    def enter_code(self, code: str) -> None:
        """The second step."""
        self.page.get_by_label("Code", exact=True).fill(code)
        self.press("Continue")

    def come_in(self, account: UUID) -> None:
        """Be signed in already."""
        answer = HttpResponse()
        remember(answer, accounts.open_session(account))
        self.page.context.add_cookies([{"name": COOKIE, "value": answer.cookies[COOKIE].value, "url": self.host}])
        self.go("/work")

    @property
    def heading(self) -> str:
        """The page's first heading."""
        return self.page.locator("h1").inner_text()

    @property
    def text(self) -> str:
        """What the page says."""
        return self.page.locator("main").inner_text()

    def look(self) -> None:
        """Fail for anything wrong with the page on show that would be wrong with any page."""
        problems = [*self._problems, *self._told(), *findings(self._readable()), *self._too_wide()]
        self._problems.clear()
        self.unseen.clear()
        self.seen.append(self.page.url)
        assert not problems, f"{self.page.url}: {self.page.title()}:\n" + "\n".join(problems)

    def leave(self) -> None:
        """Close the window; fails if anything went wrong unnoticed, or a page came and went without being looked at."""
        self.page.context.close()
        assert not self._problems, "\n".join(self._problems)
        assert not self.unseen, f"never looked at: {self.unseen}"

    def _follow(self, page: Page) -> None:
        page.on("console", self._console)
        page.on("pageerror", lambda error: self._problems.append(f"script error: {error}"))
        page.on("request", self._request)
        page.on("requestfailed", self._failed)
        page.on("response", self._response)

    def _failed(self, request: Request) -> None:
        """A second click takes the place of the first, which the browser then gives up: nothing was missing."""
        if request.failure != "net::ERR_ABORTED":
            self._problems.append(f"did not load: {request.url}")

    def _console(self, message: ConsoleMessage) -> None:
        text = message.text
        refused = "Failed to load resource" in text and any(f"status of {code} " in text for code in EXPECTED)
        if message.type in ("error", "warning") and not refused:
            self._problems.append(f"console: {message.text}")

    def _request(self, request: Request) -> None:
        if not request.url.startswith(f"{self.host}/"):
            self._problems.append(f"asks another host: {request.url}")

    def _response(self, response: Response) -> None:
        """Notes pages, and whatever the server could not give."""
        page = response.request.is_navigation_request()
        if response.status >= 400 and not (page and response.status in EXPECTED):
            self._problems.append(f"answered {response.status}: {response.url}")
        if page and not 300 <= response.status < 400 and "html" in response.headers.get("content-type", ""):
            self.unseen.append(response.url)

    def _told(self) -> list[str]:
        """Private words in what a history, a tab or a bookmark would show."""
        shown = [said(each).lower() for each in (unquote(self.page.url).removeprefix(self.host), self.page.title())]
        found = (word for word in self.private for text in shown if word in text)
        return [f"“{word}” stands in the address or the title" for word in found]

    def _readable(self) -> Page:
        """The page, or the same page where axe can run: scripts that are switched off are switched off for it too."""
        return self.page if self.scripted else mirrored(self.page)

    def _too_wide(self) -> list[str]:
        """Whether one has to scroll sideways on the narrowest screen."""
        self.page.set_viewport_size(NARROW)  # type: ignore[arg-type]
        width = self.page.evaluate("document.documentElement.scrollWidth")
        self.page.set_viewport_size(ORDINARY)  # type: ignore[arg-type]
        return [f"{width} wide on a screen of {NARROW['width']}"] if width > NARROW["width"] else []


def said(text: str) -> str:
    """What an address or a title tells. What is drawn tells nothing, though four of its figures may be a year."""
    return _DRAWN.sub("", text)


def path(address: str) -> str:
    """The part of an address after the host."""
    return urlsplit(address).path
