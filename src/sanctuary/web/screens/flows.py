"""How many cases came, ended and are still open: counts for those who may see the cases of a scheme."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse

from sanctuary.actions import definitions
from sanctuary.core.clocks import LONDON
from sanctuary.core.flows import flows as counted
from sanctuary.records.flows import stays
from sanctuary.web.pages.flows import days, flows_page
from sanctuary.web.showing import now, show
from sanctuary.web.staffing import areas


def flows(request: HttpRequest) -> HttpResponse:
    """The flows of one scheme between two days."""
    running = definitions.running()
    mine = {scheme.key: scheme for scheme, _ in areas(running, request.staff)}  # type: ignore[attr-defined]
    chosen = request.GET.get("scheme") or next(iter(mine), "")
    if chosen not in mine:
        raise Http404
    typed = {name: value for name, value in request.GET.items() if isinstance(value, str)}
    dates, problems = days(typed, now().astimezone(LONDON).date())
    found = None if problems else counted(stays(chosen), dates["from"], dates["until"])
    page = flows_page(mine, chosen, typed, found, dates, problems)
    return show(request, "flows.html", status=422 if problems else 200, page=page, here="flows")
