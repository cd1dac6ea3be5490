"""How does somebody ask the site? With a browser that keeps their session, fast enough to ask very many times."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.http import HttpResponse
from django.test import Client

from sanctuary.records import middleware
from tests.support.access.marks import Mark, marks

_PROOF = re.compile(rb'name="csrfmiddlewaretoken" value="(\w+)"')
# Drawn anew for every page, of letters in which a reference may stand by chance.
_NONCE = re.compile(rb"(?<=nonce-)[\w-]+|(?<=nonce=\")[\w-]+")
_REFERENCE = re.compile(rb"\b[A-Z]{3}-[0-9A-Z]{4}-[0-9A-Z]{2}\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back."""

    address: str
    status: int
    leads_to: str
    marks: frozenset[Mark]
    references: frozenset[str]
    body: bytes = field(repr=False)

    @property
    def is_door(self) -> bool:
        """Whether it sends to the way in."""
        return self.status == 302 and self.leads_to.startswith("/sign-in")


@dataclass(slots=True)
class Browser:
    """A browser with this session; "" for none. Forms carry the proof that the site made them, unless told not to."""

    token: str
    client: Client = field(init=False, repr=False)
    proof: str = ""

    def __post_init__(self) -> None:
        """Sign in."""
        self.client = Client(enforce_csrf_checks=True, raise_request_exception=False)
        if self.token:
            answer = HttpResponse()
            middleware.remember(answer, self.token)
            self.client.cookies[middleware.COOKIE] = answer.cookies[middleware.COOKIE].value

    def get(self, address: str) -> Answer:
        """Open it, and follow nowhere."""
        return _answer(address, self.client.get(address))

    def come(self, address: str) -> Answer:
        """Open it, and follow where it leads, as far as the way in."""
        answer = self.get(address)
        return self.come(answer.leads_to) if answer.status == 302 and not answer.is_door else answer

    def post(self, address: str, fields: dict[str, str] | None = None, *, proven: bool = True) -> Answer:
        """Send a form there."""
        sent = {**(fields or {}), **({"csrfmiddlewaretoken": self._proof()} if proven else {})}
        kind = "application/x-www-form-urlencoded"
        return _answer(address, self.client.post(address, data=urlencode(sent), content_type=kind))

    def _proof(self) -> str:
        """Taken from a page that everybody has, the way in among them."""
        if not self.proof:
            pages = (self.client.get(address).content for address in ("/work", "/sign-in"))
            self.proof = next(found[1].decode() for page in pages if (found := _PROOF.search(page)))
        return self.proof


def _answer(address: str, response: HttpResponse) -> Answer:
    said = _NONCE.sub(b"", response.content + str(dict(response.headers)).encode())
    leads_to = response.headers.get("Location", "")
    return Answer(
        address=address,
        status=response.status_code,
        leads_to=leads_to,
        marks=marks(response.content) | marks(str(dict(response.headers)).encode()),
        references=frozenset(each.decode() for each in _REFERENCE.findall(said)),
        body=response.content,
    )
