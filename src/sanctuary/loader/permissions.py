"""Are the chains of permission good ones? Each owner once, in a step that asks them, after those before them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from sanctuary.core.conditions import FactType, Kind
from sanctuary.core.consents import GIVEN, REFUSED
from sanctuary.core.permissions import Link, Permission
from sanctuary.core.scheme import Step, StepKind
from sanctuary.loader.decisions import check_answers, check_strays
from sanctuary.loader.draft import Draft, Spot, origin
from sanctuary.loader.people import LinkShape, PermissionShape
from sanctuary.loader.steps import check_twice

_ASKS = (StepKind.ENQUIRY, StepKind.CONSENT)


def facts(draft: Draft) -> Mapping[str, FactType]:
    """The fact of each permission."""
    kind = FactType(kind=Kind.CHOICE, options=(GIVEN, REFUSED))
    return {f"permitted.{name}": kind for file, _ in draft.stages.values() for name in file.permissions}


def chained(draft: Draft, steps: Mapping[str, Step]) -> Mapping[str, Step]:
    """The steps, those of a chain each after all that stand before it there: one that does not apply is no gap."""
    found = dict(steps)
    for shape, _ in _written(draft).values():
        names = list(dict.fromkeys(link.step for link in shape.chain if link.step in steps))
        for number, name in enumerate(names):
            after = dict.fromkeys((*found[name].after, *names[:number]))
            found[name] = replace(found[name], after=tuple(after))
    return found


def derived(draft: Draft) -> tuple[Permission, ...]:
    """All permissions, in the order written, checked."""
    check_twice(draft, "permissions", "permission")
    held = {shape.given: f"consented.{name}" for name, shape in draft.scheme.consents.items()}
    return tuple(
        Permission(
            name=f"permitted.{name}",
            title=shape.title,
            chain=tuple(_links(draft, shape, spot["chain"], held)),
            origin=origin(shape),
        )
        for name, (shape, spot) in _written(draft).items()
    )


def _written(draft: Draft) -> Mapping[str, tuple[PermissionShape, Spot]]:
    found: dict[str, tuple[PermissionShape, Spot]] = {}
    for file, spot in draft.stages.values():
        for name, shape in file.permissions.items():
            found.setdefault(name, (shape, spot["permissions"][name]))
    return found


def _links(draft: Draft, shape: PermissionShape, spots: Spot, held: Mapping[str, str]) -> Iterator[Link]:
    owners: set[str] = set()
    asked: set[str] = set()
    for number, link in enumerate(shape.chain):
        spot = spots[number]
        if link.of in owners:
            draft.note(spot["of"].place, f"'{link.of}' is in this chain already")
        if link.step in asked:
            draft.note(spot["step"].place, f"'{link.step}' is in this chain already")
        owners.add(link.of)
        asked.add(link.step)
        if draft.refer(spot["step"], link.step, draft.step_names, "step") and link.step in draft.built:
            _check_step(draft, link, spot, draft.built[link.step])
            yield _link(link, draft.built[link.step], held)


def _check_step(draft: Draft, link: LinkShape, spot: Spot, step: Step) -> None:
    if step.kind not in _ASKS:
        message = f"an owner answers in an enquiry or a consent, and '{step.name}' is of the kind {step.kind.value}"
        draft.note(spot["step"].place, message)
        return
    where = spot["given"] if "given" in spot.keys else spot["step"]
    fact = f"{step.name}.{link.given}"
    check_answers(draft, Spot(name=where.place, node=None), fact, link.agrees)
    check_strays(draft, spot["for"], (fact,), link.agrees)


def _link(link: LinkShape, step: Step, held: Mapping[str, str]) -> Link:
    """A link; where the answer gives a consent as well, it is the consent that counts: it may be withdrawn."""
    fact, agrees = f"{step.name}.{link.given}", frozenset(link.agrees)
    if fact in held:
        fact, agrees = held[fact], frozenset({GIVEN})
    return Link(of=link.of, step=step.name, fact=fact, agrees=agrees, when=step.when)
