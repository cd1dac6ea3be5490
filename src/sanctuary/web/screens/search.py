"""Finding a case by what somebody remembers. What was looked for travels in the form, never in an address."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from sanctuary.actions import definitions
from sanctuary.records import worklist
from sanctuary.records.search import Purpose, find
from sanctuary.web.forms.page import Problem
from sanctuary.web.pages.listing import listed
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
    rows = None
    if request.method == "POST":
        if any(typed.values()):
            rows = _found(typed)
        else:
            problems = (Problem(text="Enter a name, a reference, a postcode or a date of birth", href="#name"),)
    fields = [{"name": name, "label": label, "hint": hint, "value": typed[name]} for name, _, label, hint in _FIELDS]
    status = 422 if problems else 200
    return show(request, "search.html", status=status, fields=fields, rows=rows, problems=problems, here="search")


def _found(typed: dict[str, str]) -> list[object]:
    sets = [
        {case for purpose in purposes for case in find(purpose, typed[name])}
        for name, purposes, *_ in _FIELDS
        if typed[name]
    ]
    at, schemes = now(), definitions.running()
    return [listed(row, schemes, at) for row in worklist.these(list(set.intersection(*sets)))]
