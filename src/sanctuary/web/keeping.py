"""Whose ways of signing in does a page set up? One's own, or a newcomer's, whom an invitation leads there."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from sanctuary.records.middleware import session_token
from sanctuary.records.ways import Holder, Ways, ways
from sanctuary.web.entering import attempt
from sanctuary.web.showing import show


@dataclass(frozen=True, slots=True, kw_only=True)
class Keeping:
    """The account whose ways are set up, and the pages that do it: those of a newcomer have names of their own."""

    holder: Holder
    mine: Ways

    @property
    def is_new(self) -> bool:
        """Whether this is somebody just invited."""
        return bool(self.holder.attempt)

    def address(self, name: str = "") -> str:
        """The page "app" of this person; without a name, the one that lists all ways."""
        first = "welcome" if self.is_new else "ways"
        return reverse(f"{first}_{name}" if name else first)

    def after(self, said: str, onward: str = "") -> HttpResponse:
        """Where a change leads: back to the list, which says so; a newcomer goes on to what comes next."""
        return redirect(self.address(onward) if self.is_new else f"{self.address()}?now={said}")


def keeping(request: HttpRequest) -> Keeping | None:
    """Whose ways this request is about; None where an invitation's time is over."""
    match = request.resolver_match
    if match is not None and str(match.url_name).startswith("welcome"):
        token = attempt(request)
        holder = Holder(attempt=token) if token else None
    else:
        holder = Holder(session=session_token(request) or "")
    mine = ways(holder) if holder else None
    return Keeping(holder=holder, mine=mine) if holder and mine else None


def over(request: HttpRequest) -> HttpResponse:
    """The page for a newcomer whose time to set things up is over."""
    return show(request, "welcome_over.html", status=403)
