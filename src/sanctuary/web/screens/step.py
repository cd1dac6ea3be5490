"""A step of a case: what it is about, and the way into its sections; or why it cannot be done now."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from sanctuary.web.pages.step import step_page
from sanctuary.web.pages.work import Work
from sanctuary.web.showing import now, seen, show, tokens


def step(request: HttpRequest, case_id: UUID, step: str) -> HttpResponse:
    """The step; one with a single section leads straight to it."""
    at = now()
    found = seen(case_id, at)
    if step not in found.scheme.steps:
        raise Http404
    work = Work(seen=found, step=found.scheme.steps[step], now=at)
    page = step_page(work)
    if page.mode == "fill" and len(page.tasks) == 1:
        return redirect("section", case_id=case_id, step=step, section=page.tasks[0].section)
    return show(request, "step.html", page=page, hidden=tokens(found.seq))
