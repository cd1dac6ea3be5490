"""How does a changed step or gate fit into the scheme that it comes from? On its usual course and on every track."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from sanctuary.core.scheme import Criterion, Gate, Scheme, Step, Track


def with_step(scheme: Scheme, changed: Step) -> Scheme:
    """The scheme with this step instead of the one of its name."""
    steps = {**scheme.steps, changed.name: changed}
    gates = {name: replace(gate, behind=behind(gate, steps)) for name, gate in scheme.gates.items()}
    return _with_gates(replace(scheme, steps=steps), gates)


def with_gate(scheme: Scheme, changed: Gate) -> Scheme:
    """The scheme with this gate instead of the one of its name."""
    found = replace(changed, behind=behind(changed, scheme.steps))
    return _with_gates(scheme, {**scheme.gates, changed.name: found})


def _with_gates(scheme: Scheme, gates: Mapping[str, Gate]) -> Scheme:
    """The scheme with these gates, in the order in which gates and derived facts are settled."""
    settles = tuple(gates[one.name] if isinstance(one, Gate) else one for one in scheme.settles)
    return replace(scheme, gates=gates, settles=settles)


def behind(gate: Gate, steps: Mapping[str, Step]) -> frozenset[str]:
    """The guarded steps and all that come after them."""
    found: set[str] = set()
    more = set(gate.guards)
    while more:
        found |= more
        more = {step.name for step in steps.values() if found.intersection(step.after)} - found
    return frozenset(found)


def on_tracks(scheme: Scheme, changed: Scheme) -> Scheme:
    """The changed scheme, changed on its tracks as well: what a track says of its own stays."""
    return replace(changed, tracks=tuple(_on_track(scheme, changed, track) for track in changed.tracks))


def _on_track(scheme: Scheme, changed: Scheme, track: Track) -> Track:
    steps = {
        name: replace(step, after=track.scheme.steps[name].after) if name in track.steps else step
        for name, step in changed.steps.items()
    }
    gates = {
        name: replace(
            gate,
            behind=behind(gate, steps),
            criteria=tuple(_deferred(scheme, track, gate, rule) for rule in gate.criteria),
        )
        for name, gate in changed.gates.items()
    }
    return replace(track, scheme=_with_gates(replace(changed, steps=steps, tracks=()), gates))


def _deferred(scheme: Scheme, track: Track, gate: Gate, rule: Criterion) -> Criterion:
    """The criterion as the track has it, where that puts it off."""
    usual, own = (
        next(each.easing for each in one.gates[gate.name].criteria if each.name == rule.name)
        for one in (scheme, track.scheme)
    )
    return rule if usual == own or own is None else replace(rule, easing=own)
