"""How can the gates of a scheme be got wrong, and what they read that follows from the answers?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, is_dataclass, replace
from typing import Any

from sanctuary.core import chosen, funds
from sanctuary.core.conditions.tree import Term
from sanctuary.core.derived import Derived
from sanctuary.core.facts import Silence
from sanctuary.core.needs import Onward, opposite
from sanctuary.core.scheme import ALWAYS, Criterion, Gate, Scheme, Stance
from tests.support.altered import altered, condition
from tests.support.rebuilt import behind, with_gate
from tests.support.reworked import Change, changed_piece, pieces, reworked, settled

# Facts that follow from the answers by counting and adding up, not by a rule of who or what decides.
COUNTED = (chosen.__name__, funds.__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutant:
    """What was done, and the scheme that came of it; where it was done to a condition, that before and after."""

    what: str
    scheme: Scheme
    was: Term | None = None
    now: Term | None = None


def gates(scheme: Scheme) -> Iterator[Mutant]:
    """Each gate with one thing of it otherwise."""
    for gate in scheme.gates.values():
        for name in gate.guards:
            changed = replace(gate, guards=tuple(each for each in gate.guards if each != name))
            # A step that comes after another that is guarded is guarded as well, unless the gate could hold it.
            if behind(changed, scheme.steps) != gate.behind or any(
                _may_hold(scheme, gate, rule) for rule in gate.criteria
            ):
                yield Mutant(what=f"{gate.name} does not guard {name}", scheme=with_gate(scheme, changed))
        for rule in gate.criteria:
            for change in _criterion(rule, may_hold=_may_hold(scheme, gate, rule)):
                criteria = tuple(change.now if each is rule else each for each in gate.criteria)
                changed = replace(gate, criteria=tuple(filter(None, criteria)))
                what = f"{gate.name}.{rule.name} {change.what}"
                yield _mutant(what, with_gate(scheme, changed), change)


def _mutant(what: str, scheme: Scheme, change: Change) -> Mutant:
    return Mutant(what=what, scheme=scheme, was=change.before, now=change.after)


def _criterion(rule: Criterion, *, may_hold: bool) -> Iterator[Change]:
    yield Change(what="gone", now=None)
    if rule.unknown is Stance.CARRY_ON:
        yield Change(what="holds", now=replace(rule, unknown=Stance.HOLD))
    elif may_hold:
        yield Change(what="carries on", now=replace(rule, unknown=Stance.CARRY_ON))
    if rule.in_force != ALWAYS:
        yield Change(what="always in force", now=replace(rule, in_force=ALWAYS))
    if rule.needs is None:
        for what, tree in altered(rule.stops_if.tree):
            now = replace(rule, stops_if=condition(tree))
            yield Change(what=f"stops_if {what}", now=now, before=rule.stops_if.tree, after=tree)
        yield from _onward(rule)
    else:
        for change in reworked(rule.needs):
            needs = settled(change.now)
            stops_if = opposite(needs.holds_if)
            now = replace(rule, needs=needs, stops_if=stops_if)
            yield Change(what=f"needs {change.what}", now=now, before=rule.stops_if.tree, after=stops_if.tree)
    if rule.easing is not None:
        yield Change(what="hard", now=replace(rule, easing=None))
        yield from (change.within(rule, "easing", "easing") for change in reworked(rule.easing))


def _onward(rule: Criterion) -> Iterator[Change]:
    other = Onward.REFUSE if rule.then is Onward.WAIT else Onward.WAIT
    yield Change(what=f"{other.value} for {rule.then.value}", now=replace(rule, then=other))


def derived(scheme: Scheme) -> Iterator[Mutant]:
    """What follows from the answers: tables, decisions, consents, permissions and the like."""
    ruled = [each for each in scheme.derived if type(each).__module__ not in COUNTED]
    for one in ruled:
        for piece in pieces(one):
            # Facts about the same thing share what is written of it, and it is got wrong for all of them at once.
            value = getattr(one, piece)
            shared = [each for each in ruled if is_dataclass(value) and getattr(each, piece, None) is value] or [one]
            for change in changed_piece(one, piece) if shared[0] is one else ():
                yield _mutant(f"{one.name} {piece} {change.what}", _with_derived(scheme, shared, piece, change), change)


def _with_derived(scheme: Scheme, changed: Sequence[Derived], piece: str, change: Change) -> Scheme:
    now: dict[int, Any] = {id(one): replace(one, **{piece: change.now}) for one in changed}  # type: ignore[type-var]
    return replace(
        scheme,
        settles=tuple(now.get(id(each), each) for each in scheme.settles),
        derived=tuple(now.get(id(each), each) for each in scheme.derived),
    )


def _answers_behind(scheme: Scheme, names: frozenset[str]) -> frozenset[str]:
    """The answers that these facts rest on, where they follow from others."""
    follow = {one.name: one.reads for one in scheme.derived}
    while not follow.keys().isdisjoint(names):
        names = frozenset(fact for name in names for fact in follow.get(name, frozenset({name})))
    return names


def _may_hold(scheme: Scheme, gate: Gate, criterion: Criterion) -> bool:
    """Whether a step may ever wait for the facts: not where it comes after the steps that have to answer them."""
    reads = _answers_behind(scheme, criterion.stops_if.reads)
    asked = {name.partition(".")[0] for name in reads}
    settled = all(_must_say(scheme, *name.split(".")[:2]) for name in reads)
    before = [_before(scheme, name) for name in gate.guards]
    return criterion.unknown is Stance.HOLD and not (settled and all(asked <= each for each in before))


def _must_say(scheme: Scheme, step: str, name: str) -> bool:
    """Whether the step, once done, has settled the fact."""
    found = [each for each in scheme.steps[step].questions if each.name == name] if step in scheme.steps else []
    return all(not each.optional and each.allow in ((), (Silence.NOT_APPLICABLE,)) for each in found) and bool(found)


def _before(scheme: Scheme, name: str) -> frozenset[str]:
    """The steps that the step comes after, directly or not."""
    direct = scheme.steps[name].after
    return frozenset(direct).union(*(_before(scheme, each) for each in direct))
