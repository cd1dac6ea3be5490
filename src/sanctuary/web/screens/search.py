"""Finding a case by what somebody remembers. What was looked for travels in the form, never in an address."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from sanctuary.actions import definitions
from sanctuary.records import worklist
from sanctuary.records.search import MOST, Purpose, find
from sanctuary.web.forms.page import Problem
from sanctuary.web.pages.listing import Listed, listed
from sanctuary.web.showing import now, show

# In the order of the page: field, purposes it looks in, label, hint.
_FIELDS = (
    ("name", (Purpose.FULL_NAME, Purpose.SURNAME), "Name", "The whole name, or the last name alone"),
    ("reference", (Purpose.REFERENCE,), "Reference", "For example, NOR-4K7P-2X"),
    ("postcode", (Purpose.POSTCODE,), "Postcode", "The whole postcode of the home"),
    ("birth_date", (Purpose.BIRTH_DATE,), "Date of birth", "For example, 27 3 1985 or 27/03/1985"),
)


def search(request: HttpRequest) -> HttpResponse:
    """The form, and below it what was found. Several fields narrow one another."""
    typed = {name: request.POST.get(name, "").strip()[:200] for name, *_ in _FIELDS}
    problems: tuple[Problem, ...] = ()
    found = None
    if request.method == "POST":
        if any(typed.values()):
            found = find(*(dict.fromkeys(purposes, typed[name]) for name, purposes, *_ in _FIELDS if typed[name]))
        else:
            problems = (Problem(text="Enter a name, a reference, a postcode or a date of birth", href="#name"),)
    fields = [{"name": name, "label": label, "hint": hint, "value": typed[name]} for name, _, label, hint in _FIELDS]
    return show(
        request, "search.html", status=422 if problems else 200, fields=fields, problems=problems, here="search",
        rows=None if found is None else _shown(found[:MOST]), more=len(found or ()) > MOST,
    )  # fmt: skip


def _shown(found: Sequence[UUID]) -> list[Listed]:
    at, schemes = now(), definitions.running()
    return [listed(row, schemes, at) for row in worklist.these(found)]
