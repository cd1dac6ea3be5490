"""Stopping everyone: what it does, a second look, and the stop. People are let in again from the terminal alone."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from sanctuary.records import standstill
from sanctuary.records.middleware import forget
from sanctuary.web.forms.page import Problem
from sanctuary.web.showing import show

_SURE = "Tick the box if you are sure"


def stop(request: HttpRequest) -> HttpResponse:
    """What happens when everyone is stopped; nothing is stopped here."""
    return show(request, "oversight/stop.html", page=None)


def stop_now(request: HttpRequest) -> HttpResponse:
    """The second step: a tick, and the stop."""
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        if request.POST.get("sure") == "yes":
            return _stopped(request)
        problems = (Problem(text=_SURE, href="#sure"),)
    status = 422 if problems else 200
    return show(request, "oversight/stop_now.html", status=status, problems=problems)


def _stopped(request: HttpRequest) -> HttpResponse:
    if not standstill.stop_everyone():
        raise Http404
    response = redirect("start")
    forget(response)
    return response
