"""Are the gates good ones? What they guard and ask; whether they wait in a circle is for `order`."""

from __future__ import annotations

from collections.abc import Mapping

from sanctuary.core.scheme import Criterion, Gate, Step
from sanctuary.core.stages import Stage
from sanctuary.loader.conditions import condition
from sanctuary.loader.draft import Draft, Spot, in_force, origin
from sanctuary.loader.procedure import GateShape
from sanctuary.loader.steps import check_twice


def gates(draft: Draft, steps: Mapping[str, Step]) -> Mapping[str, Gate]:
    """All gates, in the order written, checked."""
    check_twice(draft, "gates", "gate")
    found: dict[str, Gate] = {}
    for stage, (file, spot) in draft.stages.items():
        for name, shape in file.gates.items():
            found.setdefault(name, _gate(draft, name, stage, shape, spot["gates"][name], steps))
    return found


def _gate(draft: Draft, name: str, stage: Stage, shape: GateShape, spot: Spot, steps: Mapping[str, Step]) -> Gate:
    if not shape.guards:
        draft.note(spot["guards"].place, "name at least one step that this gate guards")
    if not shape.criteria and not spot["criteria"].keys:
        draft.note(spot["criteria"].place, "a gate needs at least one criterion")
    draft.refer_all(spot["guards"], shape.guards, draft.step_names, "step")
    return Gate(
        name=name,
        stage=stage,
        title=shape.title,
        guards=shape.guards,
        behind=_behind(shape.guards, steps),
        criteria=tuple(_criteria(draft, shape, spot["criteria"])),
    )


def _behind(guards: tuple[str, ...], steps: Mapping[str, Step]) -> frozenset[str]:
    """The guarded steps and all that come after them."""
    behind, grown = set(guards), True
    while grown:
        more = {step.name for step in steps.values() if behind.intersection(step.after)} - behind
        behind, grown = behind | more, bool(more)
    return frozenset(behind)


def _criteria(draft: Draft, gate: GateShape, spots: Spot) -> list[Criterion]:
    found = []
    for name, shape in gate.criteria.items():
        spot = spots[name]
        stops_if = condition(draft, spot["stops_if"], shape.stops_if)
        if shape.code:
            draft.refer(spot["code"], shape.code, draft.spot["closing_reasons"].keys, "closing reason")
        draft.refer_all(spot["instead"], shape.instead, draft.spot["alternatives"].keys, "alternative")
        days = in_force(draft, shape.in_force, spot)
        if stops_if is not None:
            found.append(
                Criterion(
                    name=name,
                    stops_if=stops_if,
                    reason=shape.reason,
                    unknown=shape.unknown,
                    code=shape.code or "",
                    alternatives=shape.instead,
                    origin=origin(shape),
                    in_force=days,
                )
            )
    return found
