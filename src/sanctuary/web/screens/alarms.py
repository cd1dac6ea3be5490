"""Alarms, for those with oversight: what is open first, taking one, closing it with words. And raising a concern."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from sanctuary.actions.close_alarm import close_alarm
from sanctuary.core.alarms import OUTCOMES, Kind, Outcome, said
from sanctuary.core.scheme import QuestionType
from sanctuary.records import alarms as records
from sanctuary.records import readings
from sanctuary.web.arranging import form_view
from sanctuary.web.forms.own import FormPage, ask
from sanctuary.web.pages.alarms import alarm_line
from sanctuary.web.pages.called import page_name
from sanctuary.web.pages.worklist import PAGE, Chosen, pagination
from sanctuary.web.paging import page_asked
from sanctuary.web.showing import show

_NOTICES = {
    "taken": "It is yours now. Nobody else will take it.",
    "gone": "It is not yours to take: somebody else has it in hand, it is closed, or you caused it yourself.",
    "closed": "Closed, with what you wrote.",
}
_CLOSING = (
    ask("outcome", "What was it?", QuestionType.CHOICE, options={each.value: text for each, text in OUTCOMES.items()}),
    ask(
        "words",
        "What did you find, and what was done?",
        QuestionType.LONG_TEXT,
        hint="It is kept sealed, for those with oversight. Name nobody whom a case is about.",
    ),
)


def alarms(request: HttpRequest) -> HttpResponse:
    """Those that this person looks after: open ones, or with ?all all of them."""
    reader, every = request.staff.account, "all" in request.GET  # type: ignore[attr-defined]
    theirs = {account for account, _, _ in readings.colleagues()}
    count = records.count(only_open=not every)
    chosen = Chosen(page=page_asked(request, count), also={"all": "yes"} if every else {})
    found = records.looked_after(only_open=not every, limit=PAGE, skip=chosen.skip)
    askable = {case for case in {each.case_id for each in found if each.case_id} if readings.may_audit(case)}
    lines = [alarm_line(each, reader, theirs, askable) for each in found]
    told = _NOTICES.get(request.GET.get("now", ""), "")
    return show(
        request,
        "oversight/alarms.html",
        lines=lines,
        every=every,
        pagination=pagination(count, chosen),
        notice=told,
        unchanged=request.GET.get("now") == "gone",
    )


@require_POST
def take(request: HttpRequest, alarm: UUID) -> HttpResponse:
    """Take it in hand, unless somebody was first."""
    return redirect(f"{reverse('alarms')}?now={'taken' if records.take(alarm) else 'gone'}")


def close(request: HttpRequest, alarm: UUID) -> HttpResponse:
    """Say what it was, and close it."""
    reader = request.staff.account  # type: ignore[attr-defined]
    them = records.find(alarm)
    if them is None or them.taken_by != reader:
        raise Http404
    return form_view(
        request,
        FormPage(
            title="Close the alarm", caption=said(them.kind).title, button="Close the alarm", leave=reverse("alarms")
        ),
        lambda given: close_alarm(alarm, Outcome(given.text("outcome")), given.text("words")),
        lambda outcome: redirect(f"{reverse('alarms')}?now=closed"),
        _CLOSING,
    )


def concern(request: HttpRequest) -> HttpResponse:
    """I see something that I should not: those with oversight are told at once, with the page's name alone."""
    page = request.POST.get("page", request.GET.get("page", ""))
    known = page if page.isascii() and page.isidentifier() and page.islower() and len(page) < 60 else ""
    if request.method == "POST":
        staff = request.staff  # type: ignore[attr-defined]
        records.raise_alarm(Kind.CONCERN, detail=known)
        return show(request, "oversight/concern_raised.html", staff=staff)
    return show(request, "oversight/concern.html", page=None, name=known, title=page_name(known) if known else "")
