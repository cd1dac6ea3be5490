"""Who may come in? Each route's view behind its line in the access table; whose case it is, the database decides."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from sanctuary.web.access_table import Who

View = Callable[..., HttpResponse]


def guarded(view: View, who: Who) -> View:
    """`view`, which sends somebody who has not signed in to do that first."""
    if who is Who.ANYONE:
        return view

    @wraps(view)
    def behind_door(request: HttpRequest, **parts: Any) -> HttpResponse:
        if getattr(request, "staff", None) is None:
            wanted = request.get_full_path() if request.method == "GET" else ""
            return redirect(f"{reverse('sign_in')}?{urlencode({'next': wanted})}" if wanted else reverse("sign_in"))
        return view(request, **parts)

    return behind_door
