"""Does a definition contradict itself? Rules that can never be so, gates that never open, two rules that both decide.

Whatever is too much to work out is let pass; a step that waits for itself is found by `order`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

from sanctuary.core.conditions.tree import Term, reads
from sanctuary.core.facts import Unknown
from sanctuary.core.findings import Finding
from sanctuary.core.scheme import ALWAYS, Criterion, Gate, Scheme, Stance, Step
from sanctuary.loader.draft import Draft, pages
from sanctuary.loader.figures import check_figures, gate_spot
from sanctuary.loader.worlds import Asked, Turn, may_be, may_both_be, turns


def check_contradictions(draft: Draft, scheme: Scheme) -> None:
    """Note every contradiction in the definition."""
    asked = Asked.of(scheme.steps.values(), scheme.calendar)
    for gate in scheme.gates.values():
        _check_gate(draft, gate, asked)
    for step in scheme.steps.values():
        _check_step(draft, step, asked)
    for each in scheme.derived:
        if isinstance(each, Finding):
            _check_finding(draft, each, asked)
    _check_reassignments(draft, scheme, asked)
    _check_closing(draft, scheme)
    check_figures(draft, scheme)


def _check_gate(draft: Draft, gate: Gate, asked: Asked) -> None:
    spot = gate_spot(draft, gate.name)
    for rule in gate.criteria:
        if not may_be(rule.stops_if.tree, asked):
            place = spot["criteria"][rule.name]["stops_if"].place
            draft.note(place, f"no answers make this true, so '{rule.name}' never stops anything")
    for rules in _together([rule for rule in gate.criteria if rule.in_force == ALWAYS], asked):
        found = turns([rule.stops_if.tree for rule in rules], asked)
        if found is not None and not any(_lets_pass(rules, turn) for turn in found):
            names = " and ".join(f"'{rule.name}'" for rule in rules)
            stops = "stop" if len(rules) > 1 else "stops"
            draft.note(spot.name, f"this gate can never open: whatever is answered, {names} {stops} it")


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


def _check_reassignments(draft: Draft, scheme: Scheme, asked: Asked) -> None:
    changes = [
        (change, draft.spot["reassignments"][number])
        for number, change in enumerate(scheme.reassignments)
        if len(scheme.reassignments) == len(draft.scheme.reassignments)
    ]
    for (one, first), (other, spot) in combinations(changes, 2):
        if one.role != other.role or one.agency == other.agency:
            continue
        if may_both_be(one.when.tree, other.when.tree, asked):
            message = f"this and line {first.place.line} can both be true; which agency is '{one.role}' then?"
            draft.note(spot["when"].place, message)


def _check_finding(draft: Draft, finding: Finding, asked: Asked) -> None:
    name = finding.name.partition(".")[2]
    spots = next(spot["findings"][name] for _, spot in draft.stages.values() if name in spot["findings"].keys)["rows"]
    rows = [(row, row.when.tree) for row in finding.rows if row.when is not None]
    for row, tree in rows:
        if not may_be(tree, asked):
            place = spots[row.name]["when"].place
            draft.note(place, f"no answers make this true, so '{row.name}' never decides anything")
    for (one, first), (other, second) in combinations(rows, 2):
        if one.value != other.value and may_both_be(first, second, asked):
            message = f"this and '{one.name}' can both be true; is it {one.value} then, or {other.value}?"
            draft.note(spots[other.name]["when"].place, message)


def _check_closing(draft: Draft, scheme: Scheme) -> None:
    """Two steps that end the case with the same answer: which of them does?"""
    first: Mapping[str, str] = {}
    for step in scheme.steps.values():
        if not step.closes_with:
            continue
        if step.closes_with in first:
            place = draft.steps[step.name].spot["closes_with"].place
            draft.note(place, f"'{first[step.closes_with]}' closes the case with this answer already")
        first = {step.closes_with: step.name, **first}
