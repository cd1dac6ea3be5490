"""A form that came when its writer was no longer signed in, or had to prove it again: shown to them, to be sent now."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse

from sanctuary.records.carrying import carried as kept
from sanctuary.web.pages.answers import Line
from sanctuary.web.showing import show

# What a page wrote into its form for itself.
_ITS_OWN = frozenset({"key", "seq", "go", "version", "next", "from"})


def carried(request: HttpRequest, number: UUID) -> HttpResponse:
    """What was typed, and the button that sends it. For anybody else there is no such page."""
    form = kept(number, request.staff.account)  # type: ignore[attr-defined]
    if form is None:
        raise Http404
    lines = tuple(
        Line(label=_label(name), lines=tuple(value.splitlines()))
        for name, value in form.fields
        if name not in _ITS_OWN and value.strip()
    )
    return show(request, "carried.html", form=form, lines=lines)


def _label(name: str) -> str:
    """A field's name as words: "safe_phone" is "Safe phone"."""
    words = name.replace("_", " ").replace("-", " ").strip()
    return words[:1].upper() + words[1:]
