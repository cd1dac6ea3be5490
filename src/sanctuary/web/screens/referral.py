"""Starting a referral: where, then the first step's form, then a check; the case begins with the last press."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID, uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from sanctuary.actions import definitions
from sanctuary.actions.open_case import open_case, starting
from sanctuary.actions.results import Faulty, Recorded, Refused
from sanctuary.actions.see_case import see_case
from sanctuary.core.answers import Plain
from sanctuary.core.scheme import Scheme
from sanctuary.web.forms.page import Problem, Typing
from sanctuary.web.forms.posted import typed
from sanctuary.web.forms.rows import changed_rows
from sanctuary.web.pages.referral import first, places, reading, referral_page, review
from sanctuary.web.showing import carried, now, show


def referral_choice(request: HttpRequest) -> HttpResponse:
    """Which scheme and area it is for."""
    offered = places(definitions.running(), request.staff)  # type: ignore[attr-defined]
    if len(offered) == 1:
        return redirect("referral", scheme=offered[0].scheme, area=offered[0].area)
    chosen = request.GET.get("where")
    for place in offered:
        if chosen == f"{place.scheme}.{place.area}":
            return redirect("referral", scheme=place.scheme, area=place.area)
    problems = (Problem(text="Select where the home is", href="#where"),) if chosen is not None else ()
    status = 422 if problems else 200
    return show(request, "referral_choice.html", status=status, places=offered, problems=problems, here="referral")


def referral(request: HttpRequest, scheme: str, area: str) -> HttpResponse:
    """The form, its check, and the case."""
    running = definitions.running().get(scheme)
    if running is None or area not in running.areas:
        raise Http404
    if request.method != "POST":
        return _form(request, running, area, {}, {})
    going, step = request.POST.get("go", ""), first(running)
    if going not in ("continue", "confirm"):
        again = typed(step.questions, request.POST, keep_blank_rows=True)
        return _form(request, running, area, changed_rows(request.POST, again.plain), {})
    answers = typed(step.questions, request.POST)
    begun = starting(running, request.staff, area, now())  # type: ignore[attr-defined]
    found = reading(running, begun, answers.plain, now())
    faults = {**found.faults, **answers.faults}
    if faults:
        return _form(request, running, area, answers.plain, faults)
    if going == "confirm":
        return _opened(request, running, area, answers.plain)
    hidden, sections = carried(request), review(running, found)
    return show(request, "referral_check.html", here="referral", title=step.title, sections=sections, hidden=hidden)


def _opened(request: HttpRequest, scheme: Scheme, area: str, plain: Mapping[str, Plain]) -> HttpResponse:
    result = open_case(scheme_key=scheme.key, area=area, plain=plain, key=_key(request), now=now())
    if isinstance(result, Recorded):
        theirs = see_case(result.case_id, now()) is not None
        if result.passed_on_to:
            return _passed_on(request, scheme, area, result, theirs=theirs)
        if not theirs:  # it has gone to another agency than this person's
            return show(request, "referral_passed.html", reference=result.reference)
        return redirect(f"{reverse('case', kwargs={'case_id': result.case_id})}?now=opened")
    if isinstance(result, Faulty):
        return _form(request, scheme, area, plain, result.faults)
    if isinstance(result, Refused):
        return show(request, "refused.html", status=409, reasons=result.reasons, case=None, typed=None)
    raise Http404


def _passed_on(request: HttpRequest, scheme: Scheme, area: str, result: Recorded, *, theirs: bool) -> HttpResponse:
    """What was written is kept, and somebody else hands it in."""
    role = scheme.roles[result.passed_on_to].title
    agency = scheme.agencies.get(scheme.areas[area].agencies.get(result.passed_on_to, ""), "")
    case_id = result.case_id if theirs else None
    return show(
        request, "referral_passed_on.html", reference=result.reference, role=role, agency=agency, case_id=case_id
    )


def _form(
    request: HttpRequest, scheme: Scheme, area: str, plain: Mapping[str, Plain], faults: Mapping[str, str]
) -> HttpResponse:
    begun = starting(scheme, request.staff, area, now())  # type: ignore[attr-defined]
    page = referral_page(scheme, area, begun, Typing(plain=plain, faults=faults), now())
    hidden = [("key", str(_key(request)))]
    status = 422 if faults else 200
    return show(request, "referral.html", status=status, page=page, hidden=hidden, here="referral")


def _key(request: HttpRequest) -> UUID:
    """One key from the first sight of the form to the last press, so that a case begins once."""
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError:
        return uuid4()
