"""Invitations: made and withdrawn by an administrator; opened with a code by whoever holds the link."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters

from sanctuary.actions import definitions
from sanctuary.actions.accept_invitation import accept_invitation
from sanctuary.actions.arranging import Invited, Outcome
from sanctuary.actions.invite_person import invite_again, invite_person
from sanctuary.actions.parts_played import parts
from sanctuary.actions.withdraw_invitation import withdraw_invitation
from sanctuary.records import invitations, people, teams
from sanctuary.records.invitations import Asked
from sanctuary.web.arranging import arranged, form_view
from sanctuary.web.entering import hold
from sanctuary.web.forms.own import Filled, FormPage
from sanctuary.web.forms.page import Problem
from sanctuary.web.pages.asking import WHOLE_TEAM, duties_of, hints, newcomer, team_of, work
from sanctuary.web.showing import show

_CLOSED = (
    "This did not open an invitation. Check the code: it has eight letters and figures. An invitation works once, for "
    "seven days, and not after five wrong codes. If it still does not open, ask whoever invited you for a new one."
)

_INVITING = (
    "You get a link and a code, which you hand over by two different means. Nothing is sent from here.",
    "Invite people of your own agency only, each to an account of their own.",
)
_NO_PART = (
    "Your agency plays no part in a scheme that runs here, so there is no role to give anybody yet. Whoever runs this "
    "site can say when that changes."
)


def invite(request: HttpRequest) -> HttpResponse:
    """Somebody new, or somebody who comes back."""
    offered = parts(definitions.running(), request.staff.agency)  # type: ignore[attr-defined]
    page = FormPage(
        title="Invite somebody",
        caption=request.staff.agency_title,  # type: ignore[attr-defined]
        button="Make the invitation",
        leave=reverse("people"),
        said=_INVITING,
    )

    if not offered:
        nothing = FormPage(title=page.title, caption=page.caption, button="", leave=page.leave, said=(_NO_PART,))
        return show(request, "people/form.html", page=nothing)

    def act(given: Filled) -> Outcome:
        email = given.text("email").lower()
        asked = Asked(
            email=email, name=given.text("name"), role=given.text("role"), team=team_of(given), duties=duties_of(given)
        )
        return invite_person(asked)

    questions = (*newcomer(), *work(offered, teams.of_agency()))
    start = Filled(plain={"team": WHOLE_TEAM})
    return form_view(request, page, act, lambda made: _keys(request, made), questions, start, hints(offered))


def again(request: HttpRequest, account: UUID) -> HttpResponse:
    """Somebody who has lost what they sign in with."""
    them = next((each for each in people.everybody() if each.account == account and each.is_active), None)
    if them is None:
        raise Http404
    page = FormPage(
        title=f"Set up the sign-in of {them.name} anew?",
        caption=them.email,
        button="Make a new invitation",
        leave=reverse("person", kwargs={"account": account}),
        said=(
            (
                "For somebody who has lost the telephone or key that they sign in with, or who may have had it stolen. "
                "Make sure that it is them who asks: speak with them in person, or ring a number that you knew before."
            ),
            (
                "Nothing that they had opens their account any more. They set it up anew with a link and a code. "
                "Whoever has oversight of your agency is told."
            ),
        ),
        grave=True,
    )
    return form_view(request, page, lambda _: invite_again(account), lambda made: _keys(request, made))


def withdraw(request: HttpRequest, invitation: UUID) -> HttpResponse:
    """An invitation that should not be accepted any more."""
    found = next((each for each in invitations.pending() if each.id == invitation), None)
    if found is None:
        raise Http404
    page = FormPage(
        title=f"Withdraw the invitation of {found.name}?",
        caption=found.email,
        button="Withdraw it",
        leave=reverse("people"),
        said=("Its link and code open nothing any more. You can invite them again at any time.",),
        grave=True,
    )
    return form_view(request, page, lambda _: withdraw_invitation(invitation), arranged("people", "withdrawn"))


@sensitive_post_parameters("code")
def accept(request: HttpRequest, token: str) -> HttpResponse:
    """Looking at it spends nothing and tells nothing: any link leads to the same page, which asks for the code."""
    if request.method != "POST":
        return show(request, "people/accept.html", problems=())
    newcomer = accept_invitation(token, request.POST.get("code", ""))
    if newcomer is None:
        problems = (Problem(text=_CLOSED, href="#code"),)
        return show(request, "people/accept.html", status=422, problems=problems)
    return hold(redirect("welcome"), newcomer.attempt)


def _keys(request: HttpRequest, made: Outcome) -> HttpResponse:
    if not isinstance(made, Invited):
        raise TypeError(f"no page for {type(made).__name__}")
    link = settings.SITE_ADDRESS + reverse("accept", kwargs={"token": made.keys.token})
    return show(request, "people/keys.html", link=link, code=made.keys.code)
