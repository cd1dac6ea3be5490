"""What is done to a case with a reason: a clock stopped or started, a step done again, a rule or consent taken away."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from sanctuary.actions.override_rule import override_rule
from sanctuary.actions.pause_clock import pause_clock, resume_clock
from sanctuary.actions.reopen_step import reopen_step
from sanctuary.actions.results import Faulty, Recorded, Result
from sanctuary.actions.withdraw_consent import withdraw_consent
from sanctuary.core.consents import consent_of
from sanctuary.core.gates import criterion_of, rules
from sanctuary.core.scheme import Scheme
from sanctuary.web.forms.page import Problem
from sanctuary.web.pages.answers import Line
from sanctuary.web.showing import again, failed, now, seen, sent, show, tokens


@dataclass(frozen=True, slots=True, kw_only=True)
class _Act:
    """The words of its page, and what it does.

    `called` is what it is done to, in the scheme's words; None where there is no such thing.
    `coded`: the scheme may have causes to choose from.
    """

    title: str
    said: str
    ask: str
    button: str
    told: str
    do: Callable[[HttpRequest, UUID, str, str], Result]
    called: Callable[[Scheme, str], str | None]
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


def override(request: HttpRequest, case_id: UUID, rule: str) -> HttpResponse:
    """Set a rule aside for this case."""
    return _reasoned(request, case_id, rule, _OVERRIDE)


def withdraw(request: HttpRequest, case_id: UUID, consent: str) -> HttpResponse:
    """Take back a consent."""
    return _reasoned(request, case_id, consent, _WITHDRAW)


def _reasoned(request: HttpRequest, case_id: UUID, name: str, act: _Act) -> HttpResponse:
    found = seen(case_id, now())
    called = act.called(found.scheme, name)
    if called is None:
        raise Http404
    reason, cause = (request.POST.get(name, "").strip() for name in ("reason", "cause"))
    causes = found.scheme.pauses if act.coded else {}
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        result = act.do(request, case_id, name, reason)
        if isinstance(result, Recorded):
            return redirect(f"{reverse('case', kwargs={'case_id': case_id})}?now={act.told}")
        if not isinstance(result, Faulty):
            return failed(
                request, result, found, again(request, (Line(label=act.ask, lines=(reason,)),)) if act.ask else None
            )
        problems = tuple(Problem(text=text, href=f"#{field}") for field, text in result.faults.items())
    context = {"act": act, "case": found, "called": called, "reason": reason, "problems": problems}
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


def _override(request: HttpRequest, case_id: UUID, rule: str, reason: str) -> Result:
    return override_rule(case_id=case_id, rule=rule, reason=reason, key=sent(request)[0], now=now())


def _withdraw(request: HttpRequest, case_id: UUID, consent: str, reason: str) -> Result:
    return withdraw_consent(case_id=case_id, consent=consent, reason=reason, key=sent(request)[0], now=now())


def _step(scheme: Scheme, name: str) -> str | None:
    return scheme.steps[name].title if name in scheme.steps else None


def _rule(scheme: Scheme, name: str) -> str | None:
    return criterion_of(scheme, name)[0].title if name in rules(scheme) else None


def _consent(scheme: Scheme, name: str) -> str | None:
    found = consent_of(scheme, name)
    return found.title if found else None


_PAUSE = _Act(
    title="Pause the clock",
    said="The time allowed for this step stands still until you start it again. The case itself goes on.",
    ask="Why does it have to wait?",
    button="Pause the clock",
    told="paused",
    do=_pause,
    called=_step,
    coded=True,
)
_RESUME = _Act(
    title="Start the clock again",
    said="The time allowed for this step runs on from where it stood.",
    ask="",
    button="Start the clock",
    told="resumed",
    do=_resume,
    called=_step,
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
    called=_step,
)
_OVERRIDE = _Act(
    title="Set this rule aside for this case",
    said=(
        "The case then goes on as though the rule were met. Your role, the time and your reason stay on the case for "
        "everybody who may read why it was stopped. Other rules go on counting."
    ),
    ask="Why is it right to go on in this case?",
    button="Set the rule aside",
    told="overridden",
    do=_override,
    called=_rule,
)
_WITHDRAW = _Act(
    title="Record that this consent is taken back",
    said=(
        "What rests on it ends at once: whoever could read something only because of it no longer can. Nobody has to "
        "say why, and it counts against nobody in anything that follows. It can be given again at any time."
    ),
    ask="Is there anything that others should know about it? (optional)",
    button="Record that it is taken back",
    told="withdrawn",
    do=_withdraw,
    called=_consent,
)
