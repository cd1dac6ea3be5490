"""What is looked after where? The pages of one's account, of administration and of oversight; the log about people."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse

from sanctuary.actions import definitions
from sanctuary.actions.parts_played import parts
from sanctuary.records import alarms, emergencies, people, proposals, screening
from sanctuary.records.accounts import Staff
from sanctuary.web.pages.indexes import index
from sanctuary.web.pages.people import log_line
from sanctuary.web.pages.worklist import PAGE, Chosen, pagination
from sanctuary.web.paging import page_asked
from sanctuary.web.showing import show

# An index that counts further than this says nothing that anybody needs.
MOST = 200


def account(request: HttpRequest) -> HttpResponse:
    """What everybody looks after themselves."""
    return _index(request, "account", {})


def administration(request: HttpRequest) -> HttpResponse:
    """What an administrator looks after."""
    return _index(request, "administration", {})


def oversight(request: HttpRequest) -> HttpResponse:
    """What is looked at by whoever has oversight."""
    return _index(request, "oversight", _waiting(request.staff))  # type: ignore[attr-defined]


def log(request: HttpRequest) -> HttpResponse:
    """What was done about the people of the agency, and by whom."""
    count = people.log_length()
    chosen = Chosen(page=page_asked(request, count))
    played = parts(definitions.running(), request.staff.agency)  # type: ignore[attr-defined]
    lines = [log_line(each, played) for each in people.log(PAGE, chosen.skip)]
    pages = pagination(count, chosen)
    return show(request, "people/log.html", lines=lines, pagination=pages, here=request.path.split("/")[1])


def _index(request: HttpRequest, name: str, waiting: Mapping[str, int]) -> HttpResponse:
    staff = request.staff  # type: ignore[attr-defined]
    return show(request, "people/index.html", page=index(name, staff.duties, waiting), here=name)


def _waiting(staff: Staff) -> Mapping[str, int]:
    """What waits for this person: to be reviewed, taken in hand or closed, answered, and looked at."""
    return {
        "emergencies": sum(not each.reviewed and each.account != staff.account for each in emergencies.overseen(MOST)),
        "alarms": sum(each.waits_for(staff.account) for each in alarms.looked_after(limit=MOST)),
        "proposals": sum(each.by != staff.account for each in proposals.waiting()),
        "conflicts_found": sum(each.is_new for each in screening.looked_after(MOST)),
        "crossings": sum(not each.outcome for each in screening.crossings()) if "specialist" in staff.duties else 0,
    }
