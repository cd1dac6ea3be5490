"""Are the clocks good ones? What they time, who is to know when they run out, and why they may stand still."""

from __future__ import annotations

from collections.abc import Mapping

from sanctuary.core.clocks import Escalation, PauseCause
from sanctuary.core.scheme import Clock, StepKind
from sanctuary.loader.anchors import check_start, one_way
from sanctuary.loader.draft import Draft, Spot, in_force, origin
from sanctuary.loader.parties import outsider
from sanctuary.loader.procedure import ClockShape, EscalationShape, StepClockShape
from sanctuary.loader.steps import check_twice


def clocks(draft: Draft) -> tuple[Clock, ...]:
    """The clocks of the steps and those over several steps, in the order written."""
    check_twice(draft, "clocks", "clock")
    found: dict[str, Clock] = {}
    for stage, (file, spot) in draft.stages.items():
        for name, step in draft.steps.items():
            if step.stage is stage and step.shape.clock:
                found[name] = _step_clock(draft, name, step.shape.title, step.shape.clock, step.spot["clock"])
        for name, shape in file.clocks.items():
            found.setdefault(name, _scheme_clock(draft, name, shape, spot["clocks"][name]))
    return tuple(found.values())


def pauses(draft: Draft) -> Mapping[str, PauseCause]:
    """The reasons for which a clock may stand still."""
    return {
        name: PauseCause(
            name=name,
            title=shape.title,
            charged_to=outsider(draft, shape.charged_to, draft.spot["pauses"][name]["charged_to"]),
        )
        for name, shape in draft.scheme.pauses.items()
    }


def _step_clock(draft: Draft, name: str, title: str, shape: StepClockShape, spot: Spot) -> Clock:
    one_way(draft, spot, "clock", ("within", "from"), ("before", "by"))
    return _clock(draft, name, title, name, shape, spot)


def _scheme_clock(draft: Draft, name: str, shape: ClockShape, spot: Spot) -> Clock:
    if name in draft.step_names:
        draft.note(spot.name, f"'{name}' is a step; call the clock something else")
    one_way(draft, spot, name, ("within", "from"), ("before", "by"))
    check_start(draft, spot["until"], shape.until, ())
    return _clock(draft, name, shape.title, shape.until, shape, spot)


def _clock(draft: Draft, name: str, title: str, until: str, shape: StepClockShape, spot: Spot) -> Clock:
    if shape.start:
        check_start(draft, spot["from"], shape.start, ("opened", "asked"))
        _check_begins(draft, shape.start, until, spot["from"])
    if shape.before:
        check_start(draft, spot["before"], shape.before, ())
    draft.refer_all(spot["pauses_for"], shape.pauses_for or (), draft.spot["pauses"].keys, "cause of a pause")
    return Clock(
        name=name,
        title=title,
        start=shape.start or "",
        until=until,
        within=shape.within or shape.by,
        charged_to=outsider(draft, shape.charged_to, spot["charged_to"]),
        before=shape.before or "",
        escalations=_escalations(draft, shape, spot),
        pauses_for=shape.pauses_for,
        origin=origin(shape),
        in_force=in_force(draft, shape.in_force, spot),
    )


def _check_begins(draft: Draft, start: str, until: str, spot: Spot) -> None:
    """That a time begins, and before what ends it: a step that comes back may be counted from the time before."""
    name = until.partition(".")[0]
    step = draft.steps.get(name)
    if step is None or name in draft.damaged:
        return
    if start == "asked" and step.shape.kind is not StepKind.ENQUIRY:
        draft.note(spot.place, f"'{name}' is no enquiry: nobody is asked, so this time never begins")
    if start == until and not (step.shape.every or step.shape.any_time):
        draft.note(spot.place, f"this time begins with what ends it: {until}")


def _escalations(draft: Draft, shape: StepClockShape, spot: Spot) -> tuple[Escalation, ...]:
    if shape.escalates and shape.start and "within" in shape.model_fields_set and shape.within is None:
        draft.note(spot["escalates"].name, "nothing is late where no time is stated, so there is nothing to escalate")
    if shape.before and shape.pauses_for is not None:
        draft.note(spot["pauses_for"].name, "a clock that counts back from a date stands still for nothing")
    return tuple(_escalation(draft, each, spot["escalates"][number]) for number, each in enumerate(shape.escalates))


def _escalation(draft: Draft, shape: EscalationShape, spot: Spot) -> Escalation:
    draft.refer(spot["to"], shape.to, draft.spot["roles"].keys, "role")
    if len({"before", "after"} & set(spot.keys)) != 1:
        draft.note(spot.place, "say from when, with either 'before' or 'after'")
    return Escalation(to=shape.to, before=shape.before, after=shape.after)
