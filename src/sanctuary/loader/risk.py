"""Is the risk measured well? Levels and tools, where it is asked, and the floor and ceiling of a criterion."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sanctuary.core.conditions import FactType, Kind
from sanctuary.core.risk import Risk, RiskFact, RiskTool
from sanctuary.loader.draft import Draft, Spot, origin, pages
from sanctuary.loader.rules import CriterionShape

LIST = "risk"


def is_written(draft: Draft) -> bool:
    """Whether the scheme says something of the risk, be it misspelt."""
    return "risk" in draft.spot.keys


def written(draft: Draft) -> Risk | None:
    """The risk as it stands, unchecked."""
    shape = draft.scheme.risk
    if shape is None:
        return None
    tools = {
        name: RiskTool(name=name, title=tool.title, version=tool.version, gives=tool.gives, origin=origin(tool))
        for name, tool in shape.tools.items()
    }
    reopens = shape.changes.reopens if shape.changes else ()
    return Risk(levels=shape.levels, tools=tools, asked_in=shape.asked_in, reopens=reopens)


def facts(draft: Draft) -> Mapping[str, FactType]:
    """The level and the tool."""
    risk = written(draft)
    if risk is None:
        return {}
    return {
        "risk.level": FactType(kind=Kind.CHOICE, options=tuple(risk.levels)),
        "risk.tool": FactType(kind=Kind.CHOICE, options=tuple(risk.tools)),
    }


def derived(draft: Draft) -> tuple[RiskFact, ...]:
    """The two facts, checked."""
    risk, spot = written(draft), draft.spot["risk"]
    _check_asked(draft, risk, spot)
    if risk is None:
        return ()
    _check_tools(draft, risk, spot)
    draft.refer_all(spot["changes"]["reopens"], risk.reopens, draft.step_names, "step")
    asking = {name.partition(".")[0] for name in risk.asked_in}
    for number, name in enumerate(risk.reopens):
        if name in asking:
            draft.note(spot["changes"]["reopens"][number].place, f"'{name}' says what the risk is, so it stays done")
    return RiskFact(part="level", risk=risk), RiskFact(part="tool", risk=risk)


def outside(draft: Draft, shape: CriterionShape, spot: Spot) -> str:
    """The condition that the `floor` and `ceiling` of a criterion come to; "" where they have no meaning."""
    risk = written(draft)
    keys = [key for key in ("floor", "ceiling") if getattr(shape, key)]
    if keys and not is_written(draft):
        draft.note(spot[keys[0]].name, "the scheme has no 'risk', so there is no level to compare with")
    if risk is None or not all(draft.refer(spot[key], getattr(shape, key), risk.levels, "level") for key in keys):
        return ""
    order = list(risk.levels)
    if shape.floor and shape.ceiling and order.index(shape.floor) > order.index(shape.ceiling):
        draft.note(spot["floor"].place, f"this floor is above the ceiling, '{shape.ceiling}'")
        return ""
    levels = risk.outside(shape.floor or "", shape.ceiling or "")
    if keys and not levels:
        draft.note(spot[keys[0]].place, "every level is within this, so it stops nobody")
    listed = ", ".join(f"'{level}'" for level in levels)
    return f"risk.level in [{listed}]" if levels else ""


def _check_tools(draft: Draft, risk: Risk, spot: Spot) -> None:
    taken: dict[str, str] = {}
    for tool in risk.tools.values():
        for result, level in tool.gives.items():
            place = spot["tools"][tool.name]["gives"][result]
            draft.refer(place, level, risk.levels, "level")
            option = f"{tool.name}_{result}"
            if option in taken:
                draft.note(place.name, f"'{taken[option]}' has the answer '{option}' already; call this something else")
            taken.setdefault(option, tool.name)


def _check_asked(draft: Draft, risk: Risk | None, spot: Spot) -> None:
    """Every question that asks for the risk is named, and what is named does ask for it."""
    asking = dict(_asking(draft))
    named = risk.asked_in if risk else ()
    for number, name in enumerate(named):
        place = spot["asked_in"][number]
        if draft.fact(place, name) and name not in asking:
            draft.note(place.place, f"{name} does not ask for the risk: it needs 'options_from: {LIST}'")
    for name in asking if risk else ():
        if name not in named:
            draft.note(asking[name].name, f"name this question in the scheme's 'risk', under 'asked_in': {name}")


def _asking(draft: Draft) -> Iterator[tuple[str, Spot]]:
    for step in draft.steps.values():
        for page in pages(draft, step):
            for name, question in page.questions.items():
                if question.options_from == LIST:
                    yield f"{step.name}.{name}", page.spot[name]
