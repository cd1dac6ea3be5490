"""Who looked at this, and why? By case and by colleague, for oversight; and who has looked, for all who have it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from sanctuary.actions import definitions
from sanctuary.records import cases, readings
from sanctuary.web.forms.page import Problem
from sanctuary.web.pages.audit import DAYS, USUAL, Title, audit_page, reader_line, role_title
from sanctuary.web.pages.worklist import PAGE
from sanctuary.web.paging import number_asked, page_asked
from sanctuary.web.showing import now, show

PRINTED = 500
_NOT_FOUND = "No case with this reference is one that you may ask about. Check the letters and figures"


# `of_case` or `by_person` of the readings, given whose.
Ask = Callable[..., tuple[list[readings.Line], int]]


def audit(request: HttpRequest) -> HttpResponse:
    """Where to begin: a case by its reference, or a colleague."""
    typed = request.POST.get("reference", "").strip()[:40]
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        found = readings.case_to_audit(typed)
        if found is not None:
            return redirect("audit_case", case_id=found)
        problems = (Problem(text=_NOT_FOUND, href="#reference"),)
    return show(
        request,
        "oversight/audit.html",
        status=422 if problems else 200,
        reference=typed,
        problems=problems,
        colleagues=readings.colleagues(),
    )


def audit_case(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The readings of a case. One that this person may not ask about is as one that is not there."""
    days, whole = _asked(request)
    lines, count, number = _read(request, partial(readings.of_case, case_id))
    if not lines and not readings.may_audit(case_id):
        raise Http404
    page = audit_page(lines, count, days, number, _title(), whole)
    return show(request, "oversight/audit_case.html", page=page, reference=readings.reference(case_id))


def audit_person(request: HttpRequest, account: UUID) -> HttpResponse:
    """What a colleague of the own agency read and searched."""
    name = next((name for each, name, _ in readings.colleagues() if each == account), None)
    if name is None:
        raise Http404
    days, whole = _asked(request)
    lines, count, number = _read(request, partial(readings.by_person, account))
    return show(
        request,
        "oversight/audit_person.html",
        page=audit_page(lines, count, days, number, _title(request.staff.agency_title), whole),  # type: ignore[attr-defined]
        name=name,
        account=account,
        own=account == request.staff.account,  # type: ignore[attr-defined]
        leaving=readings.is_leaving(account),
    )


@require_POST
def leaving(request: HttpRequest, account: UUID) -> HttpResponse:
    """Note that a colleague leaves, or does not after all."""
    if not readings.say_leaving(account, request.POST.get("leaves") == "yes"):
        raise Http404
    return redirect(reverse("audit_person", kwargs={"account": account}))


def readers(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Who has looked at the case, for everybody who has it."""
    found = cases.find(case_id, "readers")
    if found is None:
        raise Http404
    days, _ = _asked(request)
    at, title = now(), _title()
    lines = [reader_line(each, title, at) for each in readings.readers(case_id, at - timedelta(days=int(days)))]
    page = audit_page((), 0, days, 1, title, whole=True)
    return show(request, "oversight/readers.html", lines=lines, page=page, case=found)


def _asked(request: HttpRequest) -> tuple[str, bool]:
    """The days, and whether it is all to be on one page."""
    days = request.GET.get("days", "")
    return days if days in DAYS else USUAL, "print" in request.GET


def _read(request: HttpRequest, ask: Ask) -> tuple[Sequence[readings.Line], int, int]:
    """The lines of the page that the address asks for, how many there are in all, and the page's number."""
    at, (days, whole), number = now(), _asked(request), number_asked(request)
    since = at - timedelta(days=int(days))
    lines, count = ask(since, at, **_part(number, whole))
    if lines or number == 1:
        return lines, count, number
    # Beyond the end the lines cannot say how many there are; the first can. Each asking is noted.
    _, count = ask(since, at, limit=1, skip=0)
    number = page_asked(request, count)
    lines, count = ask(since, at, **_part(number, whole))
    return lines, count, number


def _part(number: int, whole: bool) -> dict[str, int]:
    return {"limit": PRINTED, "skip": 0} if whole else {"limit": PAGE, "skip": (number - 1) * PAGE}


def _title(own: str = "") -> Title:
    """What roles are called; where no agency is noted, as in the `own` one."""
    schemes = definitions.running()
    return lambda role, agency: role_title(schemes, role, agency or own)
