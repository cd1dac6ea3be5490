"""What is worked out once of a case that is being judged? Places in it are for `progress`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from sanctuary.core.conditions import Scope
from sanctuary.core.derived import asked_behind
from sanctuary.core.facts import Facts, Unknown
from sanctuary.core.gates import HARD, NOTHING, Verdict, limits, shut
from sanctuary.core.known import Known
from sanctuary.core.permissions import spared
from sanctuary.core.scheme import Scheme, Step
from sanctuary.core.timing import ClockState, clock_states


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A case while it is being judged; what many questions come back to is worked out once.

    `applies` answers each step ahead that applies only sometimes; nothing more is to be done about the `settled` for
    now, and no other step waits for the `passed`; `held` are steps at a gate that waits for these facts, and `awaited`
    those whose facts are known and say "wait"; `clocks` stand in the order of the scheme's; `is_hard`: no rule was
    eased and no gate makes anybody wait.
    """

    scheme: Scheme
    facts: Facts
    scope: Scope
    now: datetime
    day: date
    verdicts: list[Verdict]
    shut: frozenset[str]
    applies: Mapping[str, bool | Unknown]
    settled: frozenset[str]
    passed: frozenset[str]
    held: Mapping[str, frozenset[str]]
    awaited: Mapping[str, frozenset[str]]
    clocks: tuple[ClockState, ...]
    track: str
    is_hard: bool


def looked_at(known: Known, now: datetime, *, is_over: bool) -> View:
    """A case of which this is known at `now`. Of one that has ended (`is_over`) nobody asks which steps apply."""
    scheme = known.scheme
    verdicts = [known.verdicts[name] for name in scheme.gates]
    done = _done(known)
    ahead = [] if is_over else [one for one in _conditional(scheme) if one.any_time or one.name not in done]
    applies = {step.name: _applies(step, known) for step in ahead}
    settled = done.union([name for name, answer in applies.items() if answer is False], spared(scheme, known.scope))
    return View(
        scheme=scheme,
        facts=known.facts,
        scope=known.scope,
        now=now,
        day=known.day,
        verdicts=verdicts,
        shut=shut(verdicts),
        applies=applies,
        settled=settled,
        passed=settled.union(known.facts.done),
        held=_held(verdicts, answered=False),
        awaited=_held(verdicts, answered=True),
        clocks=clock_states(scheme, known.facts, known.day, now),
        track=known.track.name if known.track else "",
        is_hard=all(verdict.eased is HARD and not verdict.held for verdict in verdicts),
    )


@lru_cache(maxsize=64)
def _conditional(scheme: Scheme) -> tuple[Step, ...]:
    """The steps that apply only sometimes."""
    return tuple(step for step in scheme.steps.values() if step.when is not None)


def _applies(step: Step, known: Known) -> bool | Unknown:
    answer = step.when.decide(known.scope) if step.when is not None else True
    if not isinstance(answer, Unknown):
        return answer
    asked = asked_behind(answer.facts, known.behind)
    return answer if asked is answer.facts else Unknown(asked)


def _done(known: Known) -> frozenset[str]:
    """The steps that have been done and do not come back."""
    return _once(known.scheme).intersection(known.facts.done)


@lru_cache(maxsize=64)
def _once(scheme: Scheme) -> frozenset[str]:
    return frozenset(step.name for step in scheme.steps.values() if step.every is None)


def _held(verdicts: list[Verdict], *, answered: bool) -> Mapping[str, frozenset[str]]:
    held: dict[str, frozenset[str]] = {}
    for verdict in verdicts:
        for hold in verdict.holds:
            for name in hold.steps if hold.answered is answered else ():
                held[name] = held.get(name, NOTHING) | hold.facts
    return held


def eased(view: View, is_over: bool) -> dict[str, Any]:
    """What rules that are less than hard come to: nothing in most schemes, and in a case that has ended."""
    if view.is_hard:
        return {}
    ahead = [] if is_over else [verdict for verdict in view.verdicts if _holds_up(view, verdict)]
    told = [verdict.eased for verdict in ahead]
    return {
        "held": tuple(reason for verdict in ahead for reason in verdict.held),
        "overridden": tuple(rule for verdict in view.verdicts for rule in verdict.eased.overridden),
        "soft": tuple(rule for one in told for rule in one.soft),
        "deferred": tuple(each for one in told for each in one.deferred),
        "limited": limits(ahead),
    }


def _holds_up(view: View, verdict: Verdict) -> bool:
    """Whether anything that stands behind the gate is still to be done."""
    return not verdict.gate.behind <= view.settled
