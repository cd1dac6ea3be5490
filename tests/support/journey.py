"""How do the people of a county work together on a case? Each at a browser of their own, with one clock for all."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from html import escape
from urllib.parse import urlencode, urljoin, urlsplit
from uuid import UUID

from django.http import HttpResponse
from django.test import Client
from time_machine import Traveller

from sanctuary.core.answers import Plain
from sanctuary.core.clocks import LONDON
from sanctuary.records import accounts, middleware
from tests.support.county import County
from tests.support.form import TYPED, Form, Sent
from tests.support.screen import Screen

HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": r"default-src 'none'; script-src 'self' 'nonce-[\w-]{22}'; .*frame-ancestors 'none'.*",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=.*",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow",
}
_SHORTEST = 5
# What the site draws for a case or a form: figures in it say nothing, though they may be those that somebody typed.
_DRAWN = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


@dataclass(slots=True)
class Trail:
    """What everybody's browsing leaves behind: addresses and titles that were seen, and what was typed."""

    addresses: list[str] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    typed: set[str] = field(default_factory=set)

    def told(self, *texts: str) -> list[str]:
        """Whatever was typed and stands in an address, in a title or in one of `texts`."""
        everything = [_DRAWN.sub("", text) for text in (*self.addresses, *self.titles, *texts)]
        return [word for word in self.typed for text in everything if word.lower() in text.lower()]


@dataclass(slots=True)
class Visitor:
    """Somebody at a browser, without JavaScript. `page` is the page that they see."""

    trail: Trail = field(repr=False)
    client: Client = field(default_factory=lambda: Client(enforce_csrf_checks=True), repr=False)
    _page: Screen | None = None

    @property
    def page(self) -> Screen:
        """The page that they see."""
        assert self._page is not None, "no page has been opened yet"
        return self._page

    def at(self, address: str) -> bool:
        """Whether this is the page that they see."""
        return self._page is not None and self._page.address == address

    def sign_in(self, account: UUID) -> None:
        """Be signed in to this account from now on, having proved just now who one is."""
        answer = HttpResponse()
        middleware.remember(answer, accounts.open_session(account, fresh=True))
        self.client.cookies[middleware.COOKIE] = answer.cookies[middleware.COOKIE].value

    def open(self, address: str) -> Screen:
        """Open an address and follow where it leads."""
        return self._followed(address, self.client.get(address))

    def click(self, link: str) -> Screen:
        """Follow the link that says this."""
        found = self.page.links
        assert link in found, f"no link {link!r} among {list(found)}"
        return self.open(urljoin(self.page.address, found[link]))

    def press(self, button: str, answers: Mapping[str, Plain] | None = None) -> Screen:
        """Fill in the form that has this button, and press it."""
        form = next((each for each in self.page.forms if button in [one.label for one in each.buttons]), self.page.form)
        return self.submit(form.filled(answers or {}), button)

    def submit(self, form: Form, button: str) -> Screen:
        """Press a button of a form that some page served, as often as one likes."""
        pressed = form.button(button)
        self.trail.typed |= {
            each.value.strip() for each in form.controls if each.kind in TYPED and len(each.value) >= _SHORTEST
        }
        return self.send(form, form.sent(pressed))

    def send(self, form: Form, sent: Sent) -> Screen:
        """Send these fields to where the form goes, and follow where that leads."""
        address = urljoin(self._page.address if self._page else "/", form.action)
        if form.method == "get":
            return self.open(f"{address}?{urlencode(sent)}")
        return self._followed(address, self.post(address, sent))

    def post(self, address: str, sent: Sent) -> HttpResponse:
        """Send these fields, and look no further."""
        body = urlencode(sent)
        return self.client.post(address, data=body, content_type="application/x-www-form-urlencoded")

    def _followed(self, address: str, answer: HttpResponse) -> Screen:
        self._note(address, answer)
        for _ in range(5):
            if answer.status_code not in (301, 302, 303):
                break
            address = urljoin(address, answer.headers["Location"])
            answer = self.client.get(address)
            self._note(address, answer)
        page = Screen(address=address, status=answer.status_code, headers=answer.headers, body=answer.content)
        if answer.headers.get("Content-Type", "").startswith("text/html"):
            self._arrived(page)
        return page

    def _note(self, address: str, answer: HttpResponse) -> None:
        self.trail.addresses.append(address)
        wrong = {
            name: answer.headers.get(name)
            for name, wanted in HEADERS.items()
            if not re.fullmatch(wanted, answer.headers.get(name, ""))
        }
        assert not wrong, f"{address} answers without its headers: {wrong}"

    def _arrived(self, page: Screen) -> None:
        self._page = page
        self.trail.titles.append(page.title)
        source = page.body.decode()
        ids = re.findall(r'\sid="([^"]*)"', source)
        assert len(ids) == len(set(ids)), f"{page.address}: {sorted({each for each in ids if ids.count(each) > 1})}"
        assert source.count("<h1") == 1, page.address
        if "govuk-error-summary" in source:
            inner = {href for href in page.problems.values() if href.startswith("#")}
            assert inner <= {f"#{each}" for each in ids}, f"{page.address}: the summary leads nowhere with {inner}"


@dataclass(slots=True)
class Journey:
    """A case on its way through a county, and everybody who works on it."""

    county: County = field(repr=False)
    traveller: Traveller = field(repr=False)
    trail: Trail = field(default_factory=Trail, repr=False)
    visitors: dict[str, Visitor] = field(default_factory=dict, repr=False)
    case_id: UUID | None = None
    _looking: str = ""

    @property
    def case(self) -> str:
        """The address of the case's page."""
        return f"/cases/{self.case_id}"

    def at(self, moment: str) -> None:
        """Let it be this moment in London: "2026-06-01 09:30"."""
        self.county.now = datetime.fromisoformat(moment).replace(tzinfo=LONDON)
        self.traveller.move_to(self.county.now)

    def later(self, **words: float) -> None:
        """Let time pass, as timedelta says."""
        self.county.now += timedelta(**words)
        self.traveller.move_to(self.county.now)

    def visitor(self, role: str) -> Visitor:
        """The person with this role, at their browser."""
        if role not in self.visitors:
            self.visitors[role] = Visitor(self.trail)
            self.visitors[role].sign_in(self.county.people[role].account)
        return self.visitors[role]

    def look(self, role: str) -> Screen:
        """The page of the case as this role sees it."""
        self._looking = role
        return self.visitor(role).open(self.case)

    def listed(self, role: str, heading: str = "Needs you now") -> str:
        """What this role's worklist says of the case under this heading; "" where it is not there."""
        reference = self.look(role).heading.removeprefix("Case ")
        # Other tests leave cases to the same agencies: the list may have several pages.
        for number in range(1, 1000):
            found = self.visitor(role).open(f"/work?page={number}").listed(heading)
            if not found or reference in found:
                return found.get(reference, "")
        return ""

    def refer(self, role: str, answers: Mapping[str, Plain]) -> Screen:
        """Open the case with a referral: the form, its check, and the case's page."""
        visitor = self.visitor(role)
        visitor.open(f"/referrals/new/{self.county.scheme.key}/{self.county.area}")
        visitor.press("Continue", answers)
        assert visitor.page.heading == "Check your answers", visitor.page.problems
        page = visitor.press("Open the case")
        self.case_id = UUID(urlsplit(page.address).path.rpartition("/")[2])
        return page

    def start(self, role: str, step: str) -> Screen:
        """Come from the case's page to a step, by the link that stands there for it."""
        visitor = self.visitor(role)
        page = visitor.page if self._looking == role and visitor.at(self.case) else visitor.open(self.case)
        self._looking = ""
        wanted = f"{self.case}/steps/{step}"
        assert wanted in page.links.values(), f"{step} is not offered to {role}: {list(page.turns)}"
        return visitor.open(wanted)

    def fill(self, role: str, step: str, answers: Mapping[str, Plain] | None = None) -> Screen:
        """Fill in every section of a step, as far as its check."""
        left, visitor = dict(answers or {}), self.visitor(role)
        page = self.start(role, step)
        sections = [href for href in page.links.values() if "/form/" in href]
        if sections:
            page = visitor.open(sections[0])
        while "/form/" in page.address:
            here = {name: left.pop(name) for name in list(left) if page.form.has(name)}
            page = visitor.press("Continue", here)
            assert not page.problems, page.problems
        assert not left, f"{step} does not ask {list(left)}"
        return page

    def do(self, role: str, step: str, answers: Mapping[str, Plain] | None = None) -> Screen:
        """Do a step through all its pages; the case's page after it."""
        page = self.fill(role, step, answers)
        done = self.visitor(role).submit(page.form, page.form.buttons[0].label)
        assert "Recorded." in done.text, done.text[:400]
        return done

    def ask(self, role: str, step: str) -> Screen:
        """Record that a question has gone out, or send a notice."""
        page = self.start(role, step)
        return self.visitor(role).submit(page.form, page.form.buttons[0].label)

    def confirm(self, role: str, step: str) -> Screen:
        """Confirm that a notice has arrived."""
        self.start(role, step)
        return self.visitor(role).press("Confirm that it has arrived")


def without_tokens(page: bytes) -> bytes:
    """The page without what is random in every answer: proofs against forged forms, and the policy's nonce."""
    text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page.decode())
    return re.sub(r'nonce="[\w-]+"', "", text).encode()


def shown(text: str) -> str:
    """Text as it stands in the source of a page."""
    return escape(text)
