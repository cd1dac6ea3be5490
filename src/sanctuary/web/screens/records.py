"""Records to dispose of: the list, one record, its holds, and destroying it by two people."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from sanctuary.actions import definitions
from sanctuary.actions.dispose_record import (
    Destroyed,
    Proposed,
    Watched,
    Why,
    carry_out_disposal,
    propose_disposal,
    refusals,
    watch_record,
)
from sanctuary.actions.hold_record import hold_record, release_hold
from sanctuary.actions.results import Faulty, Missing, Refused
from sanctuary.core.keeping import Ground
from sanctuary.core.scheme import Scheme
from sanctuary.records import disposal
from sanctuary.records.search import Purpose, normal
from sanctuary.web.agreeing import alone
from sanctuary.web.forms.page import Problem
from sanctuary.web.pages.records import WHY, due_row, record_page
from sanctuary.web.pages.worklist import PAGE, Chosen, pagination
from sanctuary.web.paging import page_asked
from sanctuary.web.showing import now, show

_TOLD = {
    "held": "The record stays until the hold is lifted.",
    "lifted": "The hold is lifted.",
    "proposed": "Proposed. Somebody else has to agree before anything is destroyed.",
}
_WHICH = "Enter the reference of the record"
_NOBODY = "There is no record with this reference here, or it is not for you to look after."


def records_due(request: HttpRequest) -> HttpResponse:
    """What is due, and a way to any other record by its reference."""
    wanted = request.GET.get("reference", "").strip()
    reference = normal(Purpose.REFERENCE, wanted) if wanted else ""
    if reference and disposal.kept(reference) is not None:
        return redirect("record", reference=reference)
    asked = "reference" in request.GET
    problems = (Problem(text=_NOBODY if wanted else _WHICH, href="#reference"),) if asked else ()
    count = disposal.count_due()
    chosen = Chosen(page=page_asked(request, count))
    rows = [due_row(each, _scheme(each.version)) for each in disposal.due(PAGE, chosen.skip)]
    others = pagination(count, chosen)
    context = {"problems": problems, "rows": rows, "wanted": wanted, "back": _back("Oversight", "/oversight")}
    return show(request, "records_due.html", status=422 if problems else 200, pagination=others, **context)


def record(request: HttpRequest, reference: str) -> HttpResponse:
    """One record: where it stands, what holds it, what was proposed."""
    at = now()
    found = _found(reference)
    return show(
        request,
        "record.html",
        it=record_page(found, at),
        notice=_TOLD.get(request.GET.get("now", "")),
        back=_back("Records to dispose of", reverse("records_due")),
    )


def propose(request: HttpRequest, reference: str, why: str) -> HttpResponse:
    """Propose that it goes."""
    reason = next((each for each in Why if each.value == why), None)
    found = _found(reference)
    if reason is None:
        raise Http404
    if request.method != "POST":
        refused = refusals(found, reason)
        return _no(request, reference, refused) if refused else _asked(request, reference, "propose", WHY[reason])
    made = propose_disposal(reference, reason, now())
    if isinstance(made, Proposed):
        return _told(reference, "proposed")
    return _no(request, reference, made.reasons if isinstance(made, Refused) else (_NOBODY,))


def destroy(request: HttpRequest, reference: str, proposal: UUID) -> HttpResponse:
    """Carry out what another person agreed to."""
    found = _found(reference)
    if proposal not in {each.id for each in found.proposed}:
        raise Http404
    if request.method != "POST":
        return _asked(request, reference, "destroy", "")
    done = carry_out_disposal(proposal, now())
    if isinstance(done, Destroyed):
        return redirect("certificate", number=done.certificate["number"])
    return _no(request, reference, done.reasons if isinstance(done, Refused) else (_NOBODY,))


def hold(request: HttpRequest, reference: str) -> HttpResponse:
    """Stop a record from going."""
    _found(reference)
    ground, file = (request.POST.get(name, "").strip() for name in ("ground", "file"))
    faults = {}
    if request.method == "POST":
        made = hold_record(reference=reference, ground=ground, file=file)
        if isinstance(made, Missing):
            raise Http404
        if not isinstance(made, Faulty):
            return _told(reference, "held")
        faults = dict(made.faults)
    problems = tuple(Problem(text=text, href=f"#{name}") for name, text in faults.items())
    items = [{"value": each.value, "text": each.title, "checked": each.value == ground} for each in Ground]
    context = {"reference": reference, "grounds": items, "file": file, "faults": faults, "problems": problems}
    return show(request, "record_hold.html", status=422 if faults else 200, back=_to(reference), **context)


def lift(request: HttpRequest, reference: str, hold: UUID) -> HttpResponse:
    """Take a hold away."""
    found = _found(reference)
    if hold not in {each.id for each in found.record.holds}:
        raise Http404
    if request.method != "POST":
        return _asked(request, reference, "lift", "")
    if isinstance(release_hold(hold), Missing):
        raise Http404
    return _told(reference, "lifted")


def _found(reference: str) -> Watched:
    found = watch_record(reference, now())
    if found is None:
        raise Http404
    return found


def _scheme(version: str) -> Scheme | None:
    try:
        return definitions.version(version)
    except LookupError:
        return None


def _asked(request: HttpRequest, reference: str, act: str, because: str) -> HttpResponse:
    nobody = alone() if act == "propose" else ""
    return show(
        request, "record_ask.html", reference=reference, act=act, because=because, alone=nobody, back=_to(reference)
    )


def _no(request: HttpRequest, reference: str, reasons: tuple[str, ...]) -> HttpResponse:
    return show(request, "record_refused.html", status=409, reasons=reasons, reference=reference, back=_to(reference))


def _told(reference: str, what: str) -> HttpResponse:
    return redirect(f"{reverse('record', kwargs={'reference': reference})}?now={what}")


def _to(reference: str) -> dict[str, str]:
    return _back(f"Record {reference}", reverse("record", kwargs={"reference": reference}))


def _back(text: str, href: str) -> dict[str, str]:
    return {"text": text, "href": href}
