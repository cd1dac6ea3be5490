"""Are the flags good ones? That somebody raises, looks at and removes each of them."""

from __future__ import annotations

from collections.abc import Mapping

from sanctuary.core.conditions import FactType, Kind
from sanctuary.core.flags import STATES, Flag
from sanctuary.loader.draft import Draft, Spot, origin
from sanctuary.loader.parties import outsider
from sanctuary.loader.provisions import FlagShape


def facts(draft: Draft) -> Mapping[str, FactType]:
    """How each flag stands."""
    return {f"flagged.{name}": FactType(kind=Kind.CHOICE, options=STATES) for name in draft.scheme.flags}


def derived(draft: Draft) -> tuple[Flag, ...]:
    """How each flag stands, as a fact."""
    return flags(draft)


def flags(draft: Draft) -> tuple[Flag, ...]:
    """The flags, in the order written, checked."""
    spots = draft.spot["flags"]
    return tuple(_flag(draft, name, shape, spots[name]) for name, shape in draft.scheme.flags.items())


def _flag(draft: Draft, name: str, shape: FlagShape, spot: Spot) -> Flag:
    for key in ("raised_in", "removed_in"):
        fact = draft.fact(spot[key], getattr(shape, key))
        if fact and set(fact.options) != {"yes", "no"}:
            draft.note(spot[key].place, f"{getattr(shape, key)} is not answered with yes or no")
    if shape.raised_in == shape.removed_in:
        draft.note(spot["removed_in"].place, "one answer cannot say that the flag was raised and that it was removed")
    _check_review(draft, shape, spot["review"]["step"])
    held_by = outsider(draft, shape.held_by, spot["held_by"])
    role = draft.scheme.roles.get(held_by)
    return Flag(
        key=name,
        title=shape.title,
        held_by=role.title if role else held_by,
        raised_in=shape.raised_in,
        removed_in=shape.removed_in,
        review=shape.review.step if shape.review else "",
        every=shape.review.every if shape.review else None,
        origin=origin(shape),
    )


def _check_review(draft: Draft, shape: FlagShape, spot: Spot) -> None:
    if shape.review is None or not draft.refer(spot, shape.review.step, draft.step_names, "step"):
        return
    step = draft.steps.get(shape.review.step)
    if step and not (step.shape.any_time or step.shape.every):
        draft.note(spot.place, f"'{step.name}' is done once; with 'every' it can be done again")
