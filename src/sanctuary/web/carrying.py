"""What becomes of a form that its writer may not send now? It waits for them, unless it proves who they are."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse

from sanctuary.records.carrying import Form, carry
from sanctuary.records.middleware import session_token

# What nobody carries for anybody: proofs of who one is.
_PROOFS = frozenset({"password", "code", "credential"})


def back_to(request: HttpRequest) -> str:
    """Where this request goes on: its own page, or the one that shows its form again; "" where nobody knows whose."""
    if request.method in ("GET", "HEAD"):
        return request.get_full_path()
    token = session_token(request)
    if token is None:
        return ""
    if _PROOFS & request.POST.keys():
        return request.path
    fields = [
        (name, value) for name, values in request.POST.lists() for value in values if name != "csrfmiddlewaretoken"
    ]
    number = carry(token, Form(address=request.get_full_path(), fields=fields))
    return reverse("carried", kwargs={"number": number}) if number else ""
