"""Since when is each step open, and until when should it be done? The clocks of a scheme in one case."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache

from sanctuary.core.access import turn
from sanctuary.core.clocks import (
    Escalation,
    back,
    deadline,
    deadline_before,
    due,
    extended,
    start_of,
    starting,
)
from sanctuary.core.facts import Facts, Pause, Silence
from sanctuary.core.scheme import Clock, Opening, Scheme, Step

NOBODY: Mapping[str, datetime] = {}
Found = Callable[[Facts], datetime | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockState:
    """A clock of the scheme in this case. `due` None: not started, or the document states no target.

    `escalated_to`: the roles that are to know of it by now; `escalates`: those that will, and from when.
    """

    clock: str
    started: datetime | None
    due: datetime | None
    ended: datetime | None
    overdue: bool
    charged_to: tuple[str, ...]
    paused: bool = False
    escalated_to: tuple[str, ...] = ()
    escalates: Mapping[str, datetime] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Timed:
    """A clock of a scheme, the step that ends it, and how to find from when until when it runs."""

    clock: Clock
    step: Step
    start: Found
    end: Callable[[Facts, datetime], datetime | None]


def clock_states(scheme: Scheme, facts: Facts, day: date, now: datetime) -> tuple[ClockState, ...]:
    """Every clock, in the order of the scheme's, at `now`, which is on the London `day`."""
    return tuple([_state(scheme, facts, timed, day, now) for timed in _timed(scheme)])


def running(scheme: Scheme, states: tuple[ClockState, ...], step: str) -> ClockState | None:
    """Of the clocks that `step` ends, the one that runs out first; one that stands still only where all of them do."""
    ends = [(state.paused, state.due, place, state) for place, state in _of(scheme, states, step) if state.due]
    return min(ends)[3] if ends else None


def told(scheme: Scheme, states: tuple[ClockState, ...], step: str) -> tuple[str, ...]:
    """The roles, apart from those whose turn it is, that are to know how late `step` is, or is about to be."""
    return tuple(dict.fromkeys(role for _, state in _of(scheme, states, step) for role in state.escalated_to))


def to_be_told(scheme: Scheme, states: tuple[ClockState, ...], step: str) -> Mapping[str, datetime]:
    """The roles that are to know later how late `step` is, unless it is done by then, and from when."""
    times = [(at, role) for _, state in _of(scheme, states, step) for role, at in state.escalates.items()]
    return {role: at for at, role in sorted(times, reverse=True)}


def opens_at(scheme: Scheme, facts: Facts, step: Step) -> datetime | str:
    """When the step came or comes to be open, or what that has to be counted from and has not happened."""
    starts = [facts.opened_at, *(facts.done[name] for name in _preceding(scheme, step) if name in facts.done)]
    if step.opens is not None:
        opening = _opening(scheme, facts, step.opens)
        if opening is None:
            return step.opens.anchor
        starts.append(opening)
    starts += [again for again in (comes_back(scheme, facts, step), facts.reopened_at.get(step.name)) if again]
    return max(starts)


def comes_back(scheme: Scheme, facts: Facts, step: Step) -> datetime | None:
    """When a step that was done is to be done again, if it ever is."""
    if step.every is None or step.name not in facts.done:
        return None
    return due(facts.done[step.name], step.every, scheme.calendar)


def _of(scheme: Scheme, states: tuple[ClockState, ...], step: str) -> list[tuple[int, ClockState]]:
    """The clocks that `step` ends, with their places."""
    return [(place, states[place]) for place in _places(scheme).get(step, ())]


@lru_cache(maxsize=64)
def _places(scheme: Scheme) -> Mapping[str, tuple[int, ...]]:
    """The places of the clocks that each step ends."""
    found: dict[str, tuple[int, ...]] = {}
    for place, clock in enumerate(scheme.clocks):
        found[clock.step] = (*found.get(clock.step, ()), place)
    return found


def _opening(scheme: Scheme, facts: Facts, opens: Opening) -> datetime | None:
    anchor = start_of(facts, opens.anchor)
    if anchor is None:
        return None
    count = due if opens.after else back
    return count(anchor, opens.period, scheme.calendar)


def _preceding(scheme: Scheme, step: Step) -> frozenset[str]:
    """The steps whose doing may have opened it: those it comes after, and those whose answers make it apply."""
    return _precedings(scheme)[step.name]


@lru_cache(maxsize=64)
def _precedings(scheme: Scheme) -> Mapping[str, frozenset[str]]:
    """What precedes each step."""
    return {step.name: _before(scheme, step) for step in scheme.steps.values()}


def _before(scheme: Scheme, step: Step) -> frozenset[str]:
    found: set[str] = set()
    ahead = [*step.when.reads] if step.when is not None else []
    while ahead:
        name = ahead.pop()
        if name not in found:
            found.add(name)
            ahead += _rests_on(scheme, name)
    return frozenset(step.after) | {_step_of(name) for name in found}


def _step_of(fact: str) -> str:
    first, _, second = fact.partition(".")
    return second if first in ("done", "by") else first


def _rests_on(scheme: Scheme, fact: str) -> frozenset[str]:
    """What a gate or a derived fact is settled from; nothing for an answer."""
    kind, _, name = fact.partition(".")
    if kind in scheme.steps:
        return frozenset()
    if kind == "gate":
        gates = [scheme.gates[name]] if name in scheme.gates else []
        return frozenset().union(*(criterion.stops_if.reads for gate in gates for criterion in gate.criteria))
    return next((one.reads for one in scheme.derived if one.name == fact), frozenset())


@lru_cache(maxsize=64)
def _timed(scheme: Scheme) -> tuple[_Timed, ...]:
    """The clocks, each with what does not change from case to case."""
    return tuple(
        _Timed(clock=clock, step=scheme.steps[clock.step], start=_start(clock), end=_end(clock))
        for clock in scheme.clocks
    )


def _state(scheme: Scheme, facts: Facts, timed: _Timed, day: date, now: datetime) -> ClockState:
    clock, step = timed.clock, timed.step
    started, ended = _run(scheme, facts, timed, now) if clock.in_force.on(day) else (None, None)
    charged_to = (clock.charged_to,) if clock.charged_to else turn(scheme, step, facts)
    if started is None and ended is None:
        return _not_started(clock.name, charged_to)
    if clock.within is None and not facts.pauses:
        return _untimed(clock.name, started, ended, charged_to)
    pauses = _pauses(facts, clock) if facts.pauses else ()
    still = pauses[-1] if pauses and pauses[-1].end is None and ended is None else None
    ends = _ends(scheme, facts, clock, started) if started is not None else None
    told_at = _told_at(scheme, clock, ends) if ends is not None and ended is None else []
    if started is not None and ends is not None and pauses:
        ends = extended(ends, pauses, step.name, started, ended or now)
        told_at = [(extended(at, pauses, step.name, started, now), role) for at, role in told_at]
    return ClockState(
        clock=clock.name,
        started=started,
        due=ends,
        ended=ended,
        overdue=ends is not None and (ended or now) > ends,
        charged_to=_charged(scheme, still) or charged_to,
        paused=still is not None,
        escalated_to=_by_now(told_at, now) if told_at else (),
        escalates=_later(told_at, now) if told_at and still is None else NOBODY,
    )


@lru_cache(maxsize=4096)
def _not_started(clock: str, charged_to: tuple[str, ...]) -> ClockState:
    """Most clocks of a case have not started, and say the same as in any other."""
    return _untimed(clock, None, None, charged_to)


def _untimed(clock: str, started: datetime | None, ended: datetime | None, charged_to: tuple[str, ...]) -> ClockState:
    """A clock that nothing is late by: not started, or without a target."""
    return ClockState(
        clock=clock, started=started, due=None, ended=ended, overdue=False, charged_to=charged_to, escalates=NOBODY
    )


def _run(scheme: Scheme, facts: Facts, timed: _Timed, now: datetime) -> tuple[datetime | None, datetime | None]:
    """From when until when the clock runs. A step that comes back has all of its time again; one reopened has not."""
    started, ended = timed.start(facts), timed.end(facts, now)
    if timed.step.every is None or started is None:
        return started, ended
    back = comes_back(scheme, facts, timed.step)
    return (max(started, back), None) if back is not None and back <= now else (started, ended)


def _start(clock: Clock) -> Found:
    """What is due before a date is on the way from when that date is known."""
    if not clock.before:
        return starting(clock.start, asked=clock.step)
    known, step = starting(clock.before), clock.before.partition(".")[0]
    return lambda facts: facts.done.get(step, facts.opened_at) if known(facts) is not None else None


def _end(clock: Clock) -> Callable[[Facts, datetime], datetime | None]:
    """When it ended; where a question ends it, at the time answered, or with the step for which there is none."""
    answered, until, step = starting(clock.until), clock.until, clock.step

    def end(facts: Facts, now: datetime) -> datetime | None:
        if facts.answers.get(until) is Silence.NOT_APPLICABLE:
            return facts.done.get(step)
        ended = answered(facts)
        return ended if ended is not None and ended <= now else None

    return end if until != step else lambda facts, now: facts.done.get(step)


def _ends(scheme: Scheme, facts: Facts, clock: Clock, started: datetime) -> datetime | None:
    """When it runs out, were there no pauses."""
    if clock.within is None:
        return None
    before = start_of(facts, clock.before) if clock.before else None
    if before is not None:
        return deadline_before(before, clock.within, scheme.calendar)
    return deadline(started, clock.within, scheme.calendar)


def _pauses(facts: Facts, clock: Clock) -> tuple[Pause, ...]:
    """The pauses that count for this clock, in order."""
    return tuple([pause for pause in facts.pauses if counts(clock, pause)])


def counts(clock: Clock, pause: Pause) -> bool:
    """Whether the clock stands still in this pause: a date does not wait, nor do some clocks for every cause."""
    if pause.step != clock.step or clock.before:
        return False
    return clock.pauses_for is None or pause.cause in clock.pauses_for


def _charged(scheme: Scheme, still: Pause | None) -> tuple[str, ...]:
    """Whose time it is while the clock stands still, where the cause says so."""
    cause = scheme.pauses.get(still.cause) if still else None
    return (cause.charged_to,) if cause and cause.charged_to else ()


def _told_at(scheme: Scheme, clock: Clock, ends: datetime) -> list[tuple[datetime, str]]:
    """From when each role is to know."""
    return [(_escalates(scheme, each, ends), each.to) for each in clock.escalations]


def _by_now(told_at: list[tuple[datetime, str]], now: datetime) -> tuple[str, ...]:
    """The roles that are to know by now, in the order in which they came to."""
    return tuple(dict.fromkeys(role for at, role in sorted(told_at) if at <= now))


def _later(told_at: list[tuple[datetime, str]], now: datetime) -> dict[str, datetime]:
    """The roles that are to know later, and the first time at which each is; not while the clock stands still."""
    return {role: at for at, role in sorted(told_at, reverse=True) if at > now}


def _escalates(scheme: Scheme, escalation: Escalation, ends: datetime) -> datetime:
    if escalation.before is not None:
        return back(ends, escalation.before, scheme.calendar)
    return due(ends, escalation.after, scheme.calendar) if escalation.after is not None else ends
