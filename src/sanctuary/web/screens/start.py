"""The first page: what this is and the way in."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from sanctuary.web.showing import show


def start(request: HttpRequest) -> HttpResponse:
    """The way in, or straight to the worklist for somebody who is in already."""
    return redirect("worklist") if getattr(request, "staff", None) else show(request, "start.html")
