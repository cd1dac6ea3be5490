"""Are the gates and clocks good ones? What they guard, ask and time; whether they wait in a circle is for `order`."""

from __future__ import annotations

from collections.abc import Mapping

from sanctuary.core.scheme import Clock, Criterion, Gate, Step
from sanctuary.core.stages import Stage
from sanctuary.loader.conditions import condition
from sanctuary.loader.draft import Draft, Spot, in_force, origin
from sanctuary.loader.parties import outsider
from sanctuary.loader.procedure import ClockShape, GateShape, StepClockShape
from sanctuary.loader.steps import check_start, check_twice


def gates(draft: Draft, steps: Mapping[str, Step]) -> Mapping[str, Gate]:
    """All gates, in the order written, checked."""
    check_twice(draft, "gates", "gate")
    found: dict[str, Gate] = {}
    for stage, (file, spot) in draft.stages.items():
        for name, shape in file.gates.items():
            found.setdefault(name, _gate(draft, name, stage, shape, spot["gates"][name], steps))
    return found


def clocks(draft: Draft) -> tuple[Clock, ...]:
    """The clocks of the steps and those over several steps, in the order written."""
    check_twice(draft, "clocks", "clock")
    found: dict[str, Clock] = {}
    for stage, (file, spot) in draft.stages.items():
        for name, step in draft.steps.items():
            if step.stage is stage and step.shape.clock:
                found[name] = _clock(draft, name, step.shape.title, name, step.shape.clock, step.spot["clock"])
        for name, shape in file.clocks.items():
            found.setdefault(name, _scheme_clock(draft, name, shape, spot["clocks"][name]))
    return tuple(found.values())


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


def _scheme_clock(draft: Draft, name: str, shape: ClockShape, spot: Spot) -> Clock:
    if name in draft.step_names:
        draft.note(spot.name, f"'{name}' is a step; call the clock something else")
    draft.refer(spot["until"], shape.until, draft.step_names, "step")
    return _clock(draft, name, shape.title, shape.until, shape, spot)


def _clock(draft: Draft, name: str, title: str, until: str, shape: StepClockShape, spot: Spot) -> Clock:
    check_start(draft, spot["from"], shape.start, ("opened", "asked"))
    return Clock(
        name=name,
        title=title,
        start=shape.start,
        until=until,
        within=shape.within,
        charged_to=outsider(draft, shape.charged_to, spot["charged_to"]),
        origin=origin(shape),
        in_force=in_force(draft, shape.in_force, spot),
    )
