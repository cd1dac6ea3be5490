"""The page of a case."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from markupsafe import Markup

from sanctuary.web.pages.case import case_page
from sanctuary.web.pathway import draw
from sanctuary.web.showing import now, seen, show

_NOTICES = {
    "opened": "The case is open. Its reference is below.",
    "done": "Recorded.",
    "saved": "Saved. You can come back to it from here at any time.",
    "sent": "Recorded as sent.",
    "paused": "The clock stands still.",
    "resumed": "The clock runs again.",
    "reopened": "It can be done again. What was answered before is kept in the form.",
}


def case(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Where the case stands, for this person."""
    at = now()
    found = seen(case_id, at)
    wide, narrow = (Markup(draw(found.scheme, found.progress, width=width)) for width in (1080, 480))  # noqa: S704
    return show(
        request,
        "case.html",
        page=case_page(found, at),
        pathways=(("wide", wide), ("narrow", narrow)),
        notice=_NOTICES.get(request.GET.get("now", "")),
        back={"text": "Worklist", "href": reverse("worklist")},
    )
