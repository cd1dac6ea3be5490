"""Which measures and packages are there? And do the packages include each other without going round in circles."""

from __future__ import annotations

from collections.abc import Mapping

from sanctuary.core.scheme import Measure, Package
from sanctuary.loader import means
from sanctuary.loader.draft import Draft, origin


def measures(draft: Draft) -> Mapping[str, Measure]:
    """What can be fitted or provided."""
    return {
        name: Measure(
            name=name,
            title=shape.title,
            group=shape.group or "",
            standard=shape.standard or "",
            origin=origin(shape),
            means=means.of_measure(draft, shape, draft.measures_spot["measures"][name]),
        )
        for name, shape in draft.measures.measures.items()
    }


def packages(draft: Draft) -> Mapping[str, Package]:
    """The model specifications."""
    spots = draft.measures_spot
    for name, shape in draft.measures.packages.items():
        spot = spots["packages"][name]
        draft.refer_all(spot["measures"], shape.measures, spots["measures"].keys, "measure")
        if shape.includes and draft.refer(spot["includes"], shape.includes, spots["packages"].keys, "package"):
            _check_circle(draft, name)
    return {
        name: Package(
            name=name,
            title=shape.title,
            measures=shape.measures,
            includes=shape.includes or "",
            origin=origin(shape),
        )
        for name, shape in draft.measures.packages.items()
    }


def _check_circle(draft: Draft, start: str) -> None:
    known = draft.measures.packages
    chain, name = [start], known[start].includes
    while name in known and name not in chain:
        chain.append(name)
        name = known[name].includes
    if name == start:
        place = draft.measures_spot["packages"][start]["includes"].place
        draft.note(place, f"this package includes itself: {' → '.join([*chain, start])}")
