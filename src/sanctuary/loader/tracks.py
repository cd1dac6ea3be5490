"""Are the tracks good ones? The steps and rules that they change, and whether a step would wait for itself on one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from sanctuary.core.conditions.names import suggestion
from sanctuary.core.easing import Easing
from sanctuary.core.scheme import Criterion, Gate, Scheme, Step, Track
from sanctuary.loader.conditions import condition
from sanctuary.loader.draft import Draft, Spot, origin
from sanctuary.loader.easing import deferral
from sanctuary.loader.gates import behind
from sanctuary.loader.order import chain, waiting_circles
from sanctuary.loader.rules import TrackShape
from sanctuary.loader.steps import check_twice


def tracks(draft: Draft, scheme: Scheme) -> tuple[Track, ...]:
    """All tracks, in the order written, checked."""
    check_twice(draft, "tracks", "track")
    found: dict[str, Track] = {}
    for file, spot in draft.stages.values():
        for name, shape in file.tracks.items():
            track = _track(draft, scheme, name, shape, spot["tracks"][name])
            if track is not None:
                found.setdefault(name, track)
    return tuple(found.values())


def on_time(track: Track, scheme: Scheme) -> Track:
    """The track, with what the whole `scheme` knows of the days on which something changes."""
    return replace(track, scheme=replace(track.scheme, changes_on=scheme.changes_on, reads_time=scheme.reads_time))


def _track(draft: Draft, scheme: Scheme, name: str, shape: TrackShape, spot: Spot) -> Track | None:
    when = condition(draft, spot["when"], shape.when)
    for fact in sorted(when.reads if when else ()):
        if fact.startswith("gate."):
            draft.note(spot["when"].place, f"a track is taken before any gate is judged, so it cannot read {fact}")
    if not shape.steps and not shape.defers:
        draft.note(spot.name, "this track changes nothing: name steps to do after others, or rules to defer")
    steps = _steps(draft, scheme, shape, spot["steps"])
    gates = _gates(draft, scheme, shape, spot["defers"], steps)
    changed = replace(
        scheme,
        steps=steps,
        gates=gates,
        settles=tuple(gates[one.name] if isinstance(one, Gate) else one for one in scheme.settles),
    )
    _check_circles(draft, scheme, changed, shape, spot["steps"])
    if when is None:
        return None
    return Track(
        name=name, title=shape.title, when=when, steps=tuple(shape.steps), scheme=changed, origin=origin(shape)
    )


def _steps(draft: Draft, scheme: Scheme, shape: TrackShape, spot: Spot) -> Mapping[str, Step]:
    found = dict(scheme.steps)
    for name, one in shape.steps.items():
        draft.refer(Spot(name=spot[name].name, node=None), name, draft.step_names, "step")
        draft.refer_all(spot[name]["after"], one.after, draft.step_names, "step")
        if name in found:
            found[name] = replace(found[name], after=one.after)
    return found


def _gates(
    draft: Draft, scheme: Scheme, shape: TrackShape, spot: Spot, steps: Mapping[str, Step]
) -> Mapping[str, Gate]:
    rules = {f"{gate.name}.{criterion.name}" for gate in scheme.gates.values() for criterion in gate.criteria}
    for rule in shape.defers:
        if rule not in rules:
            draft.note(spot[rule].name, f"there is no criterion '{rule}'{suggestion(rule, rules)}")
    later = {rule: deferral(draft, one, spot[rule]) for rule, one in shape.defers.items()}

    def changed(gate: Gate, criterion: Criterion) -> Criterion:
        rule = f"{gate.name}.{criterion.name}"
        if rule not in later:
            return criterion
        return replace(criterion, easing=replace(criterion.easing or Easing(), deferred=later[rule]))

    return {
        name: replace(
            gate,
            behind=behind(gate.guards, steps),
            criteria=tuple(changed(gate, criterion) for criterion in gate.criteria),
        )
        for name, gate in scheme.gates.items()
    }


def _check_circles(draft: Draft, scheme: Scheme, changed: Scheme, shape: TrackShape, spot: Spot) -> None:
    """Note every circle that is there on the track only."""
    usual = {frozenset(circle) for circle in _circles(scheme)}
    for circle in _circles(changed):
        if frozenset(circle) not in usual:
            place = next((spot[name].name for name in circle if name in shape.steps), spot.name)
            draft.note(place, f"on this track a step waits for itself: {chain(circle)}")


def _circles(scheme: Scheme) -> list[tuple[str, ...]]:
    return waiting_circles(scheme.steps, scheme.gates, scheme.derived, scheme.calendar)
