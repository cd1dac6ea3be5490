"""The letter that goes with a step: how it reads, and as a file for printing that names nobody."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse

from sanctuary.actions.see_case import SeenCase
from sanctuary.core.scheme import Step
from sanctuary.gateways.documents import letter_as_pdf, unprintable
from sanctuary.web import naming
from sanctuary.web.pages.letter import merged
from sanctuary.web.showing import now, seen, show


def letter(request: HttpRequest, case_id: UUID, step: str) -> HttpResponse:
    """The letter on a page, gaps marked."""
    at = now()
    found, part = _letter(case_id, step)
    return _shown(request, found, part, at)


def letter_pdf(request: HttpRequest, case_id: UUID, step: str) -> HttpResponse:
    """The letter as a PDF file; a letter with gaps is not made into one."""
    at = now()
    found, part = _letter(case_id, step)
    ready = merged(found, part, at)
    if ready.missing:
        return _shown(request, found, part, at, status=409)
    made = letter_as_pdf(ready, reference=found.reference, agency=found.staff.agency_title)
    response = HttpResponse(made, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="letter-{found.reference}.pdf"'
    return response


def _shown(request: HttpRequest, found: SeenCase, part: Step, at: datetime, status: int = 200) -> HttpResponse:
    ready = merged(found, part, at)
    gaps = [naming.thing(found.scheme, name) for name in ready.missing]
    context = {"case": found, "step": part, "letter": ready, "gaps": gaps, "unprintable": unprintable(ready)}
    return show(request, "letter.html", status=status, **context)


def _letter(case_id: UUID, step: str) -> tuple[SeenCase, Step]:
    found = seen(case_id, now())
    part = found.scheme.steps.get(step)
    if part is None or not part.letter:
        raise Http404
    return found, part
