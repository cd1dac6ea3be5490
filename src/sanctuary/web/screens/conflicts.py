"""Conflicts of interest: declaring one, giving one's own details, and what oversight and specialists look at."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from sanctuary.actions.arranging import Arranged, Outcome
from sanctuary.actions.declare_conflict import declare_case, declare_somebody, give_own_details
from sanctuary.actions.results import Faulty
from sanctuary.actions.settle_conflict import ask_to_lift, keep_conflict, lift_conflict, look_at_crossing
from sanctuary.core.proposals import Act
from sanctuary.records import proposals, screening
from sanctuary.records.screening import Details
from sanctuary.records.search import Purpose, normal
from sanctuary.web.agreeing import alone
from sanctuary.web.arranging import form_view, on
from sanctuary.web.forms.own import Filled, FormPage
from sanctuary.web.pages import conflicts as pages
from sanctuary.web.pages.worklist import PAGE, Chosen, pagination
from sanctuary.web.paging import page_asked
from sanctuary.web.showing import show

# The same whether or not anything matched: nobody learns here whether somebody has a case.
_TOLD = {
    "given": "Thank you. It counts from now on. Nobody reads it; Sanctuary compares it by itself.",
    "kept": "It stays. The colleague does not see the case and is not told.",
    "asked": "A second person has been asked. Until they agree, it stays.",
    "lifted": "It is lifted. The colleague sees the case again, as far as their role does.",
    "looked": "Thank you. What you found is recorded.",
}
_NOTHING = "Fill in at least one of these. A home needs its postcode; a name needs a first and a last name"
_ENOUGH = (
    "Fill in at least one of these: a first and a last name, a telephone number, an email address, or a home with its "
    "postcode."
)
_NOBODY_IS_TOLD = (
    "Cases with them are hidden from you from now on, if there are any. You are not told whether there are: otherwise "
    "anybody could find out who has asked for help."
)
_TO_DO = (
    "Speak with the lead of each case by itself, and tell neither of the other. Whoever does the harm may have asked "
    "for help first: find out, with somebody who knows domestic abuse, who has to be kept safe before either goes on."
)


def conflicts(request: HttpRequest) -> HttpResponse:
    """What a conflict of interest is, what this person gave, and the ways of giving more."""
    given = [pages.given_line(each) for each in screening.given()]
    return show(request, "conflicts/own.html", given=given, notice=_told(request))


def somebody(request: HttpRequest) -> HttpResponse:
    """That one knows somebody."""
    page = _page(
        "Say that you know somebody",
        "Give what you know of them. If they have a case, or should get one, you will not see it.",
        _NOBODY_IS_TOLD,
        _ENOUGH,
    )
    return form_view(request, page, _giving(declare_somebody), _on("conflicts", "given"), pages.SOMEBODY)


def own(request: HttpRequest) -> HttpResponse:
    """How one is known oneself."""
    page = _page(
        "How you are known yourself",
        "So that you never come upon your own case, or that of your household. Your name and work address are known.",
        "What you enter takes the place of what you gave before. It is encrypted; no colleague can read it, nor can "
        "you see it here again.",
        _ENOUGH,
    )
    return form_view(request, page, _giving(give_own_details), _on("conflicts", "given"), pages.OWN)


def case(request: HttpRequest) -> HttpResponse:
    """That one knows the people of a case."""
    page = _page("Say that you know the people of a case", _NOBODY_IS_TOLD, any_of=False)

    def act(given: Filled) -> Outcome:
        reference = normal(Purpose.REFERENCE, given.text("reference"))
        if not reference:
            return Faulty(faults={"reference": "Enter the whole reference, like NOR-2A4C-7K"})
        declare_case(reference)
        return Arranged()

    return form_view(request, page, act, _on("conflicts", "given"), pages.CASE)


def found(request: HttpRequest) -> HttpResponse:
    """The conflicts that this person has the oversight of."""
    count = screening.count_looked_after()
    chosen = Chosen(page=page_asked(request, count))
    lines = [pages.conflict_line(each) for each in screening.looked_after(PAGE, chosen.skip)]
    others = pagination(count, chosen)
    return show(request, "conflicts/found.html", lines=lines, pagination=others, notice=_told(request))


def conflict(request: HttpRequest, account: UUID, of_case: UUID) -> HttpResponse:
    """One of them, and what is to happen."""
    shown = screening.find(account, of_case)
    if shown is None:
        raise Http404
    line = pages.conflict_line(shown)
    asked = proposals.of_subject(Act.LIFT_CONFLICT, of_case, account)
    acts: dict[str, tuple[Callable[[UUID, UUID], Outcome], str]] = {
        pages.KEEP: (keep_conflict, "kept"),
        pages.ASK: (ask_to_lift, "asked"),
        pages.LIFT: (lift_conflict, "lifted"),
    }
    page = FormPage(
        title=line.title,
        caption=f"Case {shown.reference}",
        button="Continue",
        leave=reverse("conflicts_found"),
        said=(
            line.note,
            "Ask those who work on the case whether it can be the same person. Never ask the colleague about it.",
            *filter(None, (alone(),)),
        ),
    )
    questions = pages.choices(shown, any(each.agreed and not each.carried_out for each in asked))

    def done(outcome: Outcome) -> HttpResponse:
        return on("conflicts_found", acts[request.POST.get("what", pages.KEEP)][1])

    return form_view(request, page, lambda given: acts[given.text("what")][0](account, of_case), done, questions)


def crossings(request: HttpRequest) -> HttpResponse:
    """Cases that name the same people on opposite sides, as far as this person is told."""
    lines = [pages.crossing_line(each) for each in screening.crossings()]
    return show(request, "conflicts/crossings.html", lines=lines, notice=_told(request), here="crossings")


def crossing(request: HttpRequest, crossing: UUID) -> HttpResponse:
    """One of them, and what it is."""
    shown = next((each for each in screening.crossings() if each.id == crossing and not each.outcome), None)
    if shown is None:
        raise Http404
    line = pages.crossing_line(shown)
    page = FormPage(
        title=f"Cases {line.title}",
        button="Record what you found",
        leave=reverse("crossings"),
        said=(
            line.note,
            _TO_DO,
        ),
    )
    return form_view(
        request,
        page,
        lambda given: look_at_crossing(crossing, given.text("outcome")),
        _on("crossings", "looked"),
        pages.CROSSING,
    )


def _page(title: str, *said: str, any_of: bool = True) -> FormPage:
    return FormPage(title=title, button="Send", leave=reverse("conflicts"), said=said, any_of=any_of)


def _giving(act: Callable[[Details], None]) -> Callable[[Filled], Outcome]:
    def give(given: Filled) -> Outcome:
        found = pages.details(given)
        if not screening.marks(found):
            return Faulty(faults={"name": _NOTHING})
        act(found)
        return Arranged()

    return give


def _on(name: str, told: str) -> Callable[[Outcome], HttpResponse]:
    return lambda outcome: on(name, told)


def _told(request: HttpRequest) -> str:
    return _TOLD.get(request.GET.get("now", ""), "")
