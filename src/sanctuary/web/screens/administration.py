"""What is looked after here? The index pages (account, administration, oversight) and the log of changes of people."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import get_resolver

from sanctuary.actions import definitions
from sanctuary.actions.parts_played import parts
from sanctuary.records import alarms, emergencies, people, proposals, screening
from sanctuary.records.accounts import Staff
from sanctuary.web.access_table import Address
from sanctuary.web.pages.conflicts import conflict_line
from sanctuary.web.pages.indexes import INDEXES, groups
from sanctuary.web.pages.people import log_line
from sanctuary.web.pages.worklist import PAGE, Chosen, pagination
from sanctuary.web.showing import show

# How much waits for the reader at a page: of what the page itself lists, all that they can do something about.
_WAITING: Mapping[str, Callable[[UUID], int]] = {
    "alarms": lambda reader: sum(each.taken_by in (None, reader) for each in alarms.looked_after(limit=100)),
    "emergencies": lambda reader: sum(
        each.verdict is None and each.account != reader for each in emergencies.overseen()
    ),
    "proposals": lambda reader: sum(each.by != reader for each in proposals.waiting()),
    "conflicts_found": lambda _: sum(conflict_line(each).pressing for each in screening.looked_after()),
    "crossings": lambda _: sum(not each.outcome for each in screening.crossings()),
}


def account(request: HttpRequest) -> HttpResponse:
    """What somebody looks after for themself."""
    return _index(request, "account")


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
    return show(request, "people/log.html", lines=lines, pagination=pages)


def _index(request: HttpRequest, name: str) -> HttpResponse:
    staff = request.staff  # type: ignore[attr-defined]
    index = INDEXES[name]
    found = groups(index, (each for each in _addresses() if _answers(each, staff)), _WAITING, staff.account)
    return show(request, "people/index.html", index=index, groups=found)


def _addresses() -> Iterator[Address]:
    """Those of the site: its addresses import the screens, so a screen finds them at the routes made from them."""
    for pattern in get_resolver().url_patterns:
        address = getattr(getattr(pattern, "callback", None), "address", None)
        if isinstance(address, Address):
            yield address


def _answers(address: Address, staff: Staff) -> bool:
    return not address.who.duty or address.who.duty in staff.duties
