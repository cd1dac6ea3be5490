"""How does a request meet the record? Its view and its rendering run in one transaction that knows who is asking.

The answer leaves only after the commit, so that every reading it shows has been noted. Must be the last middleware.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.conf import settings
from django.db import DatabaseError, transaction
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from sanctuary.records import accounts, audit, context, emergencies
from sanctuary.records.query import AWAY

COOKIE = "sanctuary_session"
SALT = "sanctuary.records.session"


class StreamedAnswer(Exception):
    """A view streams its answer, which would be written outside the transaction. Build it whole, or in a job."""


class RecordMiddleware:
    """Sets `request.staff` (accounts.Staff or None) and `request.emergency`, until when they see the case in one.

    Runs the view in a transaction, rolled back where it fails.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass the request on; the work is done once its view is known."""
        return self.get_response(request)

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., HttpResponseBase],
        args: Sequence[Any],
        kwargs: Mapping[str, Any],
    ) -> HttpResponseBase:
        """The view's answer, complete, after the commit. Raises audit.NotNoted where that fails: nothing may leave."""
        page, complete = audit.on_page(_page(request)), False
        try:
            with page, context.acting(session_token(request)), transaction.atomic():
                response = _answer(request, view, args, kwargs)
                complete = True
        except DatabaseError as error:
            if complete and not isinstance(error, AWAY):
                raise audit.failure(error) from error
            raise
        return response


def _answer(
    request: HttpRequest, view: Callable[..., HttpResponseBase], args: Sequence[Any], kwargs: Mapping[str, Any]
) -> HttpResponseBase:
    with accounts.asking() as staff:
        request.staff = staff  # type: ignore[attr-defined]
        case_id = kwargs.get("case_id") if staff else None
        request.emergency = emergencies.lasting(case_id) if case_id else None  # type: ignore[attr-defined]
        response = view(request, *args, **kwargs)
        render = getattr(response, "render", None)
        if callable(render):
            response = render()
    if response.streaming:
        raise StreamedAnswer(request.path)
    if response.status_code >= 500:
        transaction.set_rollback(True)
    return response


def _page(request: HttpRequest) -> str:
    """The name of the page, which is the same for every case."""
    return (request.resolver_match.url_name or "") if request.resolver_match else ""


def session_token(request: HttpRequest) -> str | None:
    """The token in this request's signed cookie, if there is one."""
    token = request.get_signed_cookie(COOKIE, default=None, salt=SALT)
    return token or None


def remember(response: HttpResponseBase, token: str) -> None:
    """Let the browser keep the session token, signed, until it is closed."""
    response.set_signed_cookie(
        COOKIE, token, salt=SALT, secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax", path="/"
    )


def forget(response: HttpResponseBase) -> None:
    """Let the browser drop the session token."""
    response.delete_cookie(COOKIE, path="/", samesite="Lax")
