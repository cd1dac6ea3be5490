"""One section of a step as a form: what is typed is kept as a draft, and a wrong answer stands beside its field."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from sanctuary.actions.results import Faulty, Recorded
from sanctuary.actions.save_draft import save_draft
from sanctuary.core.answers import Plain
from sanctuary.core.scheme import Section
from sanctuary.web.forms.page import Typing
from sanctuary.web.forms.posted import Typed, typed
from sanctuary.web.forms.rows import changed_rows
from sanctuary.web.pages.section import section_page, typed_lines
from sanctuary.web.pages.work import Work
from sanctuary.web.showing import again, failed, now, seen, sent, show, tokens


def section(request: HttpRequest, case_id: UUID, step: str, section: str) -> HttpResponse:
    """The form, or what comes of it."""
    at = now()
    found = seen(case_id, at)
    if step not in found.scheme.steps:
        raise Http404
    work = Work(seen=found, step=found.scheme.steps[step], now=at)
    asked = next((each for each in work.step.sections if each.name == section), None)
    if request.method == "POST" and asked:  # where it cannot be recorded any more, the action says why
        return _posted(request, work, asked)
    part = work.section(section)
    if part is None or work.to_be_sent or not (work.can_be_done and work.theirs):
        return redirect("step", case_id=case_id, step=step)
    return _form(request, work, part, work.kept(), {})


def _posted(request: HttpRequest, work: Work, part: Section) -> HttpResponse:
    questions = work.asked(part)
    going = request.POST.get("go", "")
    if going not in ("continue", "later"):
        kept = typed(questions, request.POST, keep_blank_rows=True)
        return _form(request, work, part, changed_rows(request.POST, kept.plain), {})
    answers = typed(questions, request.POST)
    faults = dict(answers.faults)
    if going == "continue":
        faults = {**work.read(part, answers.plain).faults, **faults}
    if faults:
        return _form(request, work, part, answers.plain, faults)
    return _saved(request, work, part, answers, going)


def _saved(request: HttpRequest, work: Work, part: Section, answers: Typed, going: str) -> HttpResponse:
    key, seq = sent(request)
    result = save_draft(
        case_id=work.seen.case_id,
        step=work.step.name,
        section=part.name,
        plain=answers.plain,
        expected_seq=seq,
        key=key,
        now=work.now,
    )
    if isinstance(result, Faulty):
        return _form(request, work, part, answers.plain, result.faults)
    if not isinstance(result, Recorded):
        return failed(request, result, work.seen, again(request, typed_lines(work, part, answers.plain)))
    if going == "later":
        return redirect(f"{_address('case', work)}?now=saved")
    return redirect(_next(request, work, part))


def _next(request: HttpRequest, work: Work, part: Section) -> str:
    """Back to the check where the person came from there; else the next section, and after the last one the check."""
    following = None if request.GET.get("from") == "check" else work.after(part)
    return _address("section", work, section=following.name) if following else _address("check", work)


def _form(
    request: HttpRequest, work: Work, part: Section, plain: Mapping[str, Plain], faults: Mapping[str, str]
) -> HttpResponse:
    page = section_page(work, part, Typing(plain=plain, faults=faults))
    back = {"text": "Back", "href": _address("case" if len(work.sections) == 1 else "step", work)}
    status = 422 if faults else 200
    context = {"page": page, "hidden": tokens(work.seen.seq), "back": back}
    return show(request, "section.html", status=status, scheme=work.seen.scheme.key, asked=work.asked(part), **context)


def _address(name: str, work: Work, **parts: str) -> str:
    step = {} if name == "case" else {"step": work.step.name}
    return reverse(name, kwargs={"case_id": work.seen.case_id, **step, **parts})
