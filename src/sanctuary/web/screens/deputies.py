"""Deputies: who stands in for whom and when, appointing one, and acting for a colleague."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from sanctuary.actions import definitions
from sanctuary.actions.act_for import act_for
from sanctuary.actions.appoint_deputy import appoint_deputy, end_deputy
from sanctuary.actions.arranging import Arranged, Outcome
from sanctuary.actions.parts_played import parts
from sanctuary.records import deputies, people
from sanctuary.web.arranging import arranged, form_view, notice, on
from sanctuary.web.forms.own import Filled, FormPage
from sanctuary.web.pages.asking import deputy_questions
from sanctuary.web.pages.deputies import deputies_page
from sanctuary.web.showing import now, show


def all_deputies(request: HttpRequest) -> HttpResponse:
    """For whom one may act now, one's own deputies, and for an administrator everybody's."""
    page = deputies_page(deputies.of_agency(), request.staff)  # type: ignore[attr-defined]
    return show(request, "people/deputies.html", page=page, notice=notice(request), here="account")


def appoint(request: HttpRequest) -> HttpResponse:
    """A deputy of one's own; by an administrator, of anybody in the agency."""
    staff = request.staff  # type: ignore[attr-defined]
    own = None if "administrator" in staff.duties else staff.account
    page = FormPage(
        title="Appoint a deputy",
        button="Appoint the deputy",
        leave=reverse("deputies"),
        said=(
            (
                "A deputy reads and does what the colleague's role reads and does, in the same areas, on these days. "
                "Whatever they record stands under their own name, with the colleague's beside it."
            ),
        ),
    )

    def act(given: Filled) -> Outcome:
        away = own or UUID(given.text("away"))
        first, last = (date.fromisoformat(given.text(name)) for name in ("first", "last"))
        return appoint_deputy(account=UUID(given.text("deputy")), in_place_of=away, first=first, last=last, now=now())

    questions = deputy_questions(people.colleagues(), parts(definitions.running(), staff.agency), own)
    start = Filled(plain={"away": str(staff.account)})
    return form_view(request, page, act, arranged("deputies", "appointed"), questions, start)


def end(request: HttpRequest, deputy: UUID) -> HttpResponse:
    """Before its time."""
    found = next((each for each in deputies.of_agency() if each.id == deputy), None)
    if found is None:
        raise Http404
    page = FormPage(
        title=f"Should {found.name} stop standing in for {found.for_name}?",
        button="End it now",
        leave=reverse("deputies"),
        said=("It counts from their next click on. You can appoint a deputy again at any time.",),
        grave=True,
    )
    return form_view(request, page, lambda _: end_deputy(deputy), arranged("deputies", "deputy_ended"))


def act(request: HttpRequest, deputy: UUID) -> HttpResponse:
    """Play the colleague's part from now on, in this browser."""
    return _acted(request, deputy, "acting")


def stop(request: HttpRequest) -> HttpResponse:
    """Play one's own part again."""
    return _acted(request, None, "self")


def _acted(request: HttpRequest, deputy: UUID | None, told: str) -> HttpResponse:
    """A press of a button does it; whoever only follows the address sees the page with the button."""
    if request.method != "POST":
        return redirect("deputies")
    if not isinstance(act_for(deputy), Arranged):
        raise Http404
    return on("deputies", told)
