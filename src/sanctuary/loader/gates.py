"""Are the gates good ones? What they guard and ask; whether they wait in a circle is for `order`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sanctuary.core.conditions import Condition
from sanctuary.core.derived import Derived
from sanctuary.core.needs import Need, Onward, opposite
from sanctuary.core.scheme import Criterion, Gate, Step
from sanctuary.core.stages import Stage
from sanctuary.loader.conditions import condition
from sanctuary.loader.draft import Draft, Spot, in_force, origin
from sanctuary.loader.easing import easing
from sanctuary.loader.needs import check_account, lacks, needs
from sanctuary.loader.risk import outside
from sanctuary.loader.rules import CriterionShape, GateShape
from sanctuary.loader.steps import check_twice


def gates(draft: Draft, steps: Mapping[str, Step], derived: Iterable[Derived]) -> Mapping[str, Gate]:
    """All gates, in the order written, checked."""
    check_twice(draft, "gates", "gate")
    found: dict[str, Gate] = {}
    for stage, (file, spot) in draft.stages.items():
        for name, shape in file.gates.items():
            found.setdefault(name, _gate(draft, name, stage, shape, spot["gates"][name], steps, derived))
    return found


def behind(guards: tuple[str, ...], steps: Mapping[str, Step]) -> frozenset[str]:
    """The guarded steps and all that come after them."""
    found, grown = set(guards), True
    while grown:
        more = {step.name for step in steps.values() if found.intersection(step.after)} - found
        found, grown = found | more, bool(more)
    return frozenset(found)


def _gate(
    draft: Draft,
    name: str,
    stage: Stage,
    shape: GateShape,
    spot: Spot,
    steps: Mapping[str, Step],
    derived: Iterable[Derived],
) -> Gate:
    if not shape.guards:
        draft.note(spot["guards"].place, "name at least one step that this gate guards")
    if not shape.criteria and not spot["criteria"].keys:
        draft.note(spot["criteria"].place, "a gate needs at least one criterion")
    draft.refer_all(spot["guards"], shape.guards, draft.step_names, "step")
    stops = behind(shape.guards, steps)
    found = [
        _criterion(draft, each, one, spot["criteria"][each], stops, derived) for each, one in shape.criteria.items()
    ]
    return Gate(
        name=name,
        stage=stage,
        title=shape.title,
        guards=shape.guards,
        behind=stops,
        criteria=tuple(one for one in found if one is not None),
    )


def _criterion(
    draft: Draft, name: str, shape: CriterionShape, spot: Spot, stops: frozenset[str], derived: Iterable[Derived]
) -> Criterion | None:
    then = shape.then or Onward.REFUSE
    check_account(draft, shape, spot, then)
    needed = needs(draft, name, shape, spot)
    stops_if = _stops_if(draft, name, shape, spot, needed)
    days = in_force(draft, shape.in_force, spot)
    reads = stops_if.reads if stops_if else frozenset()
    eased = easing(draft, shape, spot, reads=reads, behind=stops, derived=derived)
    if stops_if is None:
        return None
    return Criterion(
        name=name,
        stops_if=stops_if,
        reason=shape.reason or "",
        unknown=shape.unknown,
        code=shape.code or "",
        alternatives=shape.instead,
        origin=origin(shape),
        in_force=days,
        then=then,
        to=shape.to or "",
        status=shape.status or "",
        needs=needed,
        easing=eased,
    )


def _stops_if(draft: Draft, name: str, shape: CriterionShape, spot: Spot, needed: Need | None) -> Condition | None:
    """When the gate is shut: where the condition is true, or the needs do not hold."""
    ways = [key for key in ("stops_if", "floor", "ceiling", "needs") if key in spot.keys]
    if len(ways) > 1 and ways != ["floor", "ceiling"]:
        draft.note(spot[ways[-1]].name, f"this criterion has '{ways[0]}' already; write either the one or the other")
    if "needs" in spot.keys:
        return opposite(needed.holds_if) if needed else None
    for key in ("stops_if", "reason"):
        if lacks(spot, key) and not (key == "stops_if" and ways):
            draft.note(spot.name, f"'{name}' needs the key '{key}'")
    return condition(draft, spot["stops_if"], shape.stops_if or outside(draft, shape, spot))
