"""Why does a gate, a clock or a derived fact of the case say what it says? As far as this person may read."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from sanctuary.core.explain import explain
from sanctuary.web import naming
from sanctuary.web.pages.answers import reader
from sanctuary.web.showing import now, seen, show


def why(request: HttpRequest, case_id: UUID, rule: str) -> HttpResponse:
    """The explanation of one of them. What was said on the case page is what is explained, at the same time."""
    found = seen(case_id, now())
    explanation = explain(found.scheme, found.facts, found.progress, rule, found.reads)
    if explanation is None:
        raise Http404
    who = reader(found)
    holders = {
        read.fact: naming.holder_of(found.scheme, read.fact, who.holder)
        for each in explanation.rules
        for read in each.reads
        if read.held
    }
    back = {"text": f"Case {found.reference}", "href": reverse("case", kwargs={"case_id": case_id})}
    return show(request, "why.html", why=explanation, reference=found.reference, holders=holders, back=back)
