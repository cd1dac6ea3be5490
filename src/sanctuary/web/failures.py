"""What is said when something goes wrong? Calmly, and always whether anything was recorded."""

from __future__ import annotations

import sys

from django.http import HttpRequest, HttpResponse

from sanctuary.records import standstill
from sanctuary.records.audit import NotNoted, TooMuch
from sanctuary.records.query import AWAY
from sanctuary.web.pages.answers import Line
from sanctuary.web.pages.typed import typed_lines
from sanctuary.web.showing import carried, show

# What fails without being anybody's mistake, and with which page it is said.
_PASSING = (
    (AWAY, ("away.html", 503)),
    (NotNoted, ("unnoted.html", 503)),
    (TooMuch, ("too_much.html", 429)),
)


def missing(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """There is no such page, or it is not for this person: the same words, so that nobody can tell which.

    A role may have been changed or taken away while somebody was writing: what they typed is shown to them.
    """
    return show(request, "missing.html", status=404, typed=_typed(request))


def misunderstood(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The request makes no sense."""
    return show(request, "misunderstood.html", status=400)


def broken(request: HttpRequest) -> HttpResponse:
    """Something failed here; or something that passes did, which is said."""
    failure = sys.exc_info()[1]
    if standstill.is_refusal(failure):
        return show(request, "stopped.html", status=503)
    passing = (page for kind, page in _PASSING if isinstance(failure, kind))
    template, status = next(passing, ("broken.html", 500))
    return show(request, template, status=status)


def unproven(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form came without proof that it was ours: usually a page left open too long, or cookies switched off."""
    return show(request, "unproven.html", status=403)


def _typed(request: HttpRequest) -> tuple[Line, ...]:
    """What came with a form that some page answers; what was sent to no page at all was never looked into."""
    if request.method != "POST" or request.resolver_match is None or getattr(request, "staff", None) is None:
        return ()
    return typed_lines(carried(request))
