"""What would be different for a case under another version of its scheme? Two conclusions about it, compared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sanctuary.core.facts import Facts
from sanctuary.core.forms import applies
from sanctuary.core.known import known
from sanctuary.core.progress import Open, Progress
from sanctuary.core.reasons import Reason
from sanctuary.core.scheme import Scheme


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A step that is open before and after, and is due at another time; None: no target."""

    step: str
    was: datetime | None
    will_be: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A step that is open before and after, and is the turn of other roles."""

    step: str
    was: tuple[str, ...]
    will_be: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A role that may read other compartments than before."""

    role: str
    gained: frozenset[str]
    lost: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A role that is played by another agency than before, or by none ("")."""

    role: str
    was: str
    will_be: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What would change. Steps by name: those that `open`, `wait` from now on, come to `apply`, or cease to (`end`).

    `forgotten` were done and are no steps any more. `stops` stand in the way and did not, `lifts` did and do not;
    `unasked` are answers that nothing asks for any more, `asked_anew` questions of steps that were done.
    """

    outcome: tuple[str, str] | None
    open: tuple[str, ...]
    wait: tuple[str, ...]
    apply: tuple[str, ...]
    end: tuple[str, ...]
    forgotten: tuple[str, ...]
    stops: tuple[Reason, ...]
    lifts: tuple[Reason, ...]
    due: tuple[Due, ...]
    turns: tuple[Turn, ...]
    reads: tuple[Reading, ...]
    parts: tuple[Part, ...]
    unasked: tuple[str, ...] = ()
    asked_anew: tuple[str, ...] = ()

    @property
    def are_none(self) -> bool:
        """Whether the case goes on exactly as it did."""
        return not any(getattr(self, name) for name in self.__slots__)


def changes(before: Progress, after: Progress) -> Changes:
    """What is different in `after`, the same case at the same time."""
    was, now = _places(before), _places(after)
    opened, will_open = _open(before), _open(after)
    both = [(opened[name], will_open[name]) for name in will_open if name in opened]
    stopped, will_stop = ({reason.rule: reason for reason in (*each.stopped, *each.held)} for each in (before, after))
    return Changes(
        outcome=(before.outcome, after.outcome) if before.outcome != after.outcome else None,
        open=tuple(name for name in will_open if name not in opened),
        wait=tuple(place.step for place in after.waiting if place.step in opened),
        apply=tuple(place.step for place in after.waiting if place.step not in was),
        end=tuple(name for name in was if name not in now and was[name] != _DONE),
        forgotten=tuple(name for name in was if name not in now and was[name] == _DONE),
        stops=tuple(reason for rule, reason in will_stop.items() if rule not in stopped),
        lifts=tuple(reason for rule, reason in stopped.items() if rule not in will_stop),
        due=tuple(Due(step=a.step, was=a.due, will_be=b.due) for a, b in both if a.due != b.due),
        turns=tuple(Turn(step=a.step, was=a.who, will_be=b.who) for a, b in both if set(a.who) != set(b.who)),
        reads=_reads(before.reads, after.reads),
        parts=_parts(before.agencies, after.agencies),
    )


def unasked(scheme: Scheme, facts: Facts) -> tuple[str, ...]:
    """The answers in `facts` that are neither asked for nor worked out under `scheme`."""
    known_here = {f"{step.name}.{name}" for step in scheme.steps.values() for name in _answers(scheme, step.name)}
    derived = {one.name for one in scheme.derived}
    return tuple(name for name in facts.answers if name not in known_here and name not in derived)


def asked_anew(scheme: Scheme, facts: Facts, now: datetime) -> tuple[str, ...]:
    """The questions of steps that are done that need an answer under `scheme` and have none."""
    answers = known(scheme, facts, now)
    return tuple(
        f"{step.name}.{question.name}"
        for step in scheme.steps.values()
        if step.name in facts.done
        for question in step.questions
        if f"{step.name}.{question.name}" not in facts.answers
        and not question.optional
        and applies(question, answers, now, scheme.calendar) is True
    )


_OPEN, _WAITING, _DONE = "open", "waiting", "done"


def _places(progress: Progress) -> dict[str, str]:
    """Where each step is that has a place: open is more than waiting, waiting more than done."""
    found = {done.step: _DONE for done in progress.done}
    found.update({place.step: _WAITING for place in progress.waiting})
    found.update(dict.fromkeys([*(place.step for place in progress.open), *progress.available], _OPEN))
    return found


def _open(progress: Progress) -> Mapping[str, Open]:
    return {place.step: place for place in progress.open}


def _answers(scheme: Scheme, step: str) -> list[str]:
    sections = scheme.steps[step].sections
    questions = [question.name for section in sections for question in section.questions]
    return questions + [total.name for section in sections for total in section.totals]


def _reads(before: Mapping[str, frozenset[str]], after: Mapping[str, frozenset[str]]) -> tuple[Reading, ...]:
    nothing = frozenset[str]()
    pairs = ((role, before.get(role, nothing), after.get(role, nothing)) for role in dict.fromkeys((*before, *after)))
    return tuple(Reading(role=role, gained=new - old, lost=old - new) for role, old, new in pairs if new != old)


def _parts(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[Part, ...]:
    pairs = ((role, before.get(role, ""), after.get(role, "")) for role in dict.fromkeys((*before, *after)))
    return tuple(Part(role=role, was=old, will_be=new) for role, old, new in pairs if new != old)
