"""A form that came when its writer was no longer signed in, or had to prove it again: shown to them, to be sent now."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse

from sanctuary.records.carrying import carried as kept
from sanctuary.web.pages.typed import typed_lines
from sanctuary.web.showing import show


def carried(request: HttpRequest, number: UUID) -> HttpResponse:
    """What was typed, and the button that sends it. For anybody else there is no such page."""
    form = kept(number, request.staff.account)  # type: ignore[attr-defined]
    if form is None:
        raise Http404
    return show(request, "carried.html", form=form, lines=typed_lines(form.fields))
