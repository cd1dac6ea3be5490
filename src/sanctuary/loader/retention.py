"""Is it said how long the record of a case is kept, however it ended? And whether the document says so, or nobody."""

from __future__ import annotations

from sanctuary.core.clocks import Period, Unit
from sanctuary.core.keeping import ENDED, Retention
from sanctuary.loader.draft import Draft, Spot, origin
from sanctuary.loader.keeping import RetentionShape
from sanctuary.loader.scalars import NOT_STATED

# Stands in for what is missing, in a definition that does not load for it.
_NONE = Period(count=0, unit=Unit.DAYS)


def retention(draft: Draft) -> tuple[Retention, ...]:
    """The rules, in the order written, checked: each closing reason is under exactly one of them."""
    written = draft.scheme.retention
    spots = draft.spot["retention"]
    named = _named(draft, spots)
    rest = [name for name, shape in written.items() if not shape.outcomes]
    for name in rest[1:]:
        draft.note(spots[name].name, f"'{rest[0]}' is already about all closing reasons that are not named elsewhere")
    others = tuple(name for name in draft.scheme.closing_reasons if name not in named)
    if written and others and not rest:
        message = f"nothing is said of {', '.join(others)}; one rule may name no outcomes"
        draft.note(spots.name, message)
    return tuple(_rule(draft, name, shape, spots[name], others) for name, shape in written.items())


def _named(draft: Draft, spots: Spot) -> frozenset[str]:
    """The closing reasons that rules name, each by one of them."""
    known = draft.spot["closing_reasons"].keys
    named: dict[str, str] = {}
    for name, shape in draft.scheme.retention.items():
        spot = spots[name]["outcomes"]
        draft.refer_all(spot, shape.outcomes, known, "closing reason")
        for number, outcome in enumerate(shape.outcomes):
            if named.setdefault(outcome, name) != name:
                draft.note(spot[number].place, f"'{outcome}' is under '{named[outcome]}' already")
    return frozenset(named)


def _rule(draft: Draft, name: str, shape: RetentionShape, spot: Spot, others: tuple[str, ...]) -> Retention:
    if shape.start != ENDED:
        draft.refer(spot["from"], shape.start, {*draft.step_names, ENDED}, "step")
    if shape.keep is None and shape.default is None:
        message = f"'{name}' needs the key 'default': how long the record is kept while the document does not say"
        draft.note(spot.name, message)
    if shape.keep is not None and shape.default is not None:
        draft.note(spot["default"].name, f"a default is for keep: {NOT_STATED}; here the document says how long")
    period = shape.keep or shape.default
    return Retention(
        name=name,
        title=shape.title,
        outcomes=shape.outcomes or others,
        period=period or _NONE,
        stated=shape.keep is not None,
        because=shape.because,
        start=shape.start,
        start_title=draft.steps[shape.start].shape.title if shape.start in draft.steps else "",
        origin=origin(shape),
    )
