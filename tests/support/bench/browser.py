"""How is a page asked for? Through the WSGI application with all its middleware, as somebody signed in; no network."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from typing import Any
from uuid import UUID

from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpResponse
from django.test import RequestFactory

from sanctuary.records import accounts, middleware
from tests.support.bench.timing import Act

CSRF = "x" * 32


class Unexpected(Exception):
    """A page answered with another status than it should: what was measured is not what was meant."""


class Browser:
    """Somebody at a browser; `account` None has not signed in."""

    def __init__(self, application: WSGIHandler, account: UUID | None) -> None:
        self._application = application
        cookies = {"csrftoken": CSRF}
        if account is not None:
            answer = HttpResponse()
            middleware.remember(answer, accounts.open_session(account))
            cookies[middleware.COOKIE] = answer.cookies[middleware.COOKIE].value
        self._factory = RequestFactory(SERVER_NAME="localhost")
        for name, value in cookies.items():
            self._factory.cookies[name] = value

    def get(self, address: str) -> Act:
        """Asks for the page, each time it is called."""
        environ = dict(self._factory.get(address).environ)
        return lambda: self._asked(environ, b"")

    def post(self, address: str, fields: Mapping[str, str]) -> Act:
        """Sends the form, each time it is called."""
        request = self._factory.post(address, {**fields, "csrfmiddlewaretoken": CSRF})
        body = request.body
        return lambda: self._asked(dict(request.environ), body)

    def _asked(self, environ: Mapping[str, Any], body: bytes) -> bytes:
        status: list[str] = []
        answer = self._application({**environ, "wsgi.input": BytesIO(body)}, lambda line, headers: status.append(line))
        page = b"".join(answer)
        answer.close()
        if not status[0].startswith("200"):
            raise Unexpected(f"{environ['PATH_INFO']}: {status[0]}")
        return page
