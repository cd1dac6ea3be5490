"""Signing in and out: with a passkey, or with a password and then a code of an app or a recovery code."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from sanctuary.actions import prove
from sanctuary.records import ways
from sanctuary.records.middleware import forget, session_token
from sanctuary.records.sign_in import Said
from sanctuary.web.entering import TOO_MANY, attempt, by_way_of, enter, hold, let_go, place, wanted
from sanctuary.web.forms.page import Problem
from sanctuary.web.showing import now, show

_UNKNOWN = "Enter the email address and password of your account. These two do not belong together"
_OVER = "That took too long, or was tried too often. Please begin again"
_WRONG = {
    "sign_in_code.html": "Enter the 6 figures that your app shows now. A code that was used once is not taken again",
    "sign_in_recovery.html": "Enter a recovery code that you have not used yet",
}
_NO_PASSKEY = "This passkey did not work here. Try again, or sign in with your password"


@sensitive_post_parameters("password")
def sign_in(request: HttpRequest) -> HttpResponse:
    """The form, and what comes of it: the same words whichever of the two was wrong."""
    if request.method != "POST":
        return show(request, "sign_in.html", wanted=wanted(request), email="", problems=())
    email = request.POST.get("email", "").strip()
    said, token = prove.prove_password(email=email, password=request.POST.get("password", ""), place=place(request))
    if said is not Said.YES:
        return _begin_again(request, TOO_MANY if said is Said.WAIT else _UNKNOWN, email)
    return hold(redirect(by_way_of("sign_in_code", wanted(request))), token)


@sensitive_post_parameters("code")
def code(request: HttpRequest) -> HttpResponse:
    """The second step: the code that an app shows."""
    return _second(
        request, "sign_in_code.html", lambda token, typed: prove.prove_code(token=token, typed=typed, now=now())
    )


@sensitive_post_parameters("code")
def recovery(request: HttpRequest) -> HttpResponse:
    """The second step without the app: a recovery code."""
    return _second(
        request, "sign_in_recovery.html", lambda token, typed: prove.prove_recovery(token=token, typed=typed)
    )


@sensitive_post_parameters("credential")
def passkey(request: HttpRequest) -> HttpResponse:
    """Ask for a passkey; what it answers comes back to the same address."""
    if request.method != "POST":
        return redirect(by_way_of("sign_in", wanted(request)))
    answer, token = request.POST.get("credential", ""), attempt(request)
    if not answer:
        return _ask_passkey(request)
    proved = token is not None and prove.prove_passkey(token=token, answer=answer)
    entered = enter(request, token, wanted(request)) if token and proved else None
    return entered or _ask_passkey(request, _NO_PASSKEY)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session here and in the database."""
    token = session_token(request)
    if token:
        ways.leave(token)
    response = let_go(redirect("sign_in"))
    forget(response)
    response["Clear-Site-Data"] = '"cache"'
    return response


def _second(request: HttpRequest, template: str, check: Callable[[str, str], Said]) -> HttpResponse:
    token = attempt(request)
    if token is None:
        return redirect(by_way_of("sign_in", wanted(request)))
    if request.method != "POST":
        return show(request, template, wanted=wanted(request), problems=())
    said = check(token, request.POST.get("code", ""))
    entered = enter(request, token, wanted(request)) if said is Said.YES else None
    if entered:
        return entered
    if said in (Said.NO, Said.WAIT):
        problems = (Problem(text=TOO_MANY if said is Said.WAIT else _WRONG[template], href="#code"),)
        return show(request, template, status=403, wanted=wanted(request), problems=problems)
    return let_go(_begin_again(request, _OVER))


def _begin_again(request: HttpRequest, why: str, email: str = "") -> HttpResponse:
    problems = (Problem(text=why, href="#email"),)
    return show(request, "sign_in.html", status=403, wanted=wanted(request), email=email, problems=problems)


def _ask_passkey(request: HttpRequest, why: str = "") -> HttpResponse:
    begun = prove.ask_passkey(place=place(request))
    if begun is None:
        return _begin_again(request, TOO_MANY)
    problems = (Problem(text=why, href="#passkey"),) if why else ()
    page = {"options": begun.options, "wanted": wanted(request), "problems": problems}
    return hold(show(request, "sign_in_passkey.html", status=403 if why else 200, **page), begun.token)
