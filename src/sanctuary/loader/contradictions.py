"""Does a definition contradict itself? Here: what can never be so, and gates that never open.

Two rules that both decide are for `clashes`, figures without a date for `figures`, and a step that waits for itself
for `order`. Whatever is too much to work out is let pass.
"""

from __future__ import annotations

from collections.abc import Sequence

from sanctuary.core.conditions.tree import Not, Term, reads
from sanctuary.core.facts import Unknown
from sanctuary.core.needs import Mode, Need
from sanctuary.core.scheme import ALWAYS, Criterion, Gate, Scheme, Stance, Step
from sanctuary.loader.clashes import check_clashes
from sanctuary.loader.draft import Draft, Spot, pages
from sanctuary.loader.figures import check_figures, gate_spot
from sanctuary.loader.worlds import Asked, Turn, may_be, turns


def check_contradictions(draft: Draft, scheme: Scheme) -> None:
    """Note every contradiction in the definition."""
    asked = Asked.of(scheme.steps.values(), scheme.calendar)
    for gate in scheme.gates.values():
        _check_gate(draft, gate, asked)
    for step in scheme.steps.values():
        _check_step(draft, step, asked)
    check_clashes(draft, scheme, asked)
    check_figures(draft, scheme)


def _check_gate(draft: Draft, gate: Gate, asked: Asked) -> None:
    spot = gate_spot(draft, gate.name)
    for rule in gate.criteria:
        if not may_be(rule.stops_if.tree, asked):
            place = spot["criteria"][rule.name]["stops_if"].place
            draft.note(place, f"no answers make this true, so '{rule.name}' never stops anything")
        elif rule.needs is not None:
            _check_members(draft, rule.needs, spot["criteria"][rule.name]["needs"], asked)
    # One that is not always in force, or is less than hard, keeps nothing shut for ever.
    for rules in _together([rule for rule in gate.criteria if rule.in_force == ALWAYS and not rule.easing], asked):
        found = turns([rule.stops_if.tree for rule in rules], asked)
        if found is not None and not any(_lets_pass(rules, turn) for turn in found):
            names = " and ".join(f"'{rule.name}'" for rule in rules)
            stops = "stop" if len(rules) > 1 else "stops"
            draft.note(spot.name, f"this gate can never open: whatever is answered, {names} {stops} it")


def _check_members(draft: Draft, group: Need, spot: Spot, asked: Asked) -> None:
    """Each member should make a difference: fail at times where all are needed, hold at times where one is enough."""
    if group.mode is None:
        return
    wants = "false" if group.mode is Mode.ALL else "true"
    for member in group.members:
        name = member.name.rpartition(".")[2]
        place, tree = spot[group.mode.value][name], member.holds_if.tree
        if not may_be(Not(operand=tree) if group.mode is Mode.ALL else tree, asked):
            draft.note(place["holds_if"].place, f"no answers make this {wants}, so '{name}' makes no difference")
        _check_members(draft, member, place, asked)


def _together(rules: Sequence[Criterion], asked: Asked) -> list[list[Criterion]]:
    """The criteria in groups that have no fact in common, so that each group passes or not by itself."""
    groups: list[tuple[set[str], list[Criterion]]] = []
    for rule in rules:
        facts, members = _facts(rule.stops_if.tree, asked), [rule]
        for group in [each for each in groups if each[0] & facts]:
            groups.remove(group)
            facts, members = facts | group[0], [*group[1], *members]
        groups.append((facts, members))
    return [members for _, members in groups]


def _facts(term: Term, asked: Asked) -> set[str]:
    """What `term` reads, and what its questions depend on."""
    found, left = set[str](), [*reads(term)]
    while left:
        name = left.pop()
        condition = asked.condition(name)
        if condition is not None and name not in found:
            left += reads(condition)
        found.add(name)
    return found


def _lets_pass(rules: Sequence[Criterion], turn: Turn) -> bool:
    """Whether a gate with these criteria, which come to this, neither stops nor holds."""
    return all(
        answer is False or (isinstance(answer, Unknown) and rule.unknown is Stance.CARRY_ON)
        for rule, answer in zip(rules, turn, strict=True)
    )


def _check_step(draft: Draft, step: Step, asked: Asked) -> None:
    written = draft.steps[step.name]
    if step.when is not None and not may_be(step.when.tree, asked):
        draft.note(written.spot["when"].place, f"no answers make this true, so '{step.name}' is never to be done")
    places = {name: page.spot[name] for page in pages(draft, written) for name in page.questions}
    for question in step.questions:
        if question.when is not None and not may_be(question.when.tree, asked):
            place = places[question.name]["when"].place
            draft.note(place, f"no answers make this true, so '{question.name}' is never asked")
