"""Coming in from an agency's own sign-in, and arranging that for an agency."""

from __future__ import annotations

import logging

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters

from sanctuary.actions.arrange_sign_in import arrange_sign_in, end_sign_in
from sanctuary.gateways.single_sign_on import NotProved, Provider, begin, finish
from sanctuary.records import single_sign_on as records
from sanctuary.web.entering import by_way_of, enter, hold
from sanctuary.web.forms.page import Problem
from sanctuary.web.showing import show

_FIELDS = ("issuer", "client_id", "secret")
# That it is this browser which was sent there: what another began, it does not end.
_COOKIE, _SALT = "sanctuary_way", "sanctuary.web.way"
_log = logging.getLogger(__name__)


def choose(request: HttpRequest) -> HttpResponse:
    """Which agency's sign-in to go to."""
    return show(request, "single_sign_on.html", agencies=records.agencies())


def leave(request: HttpRequest, agency: str) -> HttpResponse:
    """Send the browser to the agency's sign-in."""
    provider = _provider(agency)
    try:
        way = begin(provider, _back(request, agency))
    except NotProved as error:
        return _failed(request, error)
    records.begin_way(agency, way.state, way.nonce, way.verifier)
    response = redirect(way.address)
    response.set_signed_cookie(
        _COOKIE,
        way.state,
        salt=_SALT,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
        max_age=600,
    )
    return response


def come_back(request: HttpRequest, agency: str) -> HttpResponse:
    """Somebody comes back from there: in, where it is one of that agency's people and two factors have been proved."""
    provider, state = _provider(agency), request.GET.get("state", "")
    ours = state == request.get_signed_cookie(_COOKIE, default="", salt=_SALT)
    kept = records.end_way(agency, state) if ours and state else None
    if kept is None:
        return _failed(request, NotProved("nobody was sent there with this word, or it was used"))
    nonce, verifier = kept
    code = request.GET.get("code", "")
    try:
        who = finish(provider, _back(request, agency), code=code, nonce=nonce, verifier=verifier)
    except NotProved as error:
        return _failed(request, error)
    token = records.prove_agency(agency, who.subject, who.email, strong=who.strong)
    if token is None:
        return _failed(request, NotProved("the agency's word is for nobody here"))
    response = enter(request, token, "") or hold(redirect(by_way_of("sign_in_code", "")), token)
    response.delete_cookie(_COOKIE, samesite="Lax")
    return response


@sensitive_post_parameters("secret")
def arrange(request: HttpRequest) -> HttpResponse:
    """What an administrator arranges with the agency's own sign-in."""
    staff = request.staff  # type: ignore[attr-defined]
    typed = {name: request.POST.get(name, "").strip() for name in _FIELDS}
    told, faulty = request.GET.get("now", ""), None
    if request.method == "POST" and "end" in request.POST:
        told, faulty = "ended", end_sign_in()
    elif request.method == "POST":
        told, faulty = "arranged", arrange_sign_in(**typed)
    if request.method == "POST" and faulty is None:
        return redirect(f"{reverse('arrange_sign_in')}?now={told}")
    problems = dict(faulty.faults) if faulty else {}
    there = records.arranged()
    if (request.method != "POST" or "end" in request.POST) and there is not None:
        typed = {"issuer": there.issuer, "client_id": there.client_id, "secret": ""}
    return show(
        request,
        "arrange_sign_in.html",
        status=422 if problems else 200,
        typed=typed,
        faults=problems,
        problems=tuple(Problem(text=text, href=f"#{name}") for name, text in problems.items()),
        arranged=there is not None,
        back_to=_back(request, staff.agency),
        told=told if faulty is None else "",
    )


def _provider(agency: str) -> Provider:
    """The agency's provider. Raises Http404 where it has arranged none."""
    found = records.provider_of(agency)
    if found is None:
        raise Http404
    return Provider(issuer=found.issuer, client_id=found.client_id, secret=found.secret or "")


def _back(request: HttpRequest, agency: str) -> str:
    return request.build_absolute_uri(reverse("back_from_agency", kwargs={"agency": agency}))


def _failed(request: HttpRequest, why: NotProved) -> HttpResponse:
    _log.warning("signing in through an agency: %s", why)
    return show(request, "single_sign_on_failed.html", status=403)
