"""The page of a case, and its picture of the whole pathway."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from sanctuary.actions.move_case import newer
from sanctuary.web.pages.case import case_page
from sanctuary.web.pages.moving import edition
from sanctuary.web.pathway import for_screens
from sanctuary.web.showing import now, seen, show

_NOTICES = {
    "opened": "The case is open. Its reference is below.",
    "done": "Recorded.",
    "saved": "Saved. You can come back to it from here at any time.",
    "sent": "Recorded as sent.",
    "paused": "The clock stands still.",
    "resumed": "The clock runs again.",
    "passed_on": "Passed on with everything that you wrote. Somebody else reads it through and hands it in.",
    "moved": "The case goes on under the version of the procedure that runs now.",
    "overridden": "The rule is set aside for this case, with your reason.",
    "withdrawn": "Recorded. What rested on that consent has ended.",
    "reopened": "It can be done again. What was answered before is kept in the form.",
}


def case(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Where the case stands, for this person."""
    at = now()
    found = seen(case_id, at)
    other = newer(found)
    return show(
        request,
        "case.html",
        newer=edition(other) if other else "",
        scheme=found.scheme.key,
        page=case_page(found, at),
        pathways=for_screens(found.scheme, found.progress, found.progress.stage),
        notice=_NOTICES.get(request.GET.get("now", "")),
        back={"text": "Worklist", "href": reverse("worklist")},
    )


def pathway(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The picture of the whole procedure with the case's place on it."""
    found = seen(case_id, now())
    back = {"text": f"Case {found.reference}", "href": reverse("case", kwargs={"case_id": case_id})}
    return show(
        request,
        "pathway.html",
        reference=found.reference,
        pathways=for_screens(found.scheme, found.progress),
        back=back,
    )
