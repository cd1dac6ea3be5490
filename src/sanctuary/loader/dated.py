"""Are the dated facts good ones? Each has a day to begin or to end with, and both are asked for somewhere."""

from __future__ import annotations

from collections.abc import Mapping

from sanctuary.core.conditions import FactType, Kind
from sanctuary.core.dated import WORDS, Dated
from sanctuary.loader.anchors import check_start
from sanctuary.loader.draft import Draft, Spot, origin
from sanctuary.loader.situation import DatedShape


def facts(draft: Draft) -> Mapping[str, FactType]:
    """Each of them: to come, in force or over."""
    return {f"dated.{name}": FactType(kind=Kind.CHOICE, options=tuple(WORDS)) for name in draft.scheme.dated}


def derived(draft: Draft) -> tuple[Dated, ...]:
    """All of them, checked."""
    return tuple(_dated(draft, name, shape, draft.spot["dated"][name]) for name, shape in draft.scheme.dated.items())


def _dated(draft: Draft, name: str, shape: DatedShape, spot: Spot) -> Dated:
    for key, fact in (("from", shape.start), ("until", shape.until)):
        if fact:
            check_start(draft, spot[key], fact, ())
    if not {"from", "until"} & set(spot.keys):
        draft.note(spot.name, "say 'from' when it is in force, 'until' when, or both")
    if shape.start and shape.start == shape.until:
        draft.note(spot["until"].place, "it begins and ends with the same question; leave one of them out")
    return Dated(key=name, title=shape.title, start=shape.start or "", end=shape.until or "", origin=origin(shape))
