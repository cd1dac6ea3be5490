"""Sharing a case: who can see it, giving others leave to, ending that; and the notices that wait for somebody."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from sanctuary.actions import definitions
from sanctuary.actions.parts_played import parts
from sanctuary.actions.results import Faulty, Missing, Recorded, Refused
from sanctuary.actions.share_case import end_share, offer, share_case
from sanctuary.core.messages import told
from sanctuary.records import accounts, messages
from sanctuary.web import naming
from sanctuary.web.forms.own import Filled, FormPage, form_page
from sanctuary.web.pages.sharing import CHECK, OF_FIELD, Sharing
from sanctuary.web.pages.who import Named, who_page
from sanctuary.web.showing import Again, again, carried, failed, now, seen, sent, show, tokens


def who_can_see(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Everybody who can see the case."""
    at = now()
    found = seen(case_id, at)
    people = accounts.names(UUID(one.account) for one in found.progress.given if one.account)
    page = who_page(found, Named(agencies={**accounts.agencies(), **found.scheme.agencies}, people=people), at)
    notice = {
        "shared": "Shared. They find it in their worklist.",
        "ended": "Ended. Nobody sees the case by it any more.",
    }
    return show(
        request,
        "sharing/who.html",
        page=page,
        notice=notice.get(request.GET.get("now", "")),
        back=_back(page.reference, case_id),
    )


def share(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The form, page by page, its check, and what comes of it."""
    at = now()
    found = offer(case_id=case_id, now=at)
    if isinstance(found, Missing):
        raise Http404
    if isinstance(found, Refused):
        return failed(request, found, seen(case_id, at))
    form = Sharing(offer=found, posted=request.POST, now=at)
    going, here, unready = request.POST.get("go", ""), request.POST.get("page", ""), form.unready
    if request.method != "POST" or going in form.leaves:
        return _leaf(request, form, going or "with", Filled(plain=form.filled(going).plain) if going else Filled())
    if unready != CHECK:
        given = form.filled(unready)
        return _leaf(request, form, unready, given if unready == here else Filled(plain=given.plain))
    return _shared(request, form, case_id) if going == "confirm" else _check(request, form)


def end(request: HttpRequest, case_id: UUID, share: int) -> HttpResponse:
    """End a share before its time."""
    found = seen(case_id, now())
    one = next((each for each in found.progress.given if each.number == share and not each.account), None)
    if one is None or not found.mine:
        raise Http404
    if request.method == "POST":
        reason = request.POST.get("reason", "").strip()
        result = end_share(case_id=case_id, number=share, reason=reason, key=sent(request)[0], now=now())
        if isinstance(result, Recorded):
            return redirect(f"{reverse('who_can_see', kwargs={'case_id': case_id})}?now=ended")
        return failed(request, result, found, None)
    agency = {**accounts.agencies(), **found.scheme.agencies}.get(one.agency, one.agency)
    who = f"{agency} ({naming.role(found.scheme, one.role)})"
    return show(request, "sharing/end.html", case=found, who=who, hidden=tokens(found.seq))


def message(request: HttpRequest, message: UUID) -> HttpResponse:
    """Open a notice: it waits no more, and leads to what it is about. Looking at the address alone opens nothing."""
    found = messages.open_message(message) if request.method == "POST" else None
    if found is None:
        return redirect("worklist")
    page = told(found.kind).page
    if page == "worklist":
        return redirect(page)
    return redirect(page, emergency=found.subject) if found.subject else redirect(page, case_id=found.case_id)


def _leaf(
    request: HttpRequest, form: Sharing, name: str, given: Filled, problems: dict[str, str] | None = None
) -> HttpResponse:
    leaf = form.leaves[name]
    reference = form.offer.held.reference
    where = reverse("who_can_see", kwargs={"case_id": form.offer.held.id})
    blank = FormPage(
        title=leaf.title, button="Continue", leave=where, caption=f"Case {reference}: share it", said=leaf.said
    )
    page = form_page(blank, leaf.questions, given, leaf.about, problems)
    own = {question.name for question in leaf.questions}
    hidden = [(key, value) for key, value in _kept(request) if key.partition("-")[0] not in own]
    status = 422 if page.problems else 200
    back = {"text": "Who can see this case", "href": where}
    return show(request, "sharing/share.html", status=status, page=page, leaf=name, hidden=hidden, back=back)


def _check(request: HttpRequest, form: Sharing) -> HttpResponse:
    held = form.offer.held
    where = reverse("who_can_see", kwargs={"case_id": held.id})
    agency, role = form.wanted.agency, form.wanted.role
    missing = {"agency": form.offer.agencies[agency], "role": naming.role(held.scheme, role)}
    nobody = None if role in parts(definitions.running(), agency) else missing
    return show(
        request, "sharing/check.html", reference=held.reference, lines=form.lines(), hidden=_kept(request), leave=where,
        nobody=nobody,
    )  # fmt: skip


def _shared(request: HttpRequest, form: Sharing, case_id: UUID) -> HttpResponse:
    result = share_case(case_id=case_id, wanted=form.wanted, key=sent(request)[0], now=form.now)
    if isinstance(result, Recorded):
        return redirect(f"{reverse('who_can_see', kwargs={'case_id': case_id})}?now=shared")
    if isinstance(result, Faulty):
        field = next(iter(result.faults))
        name = field if field in form.leaves else "with"
        return _leaf(request, form, name, form.filled(name), {OF_FIELD.get(field, field): result.faults[field]})
    return failed(request, result, seen(case_id, now()), _again(request, form))


def _again(request: HttpRequest, form: Sharing) -> Again:
    return again(request, tuple(line for _, line in form.lines()))


def _kept(request: HttpRequest) -> list[tuple[str, str]]:
    """What was typed so far, with one key from the first page to the last press."""
    found = [(name, value) for name, value in carried(request) if name not in ("page", "key", "seq")]
    return [*found, ("key", request.POST.get("key", "") or str(uuid4())), ("seq", "0")]


def _back(reference: str, case_id: UUID) -> dict[str, str]:
    return {"text": f"Case {reference}", "href": reverse("case", kwargs={"case_id": case_id})}
