"""How does a view answer? A page from a template, or the page for an action that did not go through."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from sanctuary.actions.results import Missing, Overtaken, Refused, Result
from sanctuary.actions.see_case import SeenCase, see_case
from sanctuary.web.pages.answers import Line

# Which of the links at the head of every page a page belongs to, by how its address begins.
_HERE = {
    "account": "account",
    "deputies": "account",
    "conflicts": "account",
    "administration": "administration",
    "oversight": "oversight",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Again:
    """What somebody typed that was not recorded, in words and as the fields of a form."""

    lines: tuple[Line, ...]
    hidden: tuple[tuple[str, str], ...]


def now() -> datetime:
    """The time, read once by each view."""
    return timezone.localtime()


def show(request: HttpRequest, template: str, *, status: int = 200, **context: Any) -> HttpResponse:
    """The page. It may hold what a person said, so no browser or proxy keeps it."""
    context.setdefault("person", getattr(request, "staff", None))
    context.setdefault("here", _HERE.get(request.path.split("/")[1], ""))
    context.setdefault("emergency", getattr(request, "emergency", None))
    return render(request, template, context, status=status, using="jinja2")


def seen(case_id: UUID, at: datetime) -> SeenCase:
    """The case as this person may see it. Raises Http404 where there is none for them, whichever reason there is."""
    found = see_case(case_id, at)
    if found is None:
        raise Http404
    return found


def sent(request: HttpRequest) -> tuple[UUID, int]:
    """The key that makes a form act once, and the number of the last event that its page knew."""
    try:
        return UUID(request.POST.get("key", "")), int(request.POST.get("seq", ""))
    except ValueError:
        return uuid4(), 0


def tokens(seq: int) -> list[tuple[str, str]]:
    """The hidden fields of a form: a fresh key and what the page knew."""
    return [("key", str(uuid4())), ("seq", str(seq))]


def carried(request: HttpRequest) -> list[tuple[str, str]]:
    """Everything that was posted, to be posted again, but for what belongs to the form itself."""
    return [
        (name, value)
        for name, values in request.POST.lists()
        if name not in ("csrfmiddlewaretoken", "go", "add", "remove")
        for value in values
    ]


def again(request: HttpRequest, lines: tuple[Line, ...]) -> Again:
    """What was typed: said, for a page that tells why it was not recorded, and to be carried on with."""
    own = [(name, value) for name, value in carried(request) if name not in ("key", "seq")]
    return Again(lines=lines, hidden=tuple(own))


def failed(request: HttpRequest, result: Result, case: SeenCase, typed: Again | None = None) -> HttpResponse:
    """The page for an action that recorded nothing because of somebody else, or of the procedure."""
    if isinstance(result, Overtaken):
        agency = case.scheme.agencies.get(result.by_agency, result.by_agency)
        return show(request, "overtaken.html", status=409, case=case, result=result, agency=agency, typed=typed)
    if isinstance(result, Refused):
        return show(request, "refused.html", status=409, case=case, reasons=result.reasons, typed=typed)
    if isinstance(result, Missing):
        raise Http404
    raise TypeError(f"no page for {type(result).__name__}")
