"""What is looked after here? The index pages of administration and of oversight, and the log of changes of people."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.urls import get_resolver

from sanctuary.actions import definitions
from sanctuary.actions.parts_played import parts
from sanctuary.records import people
from sanctuary.records.accounts import Staff
from sanctuary.web.access_table import Address
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
    return show(request, "people/log.html", lines=lines, pagination=pages, here=request.path.split("/")[1])


def _index(request: HttpRequest, name: str) -> HttpResponse:
    staff = request.staff  # type: ignore[attr-defined]
    theirs = [each for each in _addresses() if each.index == name and _answers(each, staff)]
    title, about = _TITLES[name]
    return show(request, "people/index.html", title=title, about=about, addresses=theirs, here=name)


def _addresses() -> Iterator[Address]:
    """Those of the site: its addresses import the screens, so a screen finds them at the routes made from them."""
    for pattern in get_resolver().url_patterns:
        address = getattr(getattr(pattern, "callback", None), "address", None)
        if isinstance(address, Address):
            yield address


def _answers(address: Address, staff: Staff) -> bool:
    return not address.who.duty or address.who.duty in staff.duties
