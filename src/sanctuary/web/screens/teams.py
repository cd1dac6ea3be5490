"""Teams: people of an agency who see cases of some areas only."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from sanctuary.actions import definitions
from sanctuary.actions.parts_played import places
from sanctuary.actions.save_team import end_team, save_team
from sanctuary.records import people, teams
from sanctuary.records.teams import Team
from sanctuary.web.arranging import arranged, form_view, notice
from sanctuary.web.forms.own import Filled, FormPage
from sanctuary.web.pages.asking import team_questions
from sanctuary.web.pages.teams import listed_teams
from sanctuary.web.showing import show


def all_teams(request: HttpRequest) -> HttpResponse:
    """The teams of the agency, with who is in them."""
    listed = listed_teams(teams.of_agency(), people.everybody(), _places(request))
    return show(request, "people/teams.html", teams=listed, notice=notice(request))


def new_team(request: HttpRequest) -> HttpResponse:
    """One more."""
    return _form(request, "Make a team", uuid4(), Filled())


def team(request: HttpRequest, team: UUID) -> HttpResponse:
    """Another name or other areas for one."""
    found = _team(team)
    return _form(request, "Change a team", team, Filled(plain={"title": found.title, "areas": sorted(found.areas)}))


def end(request: HttpRequest, team: UUID) -> HttpResponse:
    """One that nobody is in any more."""
    found = _team(team)
    page = FormPage(
        title=f"End the team {found.title}?",
        button="End the team",
        leave=reverse("teams"),
        said=("Nobody is in it, so nobody sees more or less for it.",),
        grave=True,
    )
    return form_view(request, page, lambda _: end_team(team), arranged("teams", "team_ended"))


def _form(request: HttpRequest, title: str, identity: UUID, start: Filled) -> HttpResponse:
    page = FormPage(
        title=title,
        button="Save the team",
        leave=reverse("teams"),
        said=("Whoever is in a team sees cases of its areas only, from their next click on.",),
    )
    return form_view(
        request,
        page,
        lambda given: save_team(identity, given.text("title"), given.several("areas")),
        arranged("teams", "saved"),
        team_questions(_places(request)),
        start,
    )


def _team(identity: UUID) -> Team:
    """Raises Http404 where there is none in the reader's agency."""
    for each in teams.of_agency():
        if each.id == identity:
            return each
    raise Http404


def _places(request: HttpRequest) -> dict[str, str]:
    return dict(places(definitions.running(), request.staff.agency))  # type: ignore[attr-defined]
