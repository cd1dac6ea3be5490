"""Who plays which part in a case, and what may each part read and do? Not whether a person holds the part (records)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from sanctuary.core.conditions import Scope
from sanctuary.core.facts import Facts
from sanctuary.core.scheme import ReadingRule, Scheme, Step


def agencies(scheme: Scheme, facts: Facts, scope: Scope) -> Mapping[str, str]:
    """Role -> agency for this case: the area's own, unless a reassignment is known to apply."""
    area = scheme.areas.get(facts.area)
    parts = dict(area.agencies) if area else {}
    for change in scheme.reassignments:
        if change.when.decide(scope) is True:
            parts[change.role] = change.agency
    return parts


def reads(scheme: Scheme, scope: Scope) -> Mapping[str, frozenset[str]]:
    """Role -> compartments that it may read now. A rule that is not known to hold grants nothing."""
    return {
        name: always.union(*[rule.compartments for rule in rules if _holds(rule, scope)])
        for name, always, rules in _reading(scheme)
    }


@lru_cache(maxsize=64)
def _reading(scheme: Scheme) -> tuple[tuple[str, frozenset[str], tuple[ReadingRule, ...]], ...]:
    """The roles, what each may read whatever happens, and its rules for the rest."""
    return tuple(
        (
            name,
            frozenset(part for rule in role.reads if _is_settled(rule) for part in rule.compartments),
            tuple(rule for rule in role.reads if not _is_settled(rule)),
        )
        for name, role in scheme.roles.items()
    )


def _is_settled(rule: ReadingRule) -> bool:
    return rule.when is None and not rule.until


def _holds(rule: ReadingRule, scope: Scope) -> bool:
    is_over = bool(rule.until) and f"done.{rule.until}" in scope.facts
    return not is_over and (rule.when is None or rule.when.decide(scope) is True)


def doers(scheme: Scheme, step: Step, facts: Facts) -> tuple[str, ...]:
    """The roles that do `step`: the one it was passed on to; else those named, or the one chosen.

    Until one is chosen, every one that could be.
    """
    onward = facts.passed_on.get(step.name, "")
    if onward in scheme.roles:
        return (onward,)
    if not step.who.chosen_in:
        return step.who.roles
    chosen = facts.answers.get(step.who.chosen_in)
    could_be = scheme.names[step.who.chosen_in].options
    return (chosen,) if isinstance(chosen, str) and chosen in could_be else could_be


def gone_out(step: Step, facts: Facts) -> bool:
    """Whether the enquiry or notice was sent; one that can be done again, whether it was since it was last done."""
    comes_back = step.any_time or step.every is not None
    return step.name in facts.asked and not (comes_back and step.name in facts.done)


def turn(scheme: Scheme, step: Step, facts: Facts) -> tuple[str, ...]:
    """The roles whose move it is: whoever was asked or told, once that has gone out; else those who do the step."""
    if step.name in facts.asked and gone_out(step, facts):
        if step.tells:
            seen = facts.acknowledged.get(step.name, frozenset())
            return tuple(role for role in step.tells if role not in seen)
        if step.asks in scheme.roles:
            return (step.asks,)
    return doers(scheme, step, facts)


def may_do(scheme: Scheme, step: Step, facts: Facts, role: str) -> bool:
    """Whether `role` may record `step`: as its doer, or as the role that it asks or tells."""
    asked = role == step.asks and role in scheme.roles
    return asked or role in doers(scheme, step, facts) or role in step.tells
