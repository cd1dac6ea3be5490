"""What is looked after here? The index pages of administration and of oversight, and the log of changes of people."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import get_resolver

from sanctuary.actions import definitions
from sanctuary.actions.parts_played import parts
from sanctuary.records import people
from sanctuary.web.access_table import Address, Who
from sanctuary.web.pages.people import log_line
from sanctuary.web.pages.worklist import PAGE, Chosen, pagination
from sanctuary.web.showing import show

_TITLES = {
    "administration": ("Administration", "The people of your agency, and what they may do."),
    "oversight": ("Oversight", "Who looked at what, what raised an alarm, and what takes a second person."),
}


def administration(request: HttpRequest) -> HttpResponse:
    """What an administrator looks after."""
    return _index(request, "administration")


def oversight(request: HttpRequest) -> HttpResponse:
    """What is looked at by whoever has oversight."""
    return _index(request, "oversight")


def log(request: HttpRequest) -> HttpResponse:
    """What was done about the people of the agency, and by whom."""
    staff, number = request.staff, request.GET.get("page", "")  # type: ignore[attr-defined]
    page = int(number) if number.isascii() and number.isdigit() and 0 < int(number) < 100_000 else 1
    chosen = Chosen(page=page)
    played = parts(definitions.running(), staff.agency)
    lines = [log_line(each, played) for each in people.log(PAGE, chosen.skip)]
    pages = pagination(people.log_length(), chosen)
    return show(request, "people/log.html", lines=lines, pagination=pages, here="administration")


def _index(request: HttpRequest, name: str) -> HttpResponse:
    staff = request.staff  # type: ignore[attr-defined]
    found: list[Address] = [pattern.callback.address for pattern in get_resolver().url_patterns if _listed(pattern)]
    theirs = [each for each in found if each.index == name and (each.who is Who.STAFF or each.who.duty in staff.duties)]
    title, about = _TITLES[name]
    return show(request, "people/index.html", title=title, about=about, addresses=theirs, here=name)


def _listed(pattern: object) -> bool:
    return bool(getattr(getattr(pattern, "callback", None), "address", None))
