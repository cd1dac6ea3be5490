"""Moving a case to another version of its scheme: what would change, and then the button that does it."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from sanctuary.actions.move_case import Preview, move_case, preview
from sanctuary.actions.results import Missing, Recorded, Refused
from sanctuary.web.pages.moving import move_page
from sanctuary.web.showing import failed, now, seen, sent, show, tokens


def move(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """What would change for the case, or what comes of moving it."""
    at = now()
    if request.method == "POST":
        return _moved(request, case_id)
    found = preview(case_id=case_id, now=at)
    if isinstance(found, Missing):
        raise Http404
    if isinstance(found, Refused):
        return failed(request, found, seen(case_id, at))
    return _shown(request, found)


def _shown(request: HttpRequest, found: Preview) -> HttpResponse:
    back = {"text": f"Case {found.reference}", "href": reverse("case", kwargs={"case_id": found.case_id})}
    return show(request, "move.html", page=move_page(found), hidden=tokens(found.seq), back=back)


def _moved(request: HttpRequest, case_id: UUID) -> HttpResponse:
    key, seq = sent(request)
    version = request.POST.get("version", "")
    result = move_case(case_id=case_id, version=version, expected_seq=seq, key=key, now=now())
    if isinstance(result, Recorded):
        return redirect(f"{reverse('case', kwargs={'case_id': case_id})}?now=moved")
    return failed(request, result, seen(case_id, now()))
