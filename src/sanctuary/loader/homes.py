"""Is it clear which home is to be made safer? The homes that it can be, and the questions that tell of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sanctuary.core.conditions import FactType, Kind
from sanctuary.core.homes import WHICH, Home, Property, PropertyFact
from sanctuary.loader.draft import Draft, Spot, pages
from sanctuary.loader.facts import options
from sanctuary.loader.situation import PropertyShape

_TEXT = FactType(kind=Kind.TEXT)
_SHARED = ("kind", "holders")


def facts(draft: Draft) -> Mapping[str, FactType]:
    """What is known of the home of concern."""
    shape = draft.scheme.property
    if shape is None:
        return {}
    found = {WHICH: FactType(kind=Kind.CHOICE, options=tuple(shape.homes)), "address": _TEXT, "postcode": _TEXT}
    found |= {key: draft.names[fact] for key, fact in _shared(shape) if fact in draft.names}
    return {f"property.{key}": kind for key, kind in found.items()}


def derived(draft: Draft) -> tuple[PropertyFact, ...]:
    """Those facts, checked."""
    shape, spot = draft.scheme.property, draft.spot["property"]
    if shape is None:
        return ()
    _check_which(draft, shape, spot)
    _check_questions(draft, shape, spot)
    shared = dict(_shared(shape))
    homes = {
        name: Home(name=name, title=home.title, asked={"address": home.address, "postcode": home.postcode, **shared})
        for name, home in shape.homes.items()
    }
    labels = {key: _labels(draft, fact) for key, fact in shared.items()}
    concern = Property(homes=homes, which=shape.which or "", labels=labels)
    return tuple(PropertyFact(part=part, concern=concern) for part in (WHICH, "address", "postcode", *shared))


def _shared(shape: PropertyShape) -> Iterator[tuple[str, str]]:
    for key in _SHARED:
        fact = getattr(shape, key)
        if fact:
            yield key, fact


def _labels(draft: Draft, fact: str) -> Mapping[str, str]:
    """The words of what can be chosen in the question `fact`."""
    step, _, name = fact.partition(".")
    found = pages(draft, draft.steps[step]) if step in draft.steps else ()
    return next((options(draft, page.questions[name]) for page in found if name in page.questions), {})


def _check_which(draft: Draft, shape: PropertyShape, spot: Spot) -> None:
    if not shape.which:
        if len(spot["homes"].keys) > 1:
            draft.note(spot["homes"].name, "say with 'which' what question tells these homes apart")
        return
    fact = draft.fact(spot["which"], shape.which)
    if fact is None:
        return
    if fact.kind is not Kind.CHOICE:
        draft.note(spot["which"].place, f"{shape.which} is no choice, so it cannot say which home it is")
        return
    strange = [option for option in fact.options if option not in spot["homes"].keys]
    if strange:
        draft.note(spot["which"].place, f"every option of {shape.which} has to be a home; not {', '.join(strange)}")
    for name in shape.homes:
        if name not in fact.options:
            draft.note(spot["homes"][name].name, f"{shape.which} has no option '{name}', so it is never this home")


def _check_questions(draft: Draft, shape: PropertyShape, spot: Spot) -> None:
    for name, home in shape.homes.items():
        for key in ("address", "postcode"):
            fact = draft.fact(spot["homes"][name][key], getattr(home, key))
            if fact and fact.kind is not Kind.TEXT:
                place = spot["homes"][name][key].place
                draft.note(place, f"{getattr(home, key)} is {fact.kind.value}; the {key} is text")
    for key, wanted in (("kind", (Kind.CHOICE,)), ("holders", (Kind.CHOICE, Kind.CHOICES, Kind.ROWS, Kind.TEXT))):
        asked = getattr(shape, key)
        fact = draft.fact(spot[key], asked) if asked else None
        if fact and fact.kind not in wanted:
            words = " or ".join(kind.value for kind in wanted)
            draft.note(spot[key].place, f"{asked} is {fact.kind.value}; the {key} is {words}")
