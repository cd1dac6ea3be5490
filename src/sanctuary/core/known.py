"""What is known about a case at some time? Its answers, what happened, what gates say, and what follows from it all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from sanctuary.core.clocks import LONDON
from sanctuary.core.conditions import Scope
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
    known = _told(facts)
    scope, day = Scope(known, now, scheme.calendar), now.astimezone(LONDON).date()
    verdicts: dict[str, Verdict] = {}
    behind: dict[str, frozenset[str]] = {}
    answers = dict(facts.answers) if scheme.derived else facts.answers
    for one in scheme.settles:
        if isinstance(one, Gate):
            verdicts[one.name] = _judged(scheme, one, scope, day, facts, known, behind)
            continue
        name, value = one.name, one.decide(facts, scope)
        for kept in (known, answers):
            kept.pop(name, None)  # type: ignore[attr-defined]
            if not isinstance(value, Unknown):
                kept[name] = value  # type: ignore[index]
        if isinstance(value, Unknown):
            behind[name] = asked_behind(value.facts, behind)
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


def known(scheme: Scheme, facts: Facts, now: datetime) -> Mapping[str, Value]:
    """Every fact that a condition may read at `now`."""
    return settle(scheme, facts, now).scope.facts


def informed(scheme: Scheme, facts: Facts, now: datetime) -> Facts:
    """The facts with what follows from them among the answers, as who acts and what is timed are read from them."""
    return settle(scheme, facts, now).facts if scheme.derived else facts


def asked_behind(facts: frozenset[str], behind: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """`facts`, with each derived one replaced by the answers that would settle it."""
    if not behind or behind.keys().isdisjoint(facts):
        return facts
    return frozenset(asked for name in facts for asked in behind.get(name, (name,)))


def _told(facts: Facts) -> dict[str, Value]:
    told: dict[str, Value] = {"case.area": facts.area, "case.opened": facts.opened_at}
    if facts.opened_by:
        told["case.opened_by"] = facts.opened_by
    if facts.opened_for:
        told["case.agency"] = facts.opened_for
    told.update(facts.answers)
    for step, at in facts.done.items():
        told[f"done.{step}"] = at
    for step, role in facts.done_by.items():
        told[f"by.{step}"] = role
    return told


def _judged(
    scheme: Scheme,
    gate: Gate,
    scope: Scope,
    day: date,
    facts: Facts,
    known: dict[str, Value],
    behind: Mapping[str, frozenset[str]],
) -> Verdict:
    """The verdict, which is itself a fact for what comes after."""
    verdict = judge(scheme, gate, scope, day, facts)
    if behind and not behind.keys().isdisjoint(verdict.undecided.union(*(hold.facts for hold in verdict.holds))):
        holds = tuple([replace(hold, facts=asked_behind(hold.facts, behind)) for hold in verdict.holds])
        verdict = replace(verdict, undecided=asked_behind(verdict.undecided, behind), holds=holds)
    if verdict.stopped:
        known[f"gate.{gate.name}"] = "stopped"
    elif not verdict.undecided and not verdict.held:
        known[f"gate.{gate.name}"] = "open"
    return verdict
