"""In which order can things happen? Gates after the gates they read; and no step may wait for itself."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import UTC, datetime

from sanctuary.core.clocks import Calendar
from sanctuary.core.conditions import Condition, Scope
from sanctuary.core.derived import Derived
from sanctuary.core.easing import Easing
from sanctuary.core.facts import Facts, Unknown
from sanctuary.core.scheme import Gate, Stance, Step
from sanctuary.loader.draft import WRITTEN_UNDER, Draft
from sanctuary.loader.facts import SETTLED
from sanctuary.loader.problems import Place

# Any time will do: what is asked is which facts a condition lacks when there are none at all.
_BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)
_NOTHING = Facts(opened_at=_BEGINNING, area="")
_Graph = Mapping[str, tuple[str, ...]]


def in_order(draft: Draft, gates: Mapping[str, Gate], derived: Iterable[Derived]) -> tuple[Gate | Derived, ...]:
    """Gates and derived facts, each after those that it reads; a problem where they read each other."""
    settled: dict[str, Gate | Derived] = {one.name: one for one in derived}
    settled |= {f"gate.{gate.name}": gate for gate in gates.values()}
    reads = {name: tuple(fact for fact in sorted(_read(one)) if fact in settled) for name, one in settled.items()}
    for circle in _circles(reads):
        what = WRITTEN_UNDER.get(circle[0].partition(".")[0], "gates").removesuffix("s")
        chain = " → ".join((*circle, circle[0])).replace("gate.", "")
        draft.note(_place(draft, circle[0]), f"this {what} waits for itself: {chain}")
    found: dict[str, Gate | Derived] = {}
    for name in settled:
        for each in _first(name, reads, ()):
            found.setdefault(each, settled[each])
    return tuple(found.values())


def check_waiting(
    draft: Draft, steps: Mapping[str, Step], gates: Mapping[str, Gate], derived: Iterable[Derived], calendar: Calendar
) -> None:
    """Note every circle of steps, and of the gates before them, each of which cannot be settled before the next."""
    for circle in waiting_circles(steps, gates, derived, calendar):
        draft.note(draft.steps[circle[0]].spot.name, f"this step waits for itself: {chain(circle)}")


def waiting_circles(
    steps: Mapping[str, Step], gates: Mapping[str, Gate], derived: Iterable[Derived], calendar: Calendar
) -> list[tuple[str, ...]]:
    """Each circle that begins with a step."""
    waits = {name: _awaited(step, calendar) for name, step in steps.items()}
    waits |= {one.name: _needed(one, calendar) for one in derived}
    for gate in gates.values():
        # What reads "gate.name" waits for all of its criteria; a guarded step waits for those that hold it.
        waits[f"gate.{gate.name}"] = _undecided(gate, tuple(Stance), calendar)
        for name in set(gate.guards) & steps.keys():
            waits[name].append(f"gate {gate.name}")
            waits[name] += _undecided(gate, (Stance.HOLD,), calendar, sparing=name)
        waits[f"gate {gate.name}"] = _undecided(gate, (Stance.HOLD,), calendar, sparing="")
    known = {name: tuple(one for one in waits[name] if one in waits) for name in waits}
    return [circle for circle in _circles(known) if circle[0] in steps]


def chain(circle: tuple[str, ...]) -> str:
    """A circle in words."""
    return " → ".join((*circle, circle[0])).replace("gate.", "gate ")


def _awaited(step: Step, calendar: Calendar) -> list[str]:
    """What has to be settled before `step` can be open, its gates aside."""
    opens = [_waited_for(step.opens.anchor)] if step.opens else []
    return [*step.after, *opens, *_lacked(step.when, calendar)]


def _undecided(gate: Gate, stances: Collection[Stance], calendar: Calendar, sparing: str | None = None) -> list[str]:
    """What has to be settled before the criteria of `gate` with one of the `stances` are decided.

    `sparing` a step: only of those criteria that are lifted for others, and not for it; "": of those that are not.
    """
    found: list[str] = []
    for criterion in gate.criteria:
        easing = criterion.easing or Easing()
        spared = easing.lifted.steps if easing.lifted else frozenset[str]()
        asked = sparing is None or (bool(spared) is bool(sparing) and sparing not in spared)
        # What counts only later holds nobody up before.
        if asked and criterion.unknown in stances and easing.deferred is None:
            found += _lacked(criterion.stops_if, calendar)
    return found


def _read(one: Gate | Derived) -> frozenset[str]:
    if isinstance(one, Gate):
        return frozenset().union(*(criterion.stops_if.reads for criterion in one.criteria))
    return one.reads


def _needed(one: Derived, calendar: Calendar) -> list[str]:
    """The steps, gates and derived facts without which `one` cannot be settled at all."""
    value = one.decide(_NOTHING, Scope({}, _BEGINNING, calendar))
    return sorted({_waited_for(fact) for fact in value.facts}) if isinstance(value, Unknown) else []


def _first(name: str, reads: _Graph, above: tuple[str, ...]) -> Iterator[str]:
    for other in reads[name]:
        if other not in above and other != name:
            yield from _first(other, reads, (*above, name))
    yield name


def _lacked(condition: Condition | None, calendar: Calendar) -> list[str]:
    """The steps and gates that `condition` needs before it can be decided at all."""
    if condition is None:
        return []
    answer = condition.decide(Scope({}, _BEGINNING, calendar))
    return sorted({_waited_for(fact) for fact in answer.facts}) if isinstance(answer, Unknown) else []


def _waited_for(fact: str) -> str:
    first, _, second = fact.partition(".")
    if first in ("done", "by"):
        return second
    return fact if first in SETTLED else first


def _circles(graph: _Graph) -> Iterator[tuple[str, ...]]:
    """One circle for each group of names that wait for each other, starting at the first as written."""
    told: set[str] = set()
    for name in graph:
        circle = _way_back(name, graph) if name not in told else ()
        if circle:
            told.update(circle)
            yield circle


def _way_back(start: str, graph: _Graph) -> tuple[str, ...]:
    """The shortest way from `start` back to it; empty where there is none."""
    ways: dict[str, tuple[str, ...]] = {start: (start,)}
    queue = [start]
    for name in queue:
        for other in graph.get(name, ()):
            if other == start:
                return ways[name]
            if other not in ways:
                ways[other] = (*ways[name], other)
                queue.append(other)
    return ()


def _place(draft: Draft, fact: str) -> Place:
    """Where the gate or the derived fact is written."""
    kind, _, name = fact.partition(".")
    key = WRITTEN_UNDER.get(kind, "gates")
    spots = [spot[key] for _, spot in draft.stages.values()]
    return next((spot[name].name for spot in spots if name in spot.keys), draft.spot.place)
