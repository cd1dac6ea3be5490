"""Emergency access: opening a case, the list of what was opened, and looking at one of them afterwards."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from sanctuary.actions.open_emergency import open_emergency
from sanctuary.actions.results import Faulty, Recorded
from sanctuary.actions.review_emergency import review_emergency
from sanctuary.records import emergencies
from sanctuary.web.forms.own import Filled, FormPage, filled, form_page
from sanctuary.web.pages.emergencies import OPENING, REVIEWING, listed, mine, told
from sanctuary.web.pages.worklist import PAGE, Chosen, pagination
from sanctuary.web.paging import page_asked
from sanctuary.web.showing import now, show


def emergency(request: HttpRequest) -> HttpResponse:
    """Opening a case in an emergency."""
    if request.method != "POST":
        return _asked(request, Filled())
    given = filled(OPENING, request.POST)
    if given.faults:
        return _asked(request, given)
    result = open_emergency(
        reference=given.text("reference"),
        reason=given.text("reason"),
        understood=given.several("understood"),
        key=_key(request),
        now=now(),
    )
    if isinstance(result, Recorded):
        return redirect("case", case_id=result.case_id)
    if isinstance(result, Faulty):
        return _asked(request, Filled(plain=given.plain, faults=result.faults))
    return _asked(request, Filled(plain=given.plain), nothing=True)


def all_emergencies(request: HttpRequest) -> HttpResponse:
    """What was opened, for those with oversight."""
    notice = "The review is kept, and whoever opened the case is told." if request.GET.get("now") else ""
    count = emergencies.count_overseen()
    chosen = Chosen(page=page_asked(request, count))
    return show(
        request,
        "sharing/emergencies.html",
        page=listed(emergencies.overseen(PAGE, chosen.skip), now()),
        first=chosen.page == 1,
        pagination=pagination(count, chosen),
        notice=notice,
        back=_oversight(),
    )


def review(request: HttpRequest, emergency: UUID) -> HttpResponse:
    """One of them, and what comes of its review."""
    found = emergencies.review_of(emergency)
    if found is None:
        raise Http404
    given = filled(REVIEWING, request.POST) if request.method == "POST" else Filled()
    if request.method == "POST" and not given.faults:
        result = review_emergency(emergency=emergency, verdict=given.text("verdict"), words=given.text("words"))
        if result is None:
            return redirect(f"{reverse('emergencies')}?now=reviewed")
        if isinstance(result, Faulty):
            given = Filled(plain=given.plain, faults=result.faults)
    staff, leave = request.staff, reverse("emergencies")  # type: ignore[attr-defined]
    blank = FormPage(title="A case opened in an emergency", button="Keep the review", leave=leave)
    page = form_page(blank, REVIEWING, given)
    about = told(found, emergencies.reads(emergency), staff, now())
    back = {"text": "Emergency access", "href": leave}
    return show(request, "sharing/review.html", status=422 if page.problems else 200, page=page, told=about, back=back)


def own(request: HttpRequest, emergency: UUID) -> HttpResponse:
    """One that this person opened, with what was thought of it."""
    found = emergencies.find(emergency)
    if found is None or found.account != request.staff.account:  # type: ignore[attr-defined]
        raise Http404
    page = FormPage(title="A case that you opened in an emergency", button="", leave="")
    return show(request, "sharing/review.html", page=page, told=mine(found, now()), back=_worklist())


def _asked(request: HttpRequest, given: Filled, *, nothing: bool = False) -> HttpResponse:
    blank = FormPage(title="Open a case in an emergency", button="Open the case", leave=reverse("worklist"))
    page = form_page(blank, OPENING, given)
    key = uuid4() if nothing else _key(request)
    status = 422 if page.problems or nothing else 200
    return show(
        request, "sharing/emergency.html", status=status, page=page, nothing=nothing, key=str(key), back=_worklist()
    )


def _key(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError:
        return uuid4()


def _worklist() -> dict[str, str]:
    return {"text": "Worklist", "href": reverse("worklist")}


def _oversight() -> dict[str, str]:
    return {"text": "Oversight", "href": reverse("oversight")}
