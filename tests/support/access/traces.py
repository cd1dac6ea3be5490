"""What does an answer of the site let somebody notice? Status, bytes and statements, without what always differs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.db import connections
from django.http import HttpResponse
from django.test import Client

from sanctuary.records import accounts, middleware

# What is drawn anew for every answer: the nonce of its policy, the proof and the key of its forms.
_DRAWN = re.compile(
    rb"nonce[=-]\"?[\w+/=-]+|name=\"(?:csrfmiddlewaretoken|key)\" value=\"[\w-]+\"|csrftoken=\w+|"
    rb"(?:\w{3}, \d\d \w{3} \d{4} )?\d\d:\d\d:\d\d GMT"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Noticed:
    """Everything about an answer but the time it took."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    statements: tuple[str, ...]

    def without(self, text: str) -> Noticed:
        """The same, but for what was asked for."""
        headers = tuple((name, value.replace(text, "it")) for name, value in self.headers)
        return replace(self, headers=headers, body=self.body.replace(text.encode(), b"it"))


class Prober:
    """Somebody at a browser who looks at more than the page."""

    def __init__(self, account: Any, *, fresh: bool = False) -> None:
        self.client = Client(raise_request_exception=False, SERVER_NAME="localhost")
        answer = HttpResponse()
        middleware.remember(answer, accounts.open_session(account, fresh=fresh))
        self.client.cookies[middleware.COOKIE] = answer.cookies[middleware.COOKIE].value

    def get(self, address: str, /) -> Noticed:
        """Open it."""
        return noticed(lambda: self.client.get(address))

    def post(self, address: str, /, **fields: str) -> Noticed:
        """Send a form there."""
        kind = "application/x-www-form-urlencoded"
        return noticed(lambda: self.client.post(address, data=urlencode(fields), content_type=kind))


def noticed(ask: Callable[[], Any]) -> Noticed:
    """What can be noticed of an answer."""
    with _statements() as statements:
        response = ask()
    headers = {name: _DRAWN.sub(b"", value.encode()).decode() for name, value in response.headers.items()}
    return Noticed(
        status=response.status_code,
        headers=tuple(sorted(headers.items())),
        body=_DRAWN.sub(b"", response.content),
        statements=tuple(statements),
    )


@contextmanager
def _statements() -> Iterator[list[str]]:
    """The text of every statement on the application's login, without the values that are bound to it."""
    seen: list[str] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        seen.append(re.sub(r"s\d+_x\d+", "savepoint", sql))
        return execute(sql, params, many, context)

    with connections["default"].execute_wrapper(note):
        yield seen
