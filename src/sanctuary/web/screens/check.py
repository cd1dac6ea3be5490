"""Check your answers: the whole step as it will be recorded, with the way back to each answer, then done."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from sanctuary.actions.complete_step import complete_step
from sanctuary.actions.results import Faulty, Recorded
from sanctuary.web.pages.check import check_page
from sanctuary.web.pages.work import Work
from sanctuary.web.showing import failed, now, seen, sent, show, tokens


def check(request: HttpRequest, case_id: UUID, step: str) -> HttpResponse:
    """The answers, or what comes of handing them in."""
    at = now()
    found = seen(case_id, at)
    if step not in found.scheme.steps:
        raise Http404
    work = Work(seen=found, step=found.scheme.steps[step], now=at)
    if work.to_be_sent or (request.method != "POST" and not (work.can_be_done and work.theirs)):
        return redirect("step", case_id=case_id, step=step)
    if request.method != "POST":
        return _shown(request, work, work.handed_in().faults)
    key, seq = sent(request)
    result = complete_step(case_id=case_id, step=step, plain=None, expected_seq=seq, key=key, now=at)
    if isinstance(result, Recorded):
        came_of_it = "passed_on" if result.passed_on_to else "done"
        return redirect(f"{reverse('case', kwargs={'case_id': case_id})}?now={came_of_it}")
    if isinstance(result, Faulty):
        return _shown(request, work, result.faults, status=422)
    return failed(request, result, found)


def _shown(request: HttpRequest, work: Work, faults: object, status: int = 200) -> HttpResponse:
    page = check_page(work, dict(faults))  # type: ignore[call-overload]
    back = {"text": "Back", "href": reverse("step", kwargs={"case_id": work.seen.case_id, "step": work.step.name})}
    return show(request, "check.html", status=status, page=page, hidden=tokens(work.seen.seq), back=back)
