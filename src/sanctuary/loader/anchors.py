"""What is time counted from? The step, the beginning of the case or the date that a period runs from, or ends at."""

from __future__ import annotations

from sanctuary.core.conditions import Kind
from sanctuary.core.scheme import Opening
from sanctuary.loader.draft import Draft, Spot
from sanctuary.loader.procedure import OpensShape

_DATED = (Kind.DATE, Kind.MOMENT)


def check_start(draft: Draft, spot: Spot, start: str, words: tuple[str, ...]) -> None:
    """What a period starts from: one of the `words`, a step, or a question answered with a date."""
    if start in words:
        return
    if "." not in start:
        draft.refer(spot, start, draft.step_names | set(words), "step")
        return
    fact = draft.fact(spot, start)
    if fact and fact.kind not in _DATED:
        draft.note(spot.place, f"{start} is {fact.kind.value}; time is counted from a date, or a date with a time")


def one_way(draft: Draft, spot: Spot, name: str, *ways: tuple[str, str]) -> bool:
    """Whether all keys of one of the `ways` of counting, and none of another, are written in the mapping `spot`."""
    begun = [way for way in ways if not set(way).isdisjoint(spot.keys)] or [ways[0]]
    missing = [key for key in begun[0] if key not in spot.keys]
    if len(begun) > 1:
        strange = next(key for key in begun[1] if key in spot.keys)
        one, other = (" and ".join(f"'{key}'" for key in way) for way in ways)
        draft.note(spot[strange].name, f"write either {one} or {other}, not both")
    for key in missing if len(begun) == 1 else ():
        draft.note(spot.name, f"'{name}' needs the key '{key}'")
    return len(begun) == 1 and not missing


def opening(draft: Draft, shape: OpensShape | None, spot: Spot) -> Opening | None:
    """The time before which a step is not open."""
    if shape is None or not one_way(draft, spot, "opens", ("after", "in"), ("before", "by")):
        return None
    if shape.after:
        check_start(draft, spot["after"], shape.after, ("opened",))
    if shape.before:
        check_start(draft, spot["before"], shape.before, ())
    period = shape.period or shape.by
    return Opening(after=shape.after or "", before=shape.before or "", period=period) if period else None
