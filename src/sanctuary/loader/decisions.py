"""Are the decisions good ones? Opinions that can be for and against, and a rule that fits their number."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sanctuary.core.conditions import Condition, FactType, Kind
from sanctuary.core.decisions import AGREED, CONFLICTING, REFUSED, Decision, Opinion, Rule
from sanctuary.core.scheme import Step
from sanctuary.loader.draft import Draft, Spot, origin
from sanctuary.loader.people import DecisionShape
from sanctuary.loader.steps import check_twice


def facts(draft: Draft) -> Mapping[str, FactType]:
    """The fact of each decision."""
    kind = FactType(kind=Kind.CHOICE, options=(AGREED, REFUSED, CONFLICTING))
    return {f"decided.{name}": kind for file, _ in draft.stages.values() for name in file.decisions}


def derived(draft: Draft) -> tuple[Decision, ...]:
    """All decisions, in the order written, checked."""
    check_twice(draft, "decisions", "decision")
    found: dict[str, Decision] = {}
    for file, spot in draft.stages.values():
        for name, shape in file.decisions.items():
            found.setdefault(name, _decision(draft, name, shape, spot["decisions"][name]))
    return tuple(found.values())


def check_answers(draft: Draft, spot: Spot, fact: str, agrees: tuple[str, ...]) -> bool:
    """Whether the answer `fact`, written at `spot`, is one choice, and may be one of those in `agrees`."""
    kind = draft.fact(spot, fact)
    if kind is None:
        return False
    if kind.kind is not Kind.CHOICE:
        draft.note(spot.place, f"{fact} is {kind.kind.value}; this takes the answer to a yes_no or a choice")
    elif not set(agrees) & set(kind.options):
        options = ", ".join(kind.options)
        draft.note(spot.place, f"no answer to {fact} is {' or '.join(agrees)}, which 'for' names; there is {options}")
    return True


def check_strays(draft: Draft, spot: Spot, facts: Collection[str], agrees: tuple[str, ...]) -> None:
    """That each answer in the 'for' at `spot` is one of `facts`'; where none is, `check_answers` has said so."""
    known = {option for fact in facts if fact in draft.names for option in draft.names[fact].options}
    if known & set(agrees):
        draft.refer_all(spot, agrees, known, "answer")


def _decision(draft: Draft, name: str, shape: DecisionShape, spot: Spot) -> Decision:
    seen: set[str] = set()
    for number, fact in enumerate(shape.opinions):
        check_answers(draft, spot["opinions"][number], fact, shape.agrees)
        if fact in seen:
            draft.note(spot["opinions"][number].place, f"'{fact}' is in this list twice")
        seen.add(fact)
    check_strays(draft, spot["for"], seen, shape.agrees)
    _check_rule(draft, shape, spot)
    return Decision(
        name=f"decided.{name}",
        title=shape.title,
        opinions=tuple(Opinion(fact=fact, when=_when(fact, draft.built)) for fact in shape.opinions),
        agrees=frozenset(shape.agrees),
        rule=shape.rule,
        quorum=shape.quorum or len(shape.opinions),
        origin=origin(shape),
    )


def _when(fact: str, steps: Mapping[str, Step]) -> Condition | None:
    step = steps.get(fact.partition(".")[0])
    return step.when if step else None


def _check_rule(draft: Draft, shape: DecisionShape, spot: Spot) -> None:
    count = len(shape.opinions)
    if shape.rule is Rule.SINGLE and count > 1:
        message = f"a single decision has one opinion, and here are {count}; write joint, unanimous or panel"
        draft.note(spot["rule"].place, message)
    if shape.rule is not Rule.SINGLE and count == 1:
        draft.note(spot["rule"].place, f"with one opinion there is nothing {shape.rule.value}; write single")
    if shape.quorum is not None and shape.rule is not Rule.PANEL:
        draft.note(spot["quorum"].name, f"a quorum is for a panel, and this is {shape.rule.value}")
    elif shape.quorum is not None and shape.quorum > count:
        draft.note(spot["quorum"].place, f"the panel has {count} opinions, so {shape.quorum} can never be reached")
