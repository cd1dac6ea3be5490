"""Do two rules of a definition both decide? Reassignments, findings, tracks and the steps that close a case."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations

from sanctuary.core.conditions import Condition
from sanctuary.core.findings import Finding
from sanctuary.core.scheme import Scheme
from sanctuary.loader.draft import Draft, Spot
from sanctuary.loader.worlds import Asked, may_be, may_both_be


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """Something that is decided where `when` is true: `says` what, and `spot` is where the condition is written."""

    name: str
    says: str
    when: Condition
    spot: Spot


def check_clashes(draft: Draft, scheme: Scheme, asked: Asked) -> None:
    """Note every two rules that can both be true and do not say the same, and rules that can never be true."""
    for rules in (*_reassigned(draft, scheme), *_found(draft, scheme), _tracks(draft, scheme)):
        for rule in rules:
            if not may_be(rule.when.tree, asked):
                draft.note(rule.spot.place, f"no answers make this true, so {rule.name} never decides anything")
        for one, other in combinations(rules, 2):
            if one.says != other.says and may_both_be(one.when.tree, other.when.tree, asked):
                which = f"is it {one.says} then, or {other.says}?"
                draft.note(other.spot.place, f"this and {one.name} can both be true; {which}")
    _check_closing(draft, scheme)


def _reassigned(draft: Draft, scheme: Scheme) -> Iterable[list[Rule]]:
    """The agencies that may play each role."""
    roles: dict[str, list[Rule]] = {}
    # One that was not understood is not among them, and then their places are not known either.
    if len(scheme.reassignments) == len(draft.scheme.reassignments):
        for number, change in enumerate(scheme.reassignments):
            spot = draft.spot["reassignments"][number]
            rule = Rule(name=f"line {spot.place.line}", says=change.agency, when=change.when, spot=spot["when"])
            roles.setdefault(change.role, []).append(rule)
    return roles.values()


def _found(draft: Draft, scheme: Scheme) -> Iterable[list[Rule]]:
    """The rows of each finding."""
    for finding in scheme.derived:
        if isinstance(finding, Finding):
            spots = _written(draft, "findings", finding.name.partition(".")[2])["rows"]
            yield [
                Rule(name=f"'{row.name}'", says=row.value, when=row.when, spot=spots[row.name]["when"])
                for row in finding.rows
                if row.when is not None
            ]


def _tracks(draft: Draft, scheme: Scheme) -> list[Rule]:
    """The tracks that a case may take."""
    return [
        Rule(name=f"'{track.name}'", says=track.name, when=track.when, spot=spot["when"])
        for track in scheme.tracks
        for spot in [_written(draft, "tracks", track.name)]
    ]


def _written(draft: Draft, key: str, name: str) -> Spot:
    return next(spot[key][name] for _, spot in draft.stages.values() if name in spot[key].keys)


def _check_closing(draft: Draft, scheme: Scheme) -> None:
    """Two steps that end the case with the same answer: which of them does?"""
    first: Mapping[str, str] = {}
    for step in scheme.steps.values():
        if step.closes_with in first:
            place = draft.steps[step.name].spot["closes_with"].place
            draft.note(place, f"'{first[step.closes_with]}' closes the case with this answer already")
        elif step.closes_with:
            first = {**first, step.closes_with: step.name}
