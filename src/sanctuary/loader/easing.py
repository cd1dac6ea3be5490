"""Is a rule that is less than hard a good one? Who may set it aside, from when it counts, what is asked again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sanctuary.core.derived import Derived
from sanctuary.core.easing import Deferral, Easing, Lifting, Retest
from sanctuary.loader.anchors import check_start
from sanctuary.loader.draft import Draft, Spot
from sanctuary.loader.rules import CriterionShape, DeferredShape, LiftedShape, RetestShape


def easing(
    draft: Draft,
    shape: CriterionShape,
    spot: Spot,
    *,
    reads: frozenset[str],
    behind: frozenset[str],
    derived: Iterable[Derived],
) -> Easing | None:
    """What makes the criterion less than hard; None where nothing does. `behind` is what its gate guards."""
    if shape.override:
        draft.refer_all(spot["override"]["by"], shape.override.by, draft.spot["roles"].keys, "role")
    found = Easing(
        overridden_by=shape.override.by if shape.override else (),
        deferred=deferral(draft, shape.deferred, spot["deferred"]) if shape.deferred else None,
        retest=_retest(draft, shape.retest, spot["retest"], reads, derived) if shape.retest else None,
        lifted=_lifting(draft, shape.lifted_for, spot["lifted_for"], behind) if shape.lifted_for else None,
    )
    return None if found == Easing() else found


def deferral(draft: Draft, shape: DeferredShape, spot: Spot) -> Deferral:
    """A time for which a rule does not count."""
    check_start(draft, spot["from"], shape.start, ("opened",))
    return Deferral(start=shape.start, within=shape.within)


def _retest(draft: Draft, shape: RetestShape, spot: Spot, reads: frozenset[str], derived: Iterable[Derived]) -> Retest:
    rests_on = {one.name: one.reads for one in derived}
    steps = {fact: frozenset(_tell(draft, fact, rests_on, ())) for fact in reads}
    if reads and not any(steps.values()):
        draft.note(spot.name, "this rule reads nothing that somebody answers: there is nothing to ask again")
    return Retest(after=shape.after, steps={fact: told for fact, told in sorted(steps.items()) if told})


def _tell(draft: Draft, fact: str, rests_on: Mapping[str, frozenset[str]], above: tuple[str, ...]) -> Iterable[str]:
    """The steps whose answers tell `fact`, by way of what it rests on where it is derived."""
    step = fact.partition(".")[0]
    if step in draft.step_names:
        yield step
    for other in rests_on.get(fact, ()) if fact not in above else ():
        yield from _tell(draft, other, rests_on, (*above, fact))


def _lifting(draft: Draft, shape: LiftedShape, spot: Spot, behind: frozenset[str]) -> Lifting:
    draft.refer_all(spot["steps"], shape.steps, draft.step_names, "step")
    draft.refer_all(spot["measures"], shape.measures, draft.measures_spot["measures"].keys, "measure")
    for number, name in enumerate(shape.steps):
        if name in draft.step_names - behind:
            draft.note(spot["steps"][number].place, f"this gate does not stop '{name}', so there is nothing to lift")
    return Lifting(steps=frozenset(shape.steps), measures=shape.measures)
