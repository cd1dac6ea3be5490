"""Since when is each step open, and until when should it be done? The clocks of a scheme in one case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from sanctuary.core.access import turn
from sanctuary.core.clocks import deadline, due, extended, start_of
from sanctuary.core.facts import Facts
from sanctuary.core.scheme import Clock, Scheme, Step


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockState:
    """A clock of the scheme in this case. `due` None: not started, or the document states no target."""

    clock: str
    started: datetime | None
    due: datetime | None
    ended: datetime | None
    overdue: bool
    charged_to: tuple[str, ...]


def clock_states(scheme: Scheme, facts: Facts, day: date, now: datetime) -> tuple[ClockState, ...]:
    """Every clock, in the order of the scheme's, at `now`, which is on the London `day`."""
    return tuple([_state(scheme, facts, clock, day, now) for clock in scheme.clocks])


def running(scheme: Scheme, states: tuple[ClockState, ...], step: str) -> ClockState | None:
    """Of the clocks that `step` ends, the one that runs out first."""
    ends = [
        (state.due, place, state)
        for place, (clock, state) in enumerate(zip(scheme.clocks, states, strict=True))
        if clock.until == step and state.due
    ]
    return min(ends)[2] if ends else None


def opens_at(scheme: Scheme, facts: Facts, step: Step) -> datetime | str:
    """When the step came or comes to be open, or what that has to be counted from and has not happened."""
    starts = [facts.opened_at, *(facts.done[name] for name in _preceding(scheme, step) if name in facts.done)]
    if step.opens is not None:
        anchor = start_of(facts, step.opens.after)
        if anchor is None:
            return step.opens.after
        starts.append(due(anchor, step.opens.period, scheme.calendar))
    starts += [again for again in (comes_back(scheme, facts, step), facts.reopened_at.get(step.name)) if again]
    return max(starts)


def comes_back(scheme: Scheme, facts: Facts, step: Step) -> datetime | None:
    """When a step that was done is to be done again, if it ever is."""
    if step.every is None or step.name not in facts.done:
        return None
    return due(facts.done[step.name], step.every, scheme.calendar)


def _preceding(scheme: Scheme, step: Step) -> frozenset[str]:
    """The steps whose doing may have opened it: those it comes after, and those whose answers make it apply."""
    reads = step.when.reads if step.when is not None else frozenset()
    gates = [scheme.gates[name[5:]] for name in reads if name.startswith("gate.")]
    reads = reads.union(*(criterion.stops_if.reads for gate in gates for criterion in gate.criteria))
    return frozenset(step.after) | {name.removeprefix("done.").partition(".")[0] for name in reads}


def _state(scheme: Scheme, facts: Facts, clock: Clock, day: date, now: datetime) -> ClockState:
    step = scheme.steps[clock.until]
    started, ended = _run(scheme, facts, clock, step, now) if clock.in_force.on(day) else (None, None)
    charged_to = (clock.charged_to,) if clock.charged_to else turn(scheme, step, facts)
    if started is None and ended is None:
        return _not_started(clock.name, charged_to)
    ends = None
    if started is not None and clock.within is not None:
        ends = deadline(started, clock.within, scheme.calendar)
        if facts.pauses:
            ends = extended(ends, facts.pauses, step.name, started, ended or now)
    return ClockState(
        clock=clock.name,
        started=started,
        due=ends,
        ended=ended,
        overdue=ends is not None and (ended or now) > ends,
        charged_to=charged_to,
    )


@lru_cache(maxsize=4096)
def _not_started(clock: str, charged_to: tuple[str, ...]) -> ClockState:
    """Most clocks of a case have not started, and say the same as in any other."""
    return ClockState(clock=clock, started=None, due=None, ended=None, overdue=False, charged_to=charged_to)


def _run(
    scheme: Scheme, facts: Facts, clock: Clock, step: Step, now: datetime
) -> tuple[datetime | None, datetime | None]:
    """From when until when the clock runs. A step that comes back has all of its time again; one reopened has not."""
    started, ended = start_of(facts, clock.start, asked=step.name), facts.done.get(step.name)
    back = comes_back(scheme, facts, step)
    if started is not None and back is not None and back <= now:
        return max(started, back), None
    return started, ended
