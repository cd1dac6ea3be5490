"""Where does a case stand, what is next, whose turn is it and why? The one question that everything else feeds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from sanctuary.core import dated
from sanctuary.core.access import agencies, gone_out, reads, turn
from sanctuary.core.clocks import LONDON, midnight
from sanctuary.core.consents import lapses
from sanctuary.core.course import course
from sanctuary.core.decisions import Conflict, conflicts
from sanctuary.core.facts import Facts, Unknown
from sanctuary.core.gates import NOTHING, Deferred, Verdict
from sanctuary.core.reach import within_reach
from sanctuary.core.reasons import Reason
from sanctuary.core.scheme import Scheme, Step
from sanctuary.core.shares import Given
from sanctuary.core.sharing import given
from sanctuary.core.stages import Stage
from sanctuary.core.timing import ClockState, opens_at, running, to_be_told, told
from sanctuary.core.view import View, eased, looked_at

OPEN, STOPPED, CLOSED = "open", "stopped", "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """A step that has been done, when, by which role and how often."""

    step: str
    at: datetime
    role: str
    times: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Open:
    """A step that can be done now. `who`: the roles whose turn it is; `due` None: no target.

    `since` is when it came to be open; `asked` when an enquiry or notice went out; `paused`: its clock stands still;
    `told`: the roles that are to know that it is late, or about to be.
    """

    step: str
    who: tuple[str, ...]
    since: datetime
    due: datetime | None
    overdue: bool
    asked: datetime | None = None
    paused: bool = False
    told: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A step that applies but cannot be done yet: `on` names steps, facts or (with `until`) a time."""

    step: str
    on: tuple[str, ...]
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """The answer. `outcome` is "open", "stopped" or a closing reason; "closed" where that is not known any more.

    `unknown` are the facts that would settle what is undecided; `available` the steps that may be done at any time;
    `reads` the compartments that each role may read now; `agencies` who plays each role;
    `recheck_at` when time alone may next change the answer; `conflicts` the decisions on which opinions conflict.

    `held` says why others wait that were not refused; `overridden` are rules set aside, `soft` those in the way that
    may be, `deferred` those not met that do not count yet. In the `limited` steps, which go ahead though a rule is not
    met, only these measures may be chosen. `track` is the name of the track that the case is on; `unsafe` are the
    questions whose answers are given as the perpetrator's as well; `given` is what is open to others by an act.
    """

    scheme: str
    version: str
    at: datetime
    stage: Stage
    outcome: str
    done: tuple[Done, ...]
    open: tuple[Open, ...]
    waiting: tuple[Waiting, ...]
    stopped: tuple[Reason, ...]
    unknown: tuple[str, ...]
    available: tuple[str, ...]
    clocks: tuple[ClockState, ...]
    reads: Mapping[str, frozenset[str]]
    agencies: Mapping[str, str]
    recheck_at: datetime | None
    conflicts: tuple[Conflict, ...] = ()
    held: tuple[Reason, ...] = ()
    overridden: tuple[str, ...] = ()
    soft: tuple[str, ...] = ()
    deferred: tuple[Deferred, ...] = ()
    limited: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    track: str = ""
    unsafe: tuple[str, ...] = ()
    given: tuple[Given, ...] = ()

    @property
    def status(self) -> str:
        """What the case is called while it waits; empty where it does not, or nobody said."""
        return next((reason.status for reason in self.held if reason.status), "")

    @property
    def is_closed(self) -> bool:
        """Whether the case has ended."""
        return self.outcome not in (OPEN, STOPPED)


def evaluate(scheme: Scheme, facts: Facts, now: datetime) -> Progress:
    """Where the case told by `facts` stands under `scheme` at `now` (aware). Total: any facts give an answer."""
    closed = _closing(scheme, facts)
    view = looked_at(course(scheme, facts, now, is_over=bool(closed)), now, is_over=bool(closed))
    open_, waiting = ((), ()) if closed else _places(view)
    undecided = frozenset() if closed else _undecided(view, open_, waiting)
    stopped = () if closed else _stopped(view)
    return Progress(
        scheme=scheme.key,
        version=scheme.version,
        at=now,
        stage=_stage(view, open_, closed),
        outcome=closed or (STOPPED if stopped else OPEN),
        done=_done(scheme, facts if closed else view.facts),
        open=open_,
        waiting=waiting,
        stopped=stopped,
        unknown=tuple(sorted(undecided)),
        available=() if closed else _available(view),
        clocks=view.clocks,
        reads=reads(scheme, view.scope),
        agencies=agencies(scheme, view.facts, view.scope),
        recheck_at=_recheck(view, open_, waiting, closed),
        conflicts=() if closed else conflicts(scheme, view.facts, view.scope),
        track=view.track,
        unsafe=within_reach(scheme, facts),
        given=given(scheme, view.facts, view.scope, is_over=bool(closed)),
        **eased(view, bool(closed)),
    )


def as_of(progress: Progress, now: datetime) -> Progress:
    """What was concluded earlier, at `now`, which is before `recheck_at`: the same, but for what is overdue by then."""
    return replace(progress, at=now, open=tuple([_later(place, progress.at, now) for place in progress.open]))


def _later(place: Open, then: datetime, now: datetime) -> Open:
    if place.due is None:
        return place
    if place.paused:
        stood = now.astimezone(UTC) - then.astimezone(UTC)
        return replace(place, due=(place.due.astimezone(UTC) + stood).astimezone(LONDON))
    return replace(place, overdue=now > place.due)


def _closing(scheme: Scheme, facts: Facts) -> str:
    """The outcome, where a step that ends the case was done; its reason may be erased, or of another version."""
    for name in facts.done:
        step = scheme.steps.get(name)
        if step is not None and step.closes_with:
            reason = facts.answers.get(step.closes_with)
            return reason if isinstance(reason, str) and reason in scheme.closing_reasons else CLOSED
    return ""


def _places(view: View) -> tuple[tuple[Open, ...], tuple[Waiting, ...]]:
    open_: list[Open] = []
    waiting: list[Waiting] = []
    over = view.shut | view.settled
    for name, step in view.scheme.steps.items():
        place = None if step.any_time or name in over else _place(view, step)
        if isinstance(place, Open):
            open_.append(place)
        elif place is not None:
            waiting.append(place)
    return tuple(open_), tuple(waiting)


def _place(view: View, step: Step) -> Open | Waiting | None:
    """Open, waiting for something, or None: it may come to apply, but only by a turn of events."""
    answer = view.applies.get(step.name, True)
    lacking = answer.facts if isinstance(answer, Unknown) else NOTHING
    if lacking and not _asked(view.scheme, lacking):
        return None
    before = _before(view, step)
    if before:
        return _after(step.name, before)
    lacking = lacking.union(view.held.get(step.name, NOTHING), view.awaited.get(step.name, NOTHING))
    if lacking:
        return Waiting(step=step.name, on=tuple(sorted(lacking)))
    since = opens_at(view.scheme, view.facts, step)
    if isinstance(since, str):
        return Waiting(step=step.name, on=(since,))
    if since > view.now:
        return Waiting(step=step.name, on=(), until=since)
    return _opened(view, step, since)


def _before(view: View, step: Step) -> tuple[str, ...]:
    """The steps that it comes after and that are neither done, were it only once, nor do not apply."""
    return tuple([name for name in step.after if name not in view.passed])


@lru_cache(maxsize=4096)
def _after(step: str, on: tuple[str, ...]) -> Waiting:
    """Most steps of a case wait for those before them, as in any other."""
    return Waiting(step=step, on=on)


def _opened(view: View, step: Step, since: datetime) -> Open:
    state = running(view.scheme, view.clocks, step.name)
    return Open(
        step=step.name,
        who=turn(view.scheme, step, view.facts),
        since=since,
        due=state.due if state else None,
        overdue=state is not None and state.overdue,
        asked=view.facts.asked[step.name] if gone_out(step, view.facts) else None,
        paused=_stands_still(view.facts, step, state),
        told=told(view.scheme, view.clocks, step.name),
    )


def _stands_still(facts: Facts, step: Step, state: ClockState | None) -> bool:
    """Whether its clock does; without one that could run out, whether somebody said so."""
    if state is not None:
        return state.paused
    return any(pause.step == step.name and pause.end is None for pause in facts.pauses)


def _stopped(view: View) -> tuple[Reason, ...]:
    """The reasons of the gates that still have something to stop."""
    return tuple(reason for verdict in view.verdicts if _stops(view, verdict) for reason in verdict.stopped)


def _stops(view: View, verdict: Verdict) -> bool:
    return not verdict.shut <= view.settled


def _undecided(view: View, open_: tuple[Open, ...], waiting: tuple[Waiting, ...]) -> frozenset[str]:
    """The facts that would settle what stands open or waits for facts now; not everything that is still to be asked."""
    steps = view.scheme.steps
    unsaid = [place for place in waiting if steps.keys().isdisjoint(place.on)]
    frontier = {place.step for place in open_} | {place.step for place in unsaid}
    facts = {name for place in unsaid for name in _lacked(view, place)}
    for verdict in view.verdicts:
        if not verdict.stopped and not frontier.isdisjoint(verdict.gate.behind):
            facts |= verdict.undecided
    return _asked(view.scheme, facts)


def _lacked(view: View, place: Waiting) -> frozenset[str]:
    """The facts that a step waits for and nobody has told: not those that are known and say "wait"."""
    facts = frozenset(name for name in place.on if "." in name)
    if place.step not in view.awaited:
        return facts
    answer = view.applies.get(place.step, True)
    lacking = answer.facts if isinstance(answer, Unknown) else NOTHING
    return facts & lacking.union(view.held.get(place.step, NOTHING))


def _asked(scheme: Scheme, facts: Iterable[str]) -> frozenset[str]:
    """Those that somebody is to answer: no gate does, and no step that may be done at any time."""
    steps = _to_be_done(scheme)
    return frozenset([name for name in facts if name.partition(".")[0] in steps])


@lru_cache(maxsize=64)
def _to_be_done(scheme: Scheme) -> frozenset[str]:
    """The steps that have their place in the order."""
    return frozenset(step.name for step in scheme.steps.values() if not step.any_time)


def _done(scheme: Scheme, facts: Facts) -> tuple[Done, ...]:
    done, by, times = facts.done, facts.done_by, facts.times
    names = [name for name in scheme.steps if name in done]
    return tuple([Done(step=name, at=done[name], role=by.get(name, ""), times=times.get(name, 1)) for name in names])


def _available(view: View) -> tuple[str, ...]:
    return tuple(
        step.name
        for step in view.scheme.steps.values()
        if step.any_time
        and step.name not in view.shut
        and step.name not in view.held
        and step.name not in view.awaited
        and view.applies.get(step.name, True) is True
        and not _before(view, step)
    )


def _stage(view: View, open_: tuple[Open, ...], closed: str) -> Stage:
    """Where a shut gate stands; otherwise the furthest stage with something to do now, or, failing that, done."""
    steps = view.scheme.steps
    stages = (
        [] if closed else [verdict.gate.stage for verdict in view.verdicts if verdict.stopped and _stops(view, verdict)]
    )
    if stages:
        return min(stages, key=lambda stage: stage.position)
    names = [] if closed else [place.step for place in open_]
    names = names or [name for name in view.facts.done if name in steps and not steps[name].any_time]
    return max((steps[name].stage for name in names), key=lambda stage: stage.position, default=Stage.REFERRAL)


def _recheck(view: View, open_: tuple[Open, ...], waiting: tuple[Waiting, ...], closed: str) -> datetime | None:
    """When time alone may change the answer: a step opens or is late enough for somebody to know, a rule or a day.

    Once the case has ended, only what may be read of it still changes.
    """
    turns = [*lapses(view.scheme, view.facts, view.scope)]
    if closed:
        return min(turns, default=None)
    turns += [place.until for place in waiting if place.until is not None]
    turns += [] if view.is_hard else [turn for verdict in view.verdicts for turn in verdict.eased.turns]
    turns += [midnight(day) for day in view.scheme.changes_on if day > view.day]
    if view.scheme.reads_time:
        turns.append(midnight(view.day + timedelta(days=1)))
    turns += dated.turns(view.scheme, view.scope)
    for place in open_:
        turns += to_be_told(view.scheme, view.clocks, place.step).values()
    return min(turns, default=None)
