"""What does each route ask for? A gate after the referral that waits for it, but lets it come in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sanctuary.core.conditions import Condition, compile_condition
from sanctuary.core.needs import Need, Onward
from sanctuary.core.routes import EVIDENCE, ROUTE
from sanctuary.core.scheme import Criterion, Gate, Stance
from sanctuary.core.stages import Stage
from sanctuary.loader.conditions import condition
from sanctuary.loader.draft import Draft, Spot, origin
from sanctuary.loader.gates import behind
from sanctuary.loader.people import EvidenceShape


def gates(draft: Draft) -> Mapping[str, Gate]:
    """The gate that waits for evidence, where any route asks for some."""
    file, spot = draft.stages[Stage.REFERRAL]
    found = [
        one
        for route, shape in file.routes.items()
        for name, evidence in shape.evidence.items()
        if (one := _criterion(draft, route, name, evidence, spot["routes"][route]["evidence"][name]))
    ]
    guards = tuple(_guarded(draft, found))
    if not found or not guards:
        return {}
    gate = Gate(
        name=EVIDENCE,
        stage=Stage.REFERRAL,
        title="Is there everything that is asked of whoever refers?",
        guards=guards,
        behind=behind(guards, draft.built),
        criteria=tuple(found),
    )
    return {EVIDENCE: gate}


def _criterion(draft: Draft, route: str, name: str, shape: EvidenceShape, spot: Spot) -> Criterion | None:
    """What stands in the way by this route while it is not there."""
    needs = condition(draft, spot["needs"], shape.needs)
    stops_if = compile_condition(f"{ROUTE} == '{route}' && !({shape.needs})", draft.names) if needs else None
    if needs is None or not isinstance(stops_if, Condition):
        return None
    return Criterion(
        name=f"{route}_{name}",
        stops_if=stops_if,
        reason=shape.reason,
        unknown=Stance.HOLD,
        code="",
        alternatives=(),
        origin=origin(shape),
        then=Onward.WAIT,
        needs=Need(name="", holds_if=needs),
    )


def _guarded(draft: Draft, criteria: list[Criterion]) -> Iterator[str]:
    """The steps right after the referral, but for those in which the evidence comes in."""
    first = next(iter(draft.built), "")
    asked = {fact.partition(".")[0] for one in criteria for fact in one.stops_if.reads}
    bring_it = {name for name in asked if name in draft.built}
    for step in draft.built.values():
        if first in step.after and step.name not in bring_it and not behind((step.name,), draft.built) & bring_it:
            yield step.name
