"""Proving again that it is you, before something that matters: with a passkey, or with a code."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.debug import sensitive_post_parameters

from sanctuary.actions import prove
from sanctuary.records import ways
from sanctuary.records.middleware import session_token
from sanctuary.records.sign_in import Said
from sanctuary.web.entering import TOO_MANY, attempt, by_way_of, hold, let_go, place, wanted
from sanctuary.web.forms.page import Problem
from sanctuary.web.showing import now, show

_WRONG = "Enter the 6 figures that your app shows now, or a recovery code. What was used once is not taken again"
_NO_PASSKEY = "This passkey did not work here. Try again, or use a code"


@sensitive_post_parameters("code", "credential")
def confirm(request: HttpRequest) -> HttpResponse:
    """The question, and what comes of it. Each answer is to a question that was put once."""
    if request.method != "POST":
        return _ask(request)
    token, session = attempt(request), session_token(request)
    if token is None or session is None:
        return redirect(by_way_of("confirm", wanted(request)))
    said = _answer(request, token)
    if said is Said.YES and ways.step_up(token, session):
        return let_go(redirect(wanted(request) or "worklist"))
    return _ask(request, _why(request, said))


def _answer(request: HttpRequest, token: str) -> Said:
    """What comes of the answer: a passkey's, a recovery code (it has letters), or a code."""
    signed, typed = request.POST.get("credential", ""), request.POST.get("code", "")
    if signed:
        return Said.YES if prove.prove_passkey(token=token, answer=signed) else Said.NO
    if any(letter.isalpha() for letter in typed):
        return prove.prove_recovery(token=token, typed=typed)
    return prove.prove_code(token=token, typed=typed, now=now())


def _why(request: HttpRequest, said: Said) -> str:
    if said is Said.WAIT:
        return TOO_MANY
    return _NO_PASSKEY if request.POST.get("credential") else _WRONG


def _ask(request: HttpRequest, why: str = "") -> HttpResponse:
    session = session_token(request) or ""
    mine = ways.ways(ways.Holder(session=session))
    known = tuple(each.id for each in mine.passkeys) if mine else ()
    begun = prove.ask_passkey(place=place(request), session=session, known=known)
    by_code = not known or "code" in (request.GET.get("by"), request.POST.get("by"))
    if begun is None:
        why = TOO_MANY
    problems = (Problem(text=why, href="#code" if by_code else "#passkey"),) if why else ()
    page = {
        "options": begun.options if begun and not by_code else "", "wanted": wanted(request), "problems": problems,
        "has_app": bool(mine and mine.app_since), "has_passkey": bool(known),
    }  # fmt: skip
    response = show(request, "confirm.html", status=403 if why else 200, **page)
    return hold(response, begun.token) if begun else response
