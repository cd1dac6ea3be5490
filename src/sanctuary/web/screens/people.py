"""The people of an agency, for its administrators: everybody, one of them, a change, an end."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from sanctuary.actions import definitions
from sanctuary.actions.change_person import change_person
from sanctuary.actions.end_person import end_person
from sanctuary.actions.parts_played import parts
from sanctuary.records import invitations, people, teams
from sanctuary.records.people import Person
from sanctuary.web.arranging import arranged, form_view, notice
from sanctuary.web.forms.own import Filled, FormPage
from sanctuary.web.pages.asking import WHOLE_TEAM, duties_of, hints, known_as, team_of, work
from sanctuary.web.pages.people import Parts, people_page, person_page
from sanctuary.web.showing import show


def everybody(request: HttpRequest) -> HttpResponse:
    """Who works here, who is invited, who has left."""
    page = people_page(people.everybody(), invitations.pending(), teams.of_agency(), _parts(request))
    return show(request, "people/people.html", page=page, notice=notice(request))


def person(request: HttpRequest, account: UUID) -> HttpResponse:
    """One of them: what they do and may read, and what can be done about it."""
    them = _person(account)
    own = them.account == request.staff.account  # type: ignore[attr-defined]
    page = person_page(them, teams.of_agency(), _parts(request), own)
    return show(request, "people/person.html", page=page, notice=notice(request))


def change(request: HttpRequest, account: UUID) -> HttpResponse:
    """Their role, team and duties."""
    them, offered = _person(account), _parts(request)
    questions = (known_as(), *work(offered, teams.of_agency(), held=them.role))
    start = Filled(
        plain={
            "name": them.name,
            "role": them.role,
            "team": str(them.team) if them.team else WHOLE_TEAM,
            "duties": sorted(them.duties),
        }
    )
    page = FormPage(
        title="Change what they do",
        caption=them.name,
        button="Save the change",
        leave=reverse("person", kwargs={"account": account}),
        said=(
            "It counts from their next click on; with another role they sign in anew.",
            "What they are typing at that moment is not lost: it is shown to them once more.",
        ),
    )
    return form_view(
        request,
        page,
        lambda given: change_person(
            account, name=given.text("name"), role=given.text("role"), team=team_of(given), duties=duties_of(given)
        ),
        arranged("person", "changed", account=account),
        questions,
        start,
        hints(offered),
    )


def end(request: HttpRequest, account: UUID) -> HttpResponse:
    """Their account."""
    them = _person(account)
    page = FormPage(
        title=f"End the account of {them.name}?",
        caption=them.email,
        button="End the account",
        leave=reverse("person", kwargs={"account": account}),
        said=(
            (
                "Do this on the day on which somebody leaves. What they have open is closed with their next click, and "
                "they cannot sign in any more. Invitations that they made and nobody accepted open nothing any more."
            ),
            (
                "What they recorded stays in the cases, under their name. Should they come back, invite them with the "
                "same email address."
            ),
        ),
        grave=True,
    )
    return form_view(request, page, lambda _: end_person(account), arranged("people", "ended"))


def _person(account: UUID) -> Person:
    """Raises Http404 where there is none in the reader's agency."""
    for each in people.everybody():
        if each.account == account:
            return each
    raise Http404


def _parts(request: HttpRequest) -> Parts:
    return parts(definitions.running(), request.staff.agency)  # type: ignore[attr-defined]
