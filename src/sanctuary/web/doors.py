"""Who gets past the door of a page? Whoever its address answers; others sign in first, or find no such page."""

from __future__ import annotations

from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from sanctuary.web.access_table import Address, View, Who


def guarded(address: Address) -> View:
    """The address's view, which sends somebody who has not signed in to do that first.

    For somebody without the duty that it asks for there is no such page.
    """
    if address.who is Who.ANYONE:
        return address.view

    @wraps(address.view)
    def behind_door(request: HttpRequest, **parts: Any) -> HttpResponse:
        staff = getattr(request, "staff", None)
        if staff is None:
            wanted = request.get_full_path() if request.method == "GET" else ""
            return redirect(f"{reverse('sign_in')}?{urlencode({'next': wanted})}" if wanted else reverse("sign_in"))
        if address.who.duty and address.who.duty not in staff.duties:
            raise Http404
        return address.view(request, **parts)

    behind_door.address = address  # type: ignore[attr-defined]  # for the index pages
    return behind_door
