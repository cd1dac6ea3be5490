"""Where somebody is signed in: every browser of theirs, and the button that ends it there."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from sanctuary.records import sign_in, ways
from sanctuary.records.middleware import session_token
from sanctuary.web.showing import show

_WAYS = {
    "passkey": "with a passkey",
    "password_code": "with a password and a code",
    "password_recovery": "with a password and a recovery code",
    "owner": "by whoever looks after this installation",
}


def sessions(request: HttpRequest) -> HttpResponse:
    """The list, or what comes of ending one."""
    if request.method == "POST":
        ended = _number(request.POST.get("session", ""))
        if ended and ways.end_session(ended):
            return redirect(f"{reverse('sessions')}?now=ended")
        return redirect("sessions")
    found = ways.sessions(session_token(request) or "")
    notice = "That browser is signed out." if request.GET.get("now") == "ended" else None
    return show(request, "sessions.html", sessions=found, words=_WAYS, limits=sign_in.limits(), notice=notice)


def _number(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
