"""Are the consents good ones? Each rests on a question that gives or refuses it, and on no other's."""

from __future__ import annotations

from collections.abc import Mapping

from sanctuary.core.conditions import FactType, Kind
from sanctuary.core.consents import STATES, Consent
from sanctuary.loader.decisions import check_answers, check_strays
from sanctuary.loader.draft import Draft, Spot, origin
from sanctuary.loader.parties import outsider
from sanctuary.loader.people import ConsentShape


def facts(draft: Draft) -> Mapping[str, FactType]:
    """The fact of each consent."""
    return {f"consented.{name}": FactType(kind=Kind.CHOICE, options=STATES) for name in draft.scheme.consents}


def derived(draft: Draft) -> tuple[Consent, ...]:
    """All consents, in the order written, checked."""
    taken: dict[str, str] = {}
    found = []
    for name, shape in draft.scheme.consents.items():
        spot = draft.spot["consents"][name]
        check_answers(draft, spot["given"], shape.given, shape.agrees)
        check_strays(draft, spot["for"], (shape.given,), shape.agrees)
        if shape.given in taken:
            message = f"{shape.given} gives '{taken[shape.given]}' already; each consent is asked for by itself"
            draft.note(spot["given"].place, message)
        taken.setdefault(shape.given, name)
        found.append(_consent(draft, name, shape, spot))
    return tuple(found)


def _consent(draft: Draft, name: str, shape: ConsentShape, spot: Spot) -> Consent:
    return Consent(
        name=f"consented.{name}",
        title=shape.title,
        purpose=shape.purpose,
        parties=tuple(outsider(draft, party, spot["with"][number]) for number, party in enumerate(shape.parties)),
        asked=shape.given,
        agrees=frozenset(shape.agrees),
        lasts=shape.lasts,
        origin=origin(shape),
    )
