"""Which step comes beside, before or after which? The order of steps and gates; not where they stand on paper."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from sanctuary.core.scheme import Gate, Scheme
from sanctuary.core.stages import Stage

Links = Mapping[str, frozenset[str]]
GATE = "gate."


@dataclass(frozen=True, slots=True, kw_only=True)
class StagePlan:
    """One stage: what may be done side by side stands in one layer. A gate is called "gate.name".

    `links` maps a node to those of the layer just before it that it follows; nodes without any are `apart`.
    """

    stage: Stage
    layers: tuple[tuple[str, ...], ...]
    apart: tuple[str, ...]
    links: Links


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The whole procedure. `shown` is every stage's links; `beyond` the steps that a step follows and no link shows."""

    stages: tuple[StagePlan, ...]
    any_time: tuple[str, ...]
    shown: Links
    beyond: Mapping[str, tuple[str, ...]]


@lru_cache(maxsize=32)
def plan(scheme: Scheme) -> Plan:
    """The plan of `scheme`, stages without steps left out."""
    follows = _follows(scheme)
    found = (_stage(stage, scheme, follows) for stage in Stage)
    stages = tuple(stage for stage in found if stage.layers or stage.apart)
    shown = {name: before for part in stages for name, before in part.links.items()}
    before = _all_before(follows)
    beyond = {name: _beyond(step.after, shown.get(name, frozenset()), before) for name, step in scheme.steps.items()}
    any_time = tuple(name for name, step in scheme.steps.items() if step.any_time)
    return Plan(stages=stages, any_time=any_time, shown=shown, beyond=beyond)


def _follows(scheme: Scheme) -> Links:
    """For each node, those that come straight before it."""
    follows: dict[str, set[str]] = {name: set(step.after) for name, step in scheme.steps.items()}
    for gate in scheme.gates.values():
        node = GATE + gate.name
        follows[node] = _read_by(gate, scheme)
        for name in gate.guards:
            follows[name].add(node)
    return {name: frozenset(before) for name, before in follows.items()}


def _read_by(gate: Gate, scheme: Scheme) -> set[str]:
    """The steps whose answers decide `gate`, less those that the gate itself holds back."""
    parts = {tuple(fact.split(".")[:2]) for criterion in gate.criteria for fact in criterion.stops_if.reads}
    steps = {second if first == "done" else first for first, second in parts} & set(scheme.steps)
    return {name for name in steps - gate.behind - set(gate.guards) if not scheme.steps[name].any_time}


def _stage(stage: Stage, scheme: Scheme, follows: Links) -> StagePlan:
    steps = [name for name, step in scheme.steps.items() if step.stage is stage and not step.any_time]
    gates = [GATE + name for name, gate in scheme.gates.items() if gate.stage is stage]
    within = {name: follows[name] & {*steps, *gates} for name in (*steps, *gates)}
    nearest = _nearest(within)
    depth = _late(_depths(within), nearest)
    layers = tuple(tuple(n for n in within if depth[n] == level) for level in sorted(set(depth.values())))
    links = _adjacent(layers, nearest)
    linked = {name for name, before in links.items() if before} | {each for before in links.values() for each in before}
    return StagePlan(
        stage=stage,
        layers=tuple(kept for layer in layers if (kept := tuple(name for name in layer if name in linked))),
        apart=tuple(name for name in within if name not in linked),
        links=links,
    )


def _depths(within: Links) -> dict[str, int]:
    """How many nodes have to come before each."""
    depth: dict[str, int] = {}
    while len(depth) < len(within):
        ready = [name for name, before in within.items() if name not in depth and before <= depth.keys()]
        if not ready:
            raise ValueError(f"steps wait for each other: {', '.join(sorted(within.keys() - depth.keys()))}")
        depth |= {name: max((depth[each] + 1 for each in within[name]), default=0) for name in ready}
    return depth


def _late(depth: dict[str, int], nearest: Links) -> dict[str, int]:
    """The depths, with gates and what begins a way moved to just before what follows them, so that lines are short."""
    moved = dict(depth)
    for name in sorted(depth, key=lambda each: -depth[each]):
        after = [moved[other] for other, before in nearest.items() if name in before]
        if after and (name.startswith(GATE) or not nearest[name]):
            moved[name] = min(after) - 1
    return moved


def _nearest(within: Links) -> Links:
    """What comes before each node and before nothing else that does."""
    far = _all_before(within)
    return {name: before - frozenset().union(*(far[near] for near in before)) for name, before in within.items()}


def _all_before(links: Links) -> Links:
    """Everything that comes before each node, however far."""
    return {name: _reached(name, links) for name in links}


def _reached(name: str, links: Links) -> frozenset[str]:
    found: set[str] = set()
    ahead = list(links[name])
    while ahead:
        each = ahead.pop()
        if each not in found:
            found.add(each)
            ahead.extend(links[each])
    return frozenset(found)


def _adjacent(layers: tuple[tuple[str, ...], ...], nearest: Links) -> Links:
    return {name: nearest[name] & set(before) for before, here in pairwise(layers) for name in here}


def _beyond(after: Iterable[str], shown: frozenset[str], before: Links) -> tuple[str, ...]:
    """Those of `after` that neither a link shows nor another step already implies."""
    implied = frozenset().union(*(before[near] for near in (*after, *shown)))
    return tuple(name for name in after if name not in shown and name not in implied)
