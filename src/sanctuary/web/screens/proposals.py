"""What waits for a second person: the list, and each with a yes or no."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from sanctuary.actions.release_pack import Shown, read_pack
from sanctuary.core.proposals import Act
from sanctuary.records import accounts
from sanctuary.records import proposals as records
from sanctuary.records.proposals import Proposal
from sanctuary.web.agreeing import alone
from sanctuary.web.forms.page import Problem
from sanctuary.web.pages.proposals import asked
from sanctuary.web.showing import now, show

_TOLD = {
    "agreed": "You agreed. Whoever asked can go on now.",
    "refused": "You said no. Nothing will be done.",
    "late": "This was answered already, taken back, or has lapsed. Your answer changes nothing.",
}


def proposals(request: HttpRequest) -> HttpResponse:
    """Everything that waits, and what came of the latest."""
    at, me = now(), _me()
    waiting = [asked(each, me, at) for each in records.waiting()]
    return show(
        request,
        "proposals.html",
        waiting=waiting,
        alone=alone() if any(each.mine for each in waiting) else "",
        settled=[asked(each, me, at) for each in records.settled()],
        notice=_TOLD.get(request.GET.get("now", "")),
        unchanged=request.GET.get("now") == "late",
        back={"text": "Oversight", "href": reverse("oversight")},
    )


def proposal(request: HttpRequest, proposal: UUID) -> HttpResponse:
    """One of them, with what is to be agreed to; and the answer."""
    found = records.find(proposal)
    if found is None:
        raise Http404
    if request.method != "POST":
        return _shown(request, found)
    answer = request.POST.get("answer", "")
    if answer not in ("yes", "no"):
        return _shown(request, found, (Problem(text="Choose whether you agree", href="#answer"),))
    counted = records.decide(proposal, answer == "yes")
    told = ("agreed" if answer == "yes" else "refused") if counted else "late"
    return redirect(f"{reverse('proposals')}?now={told}")


def _shown(request: HttpRequest, found: Proposal, problems: tuple[Problem, ...] = ()) -> HttpResponse:
    shown = read_pack(pack=UUID(found.subject)) if found.act is Act.RELEASE else None
    return show(
        request,
        "proposal.html",
        status=422 if problems else 200,
        asked=asked(found, _me(), now()),
        pages=shown.pages if isinstance(shown, Shown) else (),
        is_copy=found.act is Act.RELEASE,
        record=found.reference if found.act is Act.ERASE else "",
        problems=problems,
        back={"text": "What waits for a second person", "href": reverse("proposals")},
    )


def _me() -> UUID:
    staff = accounts.current()
    if staff is None:
        raise Http404
    return staff.account
