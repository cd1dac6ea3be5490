"""Why each answer is held, and for how long: a page for a scheme, and one for each question."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from sanctuary.actions import definitions
from sanctuary.core.scheme import Scheme
from sanctuary.web.pages.held import held_page, held_steps, kept
from sanctuary.web.showing import show


def held(request: HttpRequest, scheme: str) -> HttpResponse:
    """Every question of a scheme, with a way to why it is asked."""
    found = _running(scheme)
    return show(request, "held.html", scheme=found, steps=held_steps(found), kept=kept(found))


def held_question(request: HttpRequest, scheme: str, step: str, question: str) -> HttpResponse:
    """Why the answer to one question is held."""
    found = _running(scheme)
    page = held_page(found, step, question)
    if page is None:
        raise Http404
    back = {"text": "Why each answer is held", "href": reverse("held", kwargs={"scheme": scheme})}
    return show(request, "held_question.html", it=page, back=back)


def _running(scheme: str) -> Scheme:
    found = definitions.running().get(scheme)
    if found is None:
        raise Http404
    return found
