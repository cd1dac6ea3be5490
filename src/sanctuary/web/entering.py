"""Who stands at this browser, on the way in? Their attempt, where they were going, and the session at the end."""

from __future__ import annotations

from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import rotate_token
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from sanctuary.records import crypto, sign_in, ways
from sanctuary.records.middleware import remember, session_token

TOO_MANY = (
    "That was tried too often lately. Wait a quarter of an hour, then try again; nothing is wrong with your account"
)
COOKIE, _SALT = "sanctuary_attempt", "sanctuary.web.attempt"
# The first that a browser's name for itself holds: most name the older ones too.
_BROWSERS = {
    "Edg": "Edge", "OPR/": "Opera", "SamsungBrowser": "Samsung Internet", "Firefox": "Firefox", "FxiOS": "Firefox",
    "CriOS": "Chrome", "Chrome": "Chrome", "Safari": "Safari",
}  # fmt: skip
_DEVICES = {
    "Windows": "Windows", "Android": "Android", "iPhone": "iPhone", "iPad": "iPad", "Mac OS X": "Mac",
    "CrOS": "Chromebook", "Linux": "Linux",
}  # fmt: skip


def wanted(request: HttpRequest) -> str:
    """The address within this site that somebody was on the way to; "" where there is none such."""
    said = request.POST.get("next", request.GET.get("next", ""))
    here = url_has_allowed_host_and_scheme(said, allowed_hosts=None)
    return said if here and said.startswith("/") else ""


def by_way_of(name: str, onward: str) -> str:
    """The address of a page on the way, which knows where its reader is going."""
    return f"{reverse(name)}?{urlencode({'next': onward})}" if onward else reverse(name)


def place(request: HttpRequest) -> str:
    """What stands for the network address that a request comes from; nobody can tell which it was."""
    came_from = request.META.get("REMOTE_ADDR", "")
    if settings.BEHIND_PROXY:
        came_from = request.META.get("HTTP_X_FORWARDED_FOR", came_from).rpartition(",")[2].strip()
    return crypto.blinded("place", came_from).hex()


def device(request: HttpRequest) -> str:
    """What this browser calls itself, for its owner to know it by: "Firefox on Windows"."""
    said = request.META.get("HTTP_USER_AGENT", "")
    browser, system = (next((names[part] for part in names if part in said), "") for names in (_BROWSERS, _DEVICES))
    return f"{browser or 'A browser'} on {system}" if system else browser


def attempt(request: HttpRequest) -> str | None:
    """The token of the attempt that was begun in this browser."""
    return request.get_signed_cookie(COOKIE, default=None, salt=_SALT) or None


def hold(response: HttpResponse, token: str) -> HttpResponse:
    """Let the browser keep the attempt's token until it is closed."""
    response.set_signed_cookie(
        COOKIE, token, salt=_SALT, secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax", path="/"
    )
    return response


def let_go(response: HttpResponse) -> HttpResponse:
    """Let the browser drop the attempt's token."""
    response.delete_cookie(COOKIE, path="/", samesite="Lax")
    return response


def enter(request: HttpRequest, token: str, onward: str) -> HttpResponse | None:
    """Signed in, and where one was going; None where the attempt does not suffice.

    The session that this browser had before ends, over the login that serves this request and may hold it locked.
    """
    before = session_token(request)
    session = sign_in.open_session(token, device(request), before)
    if session is None:
        return None
    if before:
        ways.leave(before)
    response = let_go(redirect(onward or "worklist"))
    remember(response, session)
    rotate_token(request)
    return response
