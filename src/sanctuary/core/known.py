"""What is known about a case at some time? Its answers, what happened, what gates say, and what follows from it all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache

from sanctuary.core.clocks import LONDON
from sanctuary.core.conditions import Scope
from sanctuary.core.derived import Derived, asked_behind
from sanctuary.core.facts import Facts, Unknown, Value
from sanctuary.core.gates import Verdict, judge, limits
from sanctuary.core.scheme import Gate, Scheme, Track


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """Everything that a condition may read, on the London `day`, under the `scheme` of the `track` that the case is on.

    `facts` are the case's, with the derived ones among their answers; `behind` says for each derived fact that is
    undecided which answers would settle it.
    """

    scheme: Scheme
    track: Track | None
    facts: Facts
    scope: Scope
    day: date
    verdicts: Mapping[str, Verdict]
    behind: Mapping[str, frozenset[str]]


def settle(scheme: Scheme, facts: Facts, now: datetime) -> Known:
    """What is known at `now` (aware), on the first track of which that is so, or in the usual order."""
    found = _settled(scheme, facts, now)
    track = next((one for one in scheme.tracks if one.when.decide(found.scope) is True), None)
    return found if track is None else replace(_settled(track.scheme, facts, now), track=track)


def _settled(scheme: Scheme, facts: Facts, now: datetime) -> Known:
    """What is known in one order of the steps. Gates and derived facts are settled in turn, each after what it reads.

    What a step is limited to for now stands beside that as "limited.step": no condition reads it, but its form does.
    """
    known, answers = _told(facts), dict(facts.answers)
    scope, day = Scope(known, now, scheme.calendar), now.astimezone(LONDON).date()
    verdicts: dict[str, Verdict] = {}
    behind: dict[str, frozenset[str]] = {}
    for name, one in _in_turn(scheme):
        if isinstance(one, Gate):
            verdicts[name] = verdict = judge(scheme, one, scope, day, facts, behind)
            if says := _says(verdict):
                known[f"gate.{name}"] = says
            continue
        value = one.decide(facts, scope)
        if isinstance(value, Unknown):
            known.pop(name, None)
            answers.pop(name, None)
            behind[name] = asked_behind(value.facts, behind)
        else:
            known[name] = answers[name] = value
    known.update({f"limited.{step}": measures for step, measures in limits(verdicts.values()).items()})
    return Known(
        scheme=scheme,
        track=None,
        facts=replace(facts, answers=answers) if scheme.derived else facts,
        scope=scope,
        day=day,
        verdicts=verdicts,
        behind=behind,
    )


@lru_cache(maxsize=64)
def _in_turn(scheme: Scheme) -> tuple[tuple[str, Gate | Derived], ...]:
    """What is settled, by its name: that of a derived fact is put together anew each time."""
    return tuple((one.name, one) for one in scheme.settles)


def _says(verdict: Verdict) -> str:
    """What conditions read of the gate; empty while it is not decided."""
    if verdict.stopped:
        return "stopped"
    return "" if verdict.undecided or verdict.held else "open"


def known(scheme: Scheme, facts: Facts, now: datetime) -> Mapping[str, Value]:
    """Every fact that a condition may read at `now`."""
    return settle(scheme, facts, now).scope.facts


def informed(scheme: Scheme, facts: Facts, now: datetime) -> Facts:
    """The facts with what follows from them among the answers, as who acts and what is timed are read from them."""
    return settle(scheme, facts, now).facts if scheme.derived else facts


def _told(facts: Facts) -> dict[str, Value]:
    told = dict(facts.answers)
    told["case.area"], told["case.opened"] = facts.area, facts.opened_at
    if facts.opened_by:
        told["case.opened_by"] = facts.opened_by
    if facts.opened_for:
        told["case.agency"] = facts.opened_for
    told.update({f"done.{step}": at for step, at in facts.done.items()})
    told.update({f"by.{step}": role for step, role in facts.done_by.items()})
    return told
