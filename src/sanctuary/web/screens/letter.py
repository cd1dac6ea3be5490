"""The letter that goes with a step: how it reads, and as a file for printing that names nobody."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from sanctuary.gateways.documents import letter_as_pdf, unprintable
from sanctuary.web import naming
from sanctuary.web.pages.letter import merged, sender
from sanctuary.web.pages.work import Work
from sanctuary.web.showing import now, seen, show


def letter(request: HttpRequest, case_id: UUID, step: str) -> HttpResponse:
    """The letter on a page, gaps marked."""
    work = _work(case_id, step)
    return _shown(request, work) if _ready(work) else redirect("step", case_id=case_id, step=step)


def letter_pdf(request: HttpRequest, case_id: UUID, step: str) -> HttpResponse:
    """The letter as a PDF file; a letter with gaps is not made into one."""
    work = _work(case_id, step)
    if not _ready(work):
        return redirect("step", case_id=case_id, step=step)
    whole = merged(work.seen, work.step, work.now)
    if whole.missing:
        return _shown(request, work, status=409)
    made = letter_as_pdf(whole, reference=work.seen.reference, agency=sender(work.seen, work.step))
    response = HttpResponse(made, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="letter-{work.seen.reference}.pdf"'
    return response


def _work(case_id: UUID, step: str) -> Work:
    at = now()
    found = seen(case_id, at)
    part = found.scheme.steps.get(step)
    if part is None or not part.letter:
        raise Http404
    return Work(seen=found, step=part, now=at)


def _ready(work: Work) -> bool:
    """Only a step that can be done now, or was done, has its letter: before that it would say what nobody decided."""
    return work.can_be_done or work.step.name in work.seen.facts.done


def _shown(request: HttpRequest, work: Work, status: int = 200) -> HttpResponse:
    whole = merged(work.seen, work.step, work.now)
    gaps = [naming.thing(work.seen.scheme, name) for name in whole.missing]
    context = {"case": work.seen, "step": work.step, "gaps": gaps, "unprintable": unprintable(whole)}
    return show(request, "letter.html", status=status, letter=whole, again=not work.can_be_done, **context)
