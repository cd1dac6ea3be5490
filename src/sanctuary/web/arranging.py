"""How does a view answer about people? With the form and what is wrong, or on to a page that says what was done."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from sanctuary.actions.arranging import Arranged, Outcome
from sanctuary.actions.results import Faulty, Missing, Refused
from sanctuary.core.scheme import Question
from sanctuary.web.forms.own import Filled, FormPage, filled, form_page
from sanctuary.web.forms.page import Problem
from sanctuary.web.showing import show

NOTICES: Mapping[str, str] = {
    "changed": "Changed. It counts from their next click on.",
    "ended": "The account is ended. Whatever they had open is closed with their next click.",
    "withdrawn": "The invitation is withdrawn. Its link and code open nothing any more.",
    "saved": "Saved. It counts from the next click of everybody in the team.",
    "team_ended": "The team is ended.",
    "appointed": "The deputy is appointed.",
    "deputy_ended": "That is over from now on.",
    "acting": "You act for your colleague now. Say so when you speak with people.",
    "self": "You play your own part again.",
}


def notice(request: HttpRequest) -> str:
    """What was just done, in words."""
    return NOTICES.get(request.GET.get("now", ""), "")


def on(name: str, told: str, **parts: Any) -> HttpResponse:
    """On to a page, which says what was done."""
    return redirect(f"{reverse(name, kwargs=parts or None)}?now={told}")


def form_view(
    request: HttpRequest,
    page: FormPage,
    act: Callable[[Filled], Outcome],
    done: Callable[[Outcome], HttpResponse],
    questions: Sequence[Question] = (),
    start: Filled | None = None,
    about: Mapping[str, Mapping[str, str]] | None = None,
) -> HttpResponse:
    """The form with `start` in it; once posted, what `act` made of it is `done`, or is said on the form as typed."""
    if request.method != "POST":
        return _form(request, form_page(page, questions, start, about), 200)
    given = filled(questions, request.POST, any_of=page.any_of)
    if given.faults:
        return _form(request, form_page(page, questions, given, about), 422)
    outcome = act(given)
    if isinstance(outcome, Faulty):
        return _form(request, form_page(page, questions, given, about, outcome.faults), 422)
    if isinstance(outcome, Refused):
        return _form(request, form_page(refused(page, outcome), questions, given, about), 409)
    if isinstance(outcome, Missing):
        raise Http404
    return done(outcome)


def refused(page: FormPage, outcome: Refused) -> FormPage:
    """The page with why it cannot be at its top."""
    problems = tuple(Problem(text=text, href="#main-content") for text in outcome.reasons)
    return replace(page, problems=problems)


def arranged(name: str, told: str, **parts: Any) -> Callable[[Outcome], HttpResponse]:
    """What to do once it is arranged: on to a page."""

    def go(outcome: Outcome) -> HttpResponse:
        if not isinstance(outcome, Arranged):
            raise TypeError(f"no page for {type(outcome).__name__}")
        return on(name, told, **parts)

    return go


def _form(request: HttpRequest, page: FormPage, status: int) -> HttpResponse:
    return show(request, "people/form.html", status=status, page=page)
