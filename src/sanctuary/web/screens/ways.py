"""Setting up one's ways of signing in: a password, an app that shows codes, recovery codes, passkeys."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.debug import sensitive_post_parameters
from markupsafe import Markup

from sanctuary.actions import enrol
from sanctuary.gateways.code_app import picture
from sanctuary.records import ways as records
from sanctuary.web.entering import device, enter
from sanctuary.web.forms.page import Problem
from sanctuary.web.keeping import Keeping, keeping, over
from sanctuary.web.showing import now, show

_NOTICES = {
    "password": "Your new password counts from now on. Your other browsers were signed out.",
    "app": "Your app is set up. Your other browsers were signed out.",
    "passkey": "Your passkey is set up.",
    "renamed": "The passkey has its new name.",
    "removed": "The passkey is removed. Your other browsers were signed out.",
    "last": "This is your only way in, so it stays. Set up another one first.",
}
_WRONG = "Enter the 6 figures that your app shows now for Sanctuary"
_NO_PASSKEY = "No passkey was made. Your device may have one for this site already, or it took too long: try again"
_NO_NAME = "Enter a name of 60 letters at most, by which you will know this passkey"


def ways(request: HttpRequest) -> HttpResponse:
    """All ways in of the one asking, with what can be done about each; a newcomer's list begins empty."""
    kept = keeping(request)
    if kept is None:
        return over(request)
    if kept.is_new:
        return show(request, "welcome.html", kept=kept, mine=kept.mine, problems=())
    told = request.GET.get("now", "")
    return show(request, "ways.html", kept=kept, mine=kept.mine, notice=_NOTICES.get(told), unchanged=told == "last")


@sensitive_post_parameters("password")
def password(request: HttpRequest) -> HttpResponse:
    """A new password."""
    kept = keeping(request)
    if kept is None:
        return over(request)
    fault = ""
    if request.method == "POST":
        typed = request.POST.get("password", "")
        fault = enrol.fault_of(typed, kept.mine)
        if not fault:
            enrol.set_password(kept.holder, typed)
            return kept.after("password", "app")
    problems = (Problem(text=fault, href="#password"),) if fault else ()
    return show(
        request, "ways_password.html", status=422 if fault else 200, kept=kept, mine=kept.mine, problems=problems
    )


@sensitive_post_parameters("code", "app")
def app(request: HttpRequest) -> HttpResponse:
    """The picture for the app, and the first code that it shows."""
    kept = keeping(request)
    if kept is None:
        return over(request)
    if request.method != "POST":
        return _app(request, kept, enrol.new_app(kept.mine))
    sealed, typed = request.POST.get("app", ""), request.POST.get("code", "")
    again = enrol.confirm_app(kept.holder, kept.mine, sealed, typed, now())
    return kept.after("app", "codes") if again is None else _app(request, kept, again, _WRONG)


def codes(request: HttpRequest) -> HttpResponse:
    """New recovery codes, shown this once."""
    kept = keeping(request)
    if kept is None:
        return over(request)
    made = enrol.new_recovery_codes(kept.holder) if request.method == "POST" else ()
    return show(request, "ways_codes.html", kept=kept, mine=kept.mine, codes=made)


@sensitive_post_parameters("credential")
def passkey(request: HttpRequest) -> HttpResponse:
    """A new passkey, made by this device."""
    kept = keeping(request)
    if kept is None:
        return over(request)
    if request.method != "POST":
        return _passkey(request, kept, device(request) or "My passkey")
    title, answer = request.POST.get("title", "").strip(), request.POST.get("credential", "")
    if not 0 < len(title) <= 60:
        return _passkey(request, kept, title, Problem(text=_NO_NAME, href="#title"))
    if not enrol.add_passkey(kept.holder, answer, title):
        return _passkey(request, kept, title, Problem(text=_NO_PASSKEY, href="#passkey"))
    return (_entered(request, kept) if kept.is_new else None) or kept.after("passkey")


def one_passkey(request: HttpRequest, number: UUID) -> HttpResponse:
    """A passkey: its name, and the button that removes it."""
    kept = keeping(request)
    found = next((each for each in kept.mine.passkeys if each.number == number), None) if kept else None
    if kept is None or found is None:
        raise Http404
    title = request.POST.get("title", found.title).strip()
    problems: tuple[Problem, ...] = ()
    if request.method == "POST" and request.POST.get("go") == "remove":
        return kept.after("removed" if records.remove_passkey(number, kept.holder) else "last")
    if request.method == "POST":
        if 0 < len(title) <= 60 and records.rename_passkey(number, title):
            return kept.after("renamed")
        problems = (Problem(text=_NO_NAME, href="#title"),)
    page = {"kept": kept, "passkey": found, "name": title, "problems": problems}
    return show(request, "ways_passkey_one.html", status=422 if problems else 200, **page)


def done(request: HttpRequest) -> HttpResponse:
    """A newcomer has set up a full way in, and is signed in by it."""
    kept = keeping(request)
    if kept is None:
        return over(request)
    if request.method != "POST":
        return redirect(kept.address())
    entered = _entered(request, kept)
    if entered:
        return entered
    problems = (Problem(text="Set up a passkey, or a password and an app, before you go on", href="#ways"),)
    return show(request, "welcome.html", status=422, kept=kept, mine=kept.mine, problems=problems)


def _entered(request: HttpRequest, kept: Keeping) -> HttpResponse | None:
    return enter(request, kept.holder.attempt, "")


def _app(request: HttpRequest, kept: Keeping, made: enrol.App, fault: str = "") -> HttpResponse:
    problems = (Problem(text=fault, href="#code"),) if fault else ()
    drawn = Markup(picture(made.link))  # noqa: S704 - drawn here, of squares alone
    spaced = " ".join(made.secret[start : start + 4] for start in range(0, len(made.secret), 4))
    page = {"kept": kept, "app": made, "secret": spaced, "picture": drawn, "problems": problems}
    return show(request, "ways_app.html", status=422 if fault else 200, **page)


def _passkey(request: HttpRequest, kept: Keeping, title: str, problem: Problem | None = None) -> HttpResponse:
    options = enrol.ask_new_passkey(kept.holder, kept.mine)
    page = {"kept": kept, "options": options, "name": title, "problems": (problem,) if problem else ()}
    return show(request, "ways_passkey.html", status=422 if problem else 200, **page)
