"""The worklist: what needs this person now, and what waits for others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from django.http import HttpRequest, HttpResponse

from sanctuary.actions import definitions
from sanctuary.core.scheme import Scheme
from sanctuary.records import messages
from sanctuary.records import worklist as records
from sanctuary.web.pages.listing import listed
from sanctuary.web.pages.worklist import PAGE, Chosen, WorklistPage, filters, notices, pagination
from sanctuary.web.paging import page_asked
from sanctuary.web.showing import now, show
from sanctuary.web.staffing import areas

MESSAGES = 20  # above the list; those that come after stand there once these are opened


def worklist(request: HttpRequest) -> HttpResponse:
    """A page of the worklist."""
    at, schemes = now(), definitions.running()
    narrowed = _narrowed(request, schemes)
    staff = request.staff  # type: ignore[attr-defined]
    within = records.Within(scheme=narrowed.scheme, area=narrowed.area)
    waiting = messages.waiting(MESSAGES + 1)
    counts = records.counts(at, within)
    chosen = replace(narrowed, page=page_asked(request, max(counts)))
    ours, others = records.both(at, PAGE, chosen.skip, within)
    page = WorklistPage(
        needs_you=tuple(listed(row, schemes, at) for row in ours),
        needs_you_count=counts[0],
        others=tuple(listed(row, schemes, at) for row in others),
        others_count=counts[1],
        filters=filters(schemes, staff, chosen),
        pagination=pagination(max(counts), chosen),
        narrowed=bool(chosen.scheme or chosen.area),
        messages=notices(waiting[:MESSAGES], at),
        more_messages=len(waiting) > MESSAGES,
    )
    return show(
        request,
        "worklist.html",
        page=page,
        here="worklist",
        several=len({scheme.key for scheme, _ in areas(schemes, staff)}) > 1,
    )


def _narrowed(request: HttpRequest, schemes: Mapping[str, Scheme]) -> Chosen:
    """What the address narrows the list to, as far as there is such a thing."""
    scheme, area = (request.GET.get(name, "") for name in ("scheme", "area"))
    known = {name for each in schemes.values() for name in each.areas}
    return Chosen(scheme=scheme if scheme in schemes else "", area=area if area in known else "")
