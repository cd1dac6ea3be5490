"""Signing in and out. An e-mail address and a password for now; passkeys and second factors come with Access."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import rotate_token
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from sanctuary.records import accounts
from sanctuary.records.middleware import forget, remember, session_token
from sanctuary.web.forms.page import Problem
from sanctuary.web.showing import show

_UNKNOWN = "Enter the email address and password of your account. These two do not belong together"


@sensitive_post_parameters("password")
def sign_in(request: HttpRequest) -> HttpResponse:
    """The form, and what comes of it: the same words whichever of the two was wrong."""
    wanted = request.POST.get("next", request.GET.get("next", ""))
    if request.method != "POST":
        return show(request, "sign_in.html", wanted=wanted, email="", problems=())
    email = request.POST.get("email", "").strip()
    account = accounts.authenticate(email, request.POST.get("password", ""))
    if account is None:
        problems = (Problem(text=_UNKNOWN, href="#email"),)
        return show(request, "sign_in.html", status=403, wanted=wanted, email=email, problems=problems)
    here = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    response = redirect(wanted if here and wanted.startswith("/") else "worklist")
    remember(response, accounts.open_session(account))
    rotate_token(request)
    return response


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session here and in the database."""
    token = session_token(request)
    if token:
        accounts.close_session(token)
    response = redirect("sign_in")
    forget(response)
    response["Clear-Site-Data"] = '"cache"'
    return response
