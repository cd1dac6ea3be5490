"""What needs a reason: letting a clock stand still, starting it again, and doing a step again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from sanctuary.actions.pause_clock import pause_clock, resume_clock
from sanctuary.actions.reopen_step import reopen_step
from sanctuary.actions.results import Faulty, Recorded, Result
from sanctuary.web.forms.page import Problem
from sanctuary.web.pages.answers import Line
from sanctuary.web.showing import again, failed, now, seen, sent, show, tokens


@dataclass(frozen=True, slots=True, kw_only=True)
class _Act:
    """One of the three: the words of its page, and what it does. `coded`: the scheme may have causes to choose from."""

    title: str
    said: str
    ask: str
    button: str
    told: str
    do: Callable[[HttpRequest, UUID, str, str], Result]
    coded: bool = False


def pause(request: HttpRequest, case_id: UUID, step: str) -> HttpResponse:
    """Let the clock of a step stand still."""
    return _reasoned(request, case_id, step, _PAUSE)


def resume(request: HttpRequest, case_id: UUID, step: str) -> HttpResponse:
    """Start the clock of a step again."""
    return _reasoned(request, case_id, step, _RESUME)


def reopen(request: HttpRequest, case_id: UUID, step: str) -> HttpResponse:
    """Do a step again."""
    return _reasoned(request, case_id, step, _REOPEN)


def _reasoned(request: HttpRequest, case_id: UUID, step: str, act: _Act) -> HttpResponse:
    found = seen(case_id, now())
    if step not in found.scheme.steps:
        raise Http404
    reason, cause = (request.POST.get(name, "").strip() for name in ("reason", "cause"))
    causes = found.scheme.pauses if act.coded else {}
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        result = act.do(request, case_id, step, reason)
        if isinstance(result, Recorded):
            return redirect(f"{reverse('case', kwargs={'case_id': case_id})}?now={act.told}")
        if not isinstance(result, Faulty):
            return failed(
                request, result, found, again(request, (Line(label=act.ask, lines=(reason,)),)) if act.ask else None
            )
        problems = tuple(Problem(text=text, href=f"#{field}") for field, text in result.faults.items())
    context = {"act": act, "case": found, "step": found.scheme.steps[step], "reason": reason, "problems": problems}
    context |= {"causes": causes, "cause": cause}
    return show(request, "reason.html", status=422 if problems else 200, hidden=tokens(found.seq), **context)


def _pause(request: HttpRequest, case_id: UUID, step: str, reason: str) -> Result:
    cause = request.POST.get("cause", "")
    return pause_clock(case_id=case_id, step=step, reason=reason, cause=cause, key=sent(request)[0], now=now())


def _resume(request: HttpRequest, case_id: UUID, step: str, reason: str) -> Result:
    return resume_clock(case_id=case_id, step=step, key=sent(request)[0], now=now())


def _reopen(request: HttpRequest, case_id: UUID, step: str, reason: str) -> Result:
    key, seq = sent(request)
    return reopen_step(case_id=case_id, step=step, reason=reason, expected_seq=seq, key=key, now=now())


_PAUSE = _Act(
    title="Pause the clock",
    said="The time allowed for this step stands still until you start it again. The case itself goes on.",
    ask="Why does it have to wait?",
    button="Pause the clock",
    told="paused",
    do=_pause,
    coded=True,
)
_RESUME = _Act(
    title="Start the clock again",
    said="The time allowed for this step runs on from where it stood.",
    ask="",
    button="Start the clock",
    told="resumed",
    do=_resume,
)
_REOPEN = _Act(
    title="Do this step again",
    said=(
        "What was answered stays in the form, to be looked through and changed. Until it is handed in again, nothing "
        "in the case rests on it: steps and decisions that need it wait."
    ),
    ask="Why does it have to be done again?",
    button="Open it again",
    told="reopened",
    do=_reopen,
)
