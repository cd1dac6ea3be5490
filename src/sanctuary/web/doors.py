"""Who gets past the door of a page? Whoever its address answers; others are sent to sign in, or find no page."""

from __future__ import annotations

from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from sanctuary.web.access_table import Address, View, Who
from sanctuary.web.carrying import back_to
from sanctuary.web.entering import by_way_of


def guarded(address: Address) -> View:
    """The address's view, which sends somebody who has not signed in, or must prove it again, to do that first.

    Nothing typed is lost on the way. For somebody without the duty that it asks for there is no such page.
    """
    if address.who is Who.ANYONE:
        return address.view

    @wraps(address.view)
    def behind_door(request: HttpRequest, **parts: Any) -> HttpResponse:
        staff = getattr(request, "staff", None)
        if staff is None:
            return redirect(by_way_of("sign_in", back_to(request)))
        if address.who.duty and address.who.duty not in staff.duties:
            raise Http404
        if address.fresh and not staff.stepped_up:
            return redirect(by_way_of("confirm", back_to(request)))
        return address.view(request, **parts)

    behind_door.address = address  # type: ignore[attr-defined]  # for the index pages
    return behind_door
