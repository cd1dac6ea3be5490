"""A copy of what is recorded about somebody: choosing, checking, making it, asking a second person, handing it out."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from sanctuary.actions.make_pack import Made, make_pack
from sanctuary.actions.packed import Held, held
from sanctuary.actions.release_pack import Released, Shown, propose_release, read_pack, release_pack
from sanctuary.actions.results import Faulty, Missing, Refused
from sanctuary.actions.see_case import SeenCase
from sanctuary.core.copy_words import FILE_NAME
from sanctuary.core.packs import Choices, Recipient, refused
from sanctuary.core.proposals import Act
from sanctuary.records import packs, proposals
from sanctuary.web.agreeing import alone
from sanctuary.web.forms.page import Problem
from sanctuary.web.pages.copies import check_page, choosing_page, copy_page, recipients
from sanctuary.web.showing import failed, now, seen, sent, show, tokens

# Twice as long would not stand on two lines at the head of a page.
LONGEST_NAME = 80


def choose(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """To whom and from which parts; then what goes in; then a check; then it is made."""
    case = seen(case_id, now())
    if request.method != "POST":
        return _start(request, case)
    recipient = next((each for each in Recipient if each.value == request.POST.get("to")), None)
    if recipient is None:
        problem = Problem(text="Choose to whom the copy goes", href="#to")
        return _start(request, case, (problem,), status=422)
    it = held(case_id, recipient)
    if it is None:
        raise Http404
    going, choices = request.POST.get("go", ""), _choices(request, recipient)
    if why := refused(it.offered, choices):
        return _start(request, case, (Problem(text=why, href="#named"),), choices, status=422)
    if going == "make":
        return _make(request, case, it, choices)
    if going == "check":
        return _check(request, case, it, choices)
    return _choosing(request, case, it, choices, looked=request.POST.get("looked") == "yes")


def copy(request: HttpRequest, case_id: UUID, pack: UUID) -> HttpResponse:
    """How far the copy has come, and how the finished file reads."""
    case, known = seen(case_id, now()), packs.find(pack)
    if known is None or known.case_id != case_id:
        raise Http404
    shown = read_pack(pack=pack)
    asked = proposals.of_subject(Act.RELEASE, case_id, pack)
    page = copy_page(case, known, asked, shown.pages if isinstance(shown, Shown) else (), now())
    nobody = alone() if page.state in ("made", "asked") else ""
    return show(request, "copy.html", page=page, alone=nobody, back=_back(case))


@require_POST
def ask(request: HttpRequest, case_id: UUID, pack: UUID) -> HttpResponse:
    """Ask a second person to agree to the copy as it is."""
    case = seen(case_id, now())
    result = propose_release(pack=pack)
    if isinstance(result, Refused | Missing):
        return failed(request, result, case)
    return redirect("copy", case_id=case_id, pack=pack)


@require_POST
def file(request: HttpRequest, case_id: UUID, pack: UUID) -> HttpResponse:
    """The file itself, once."""
    case = seen(case_id, now())
    result = release_pack(pack=pack)
    if not isinstance(result, Released):
        return failed(request, result, case)
    response = HttpResponse(result.file, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{FILE_NAME}"'
    return response


def _choices(request: HttpRequest, recipient: Recipient) -> Choices:
    return Choices(
        recipient=recipient,
        parts_left=frozenset(request.POST.getlist("leave")),
        ticked=frozenset(request.POST.getlist("tick")),
        named=" ".join(request.POST.get("named", "").split())[:LONGEST_NAME],
    )


def _start(
    request: HttpRequest,
    case: SeenCase,
    problems: tuple[Problem, ...] = (),
    choices: Choices | None = None,
    status: int = 200,
) -> HttpResponse:
    parts = [part for name, part in case.scheme.compartments.items() if name in case.reads]
    context = {"case": case, "recipients": recipients(case), "parts": parts, "problems": problems, "choices": choices}
    return show(
        request, "copy_start.html", status=status, packs=packs.of_case(case.case_id), back=_back(case), **context
    )


def _choosing(
    request: HttpRequest, case: SeenCase, it: Held, choices: Choices, *, looked: bool, problem: str = ""
) -> HttpResponse:
    page = choosing_page(it, choices, looked=looked)
    problems = (Problem(text=problem, href="#main-content"),) if problem else ()
    context = {"case": case, "choices": choices, "problems": problems, "back": _back(case)}
    return show(request, "copy_choose.html", status=422 if problem else 200, choosing=page, **context)


def _check(request: HttpRequest, case: SeenCase, it: Held, choices: Choices) -> HttpResponse:
    to = recipients(case)[choices.recipient.value]
    page = check_page(it, choices, to[:1].lower() + to[1:])
    if not page.goes_in:
        return _choosing(request, case, it, choices, looked=True, problem="Tick at least one thing that is to go in")
    return show(
        request, "copy_check.html", case=case, choices=choices, check=page, hidden=tokens(it.seq), back=_back(case)
    )


def _make(request: HttpRequest, case: SeenCase, it: Held, choices: Choices) -> HttpResponse:
    key, seq = sent(request)
    result = make_pack(case_id=case.case_id, choices=choices, expected_seq=seq, key=key, now=now())
    if isinstance(result, Made):
        return redirect("copy", case_id=case.case_id, pack=result.pack)
    if isinstance(result, Faulty):
        return _choosing(request, case, it, choices, looked=True, problem=next(iter(result.faults.values())))
    return failed(request, result, case)


def _back(case: SeenCase) -> dict[str, str]:
    return {"text": f"Case {case.reference}", "href": reverse("case", kwargs={"case_id": case.case_id})}
