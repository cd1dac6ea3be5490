"""Is no way missed in which conditions may turn out? Random conditions, whatever is answered, and at any time."""

from __future__ import annotations

from itertools import pairwise

from sanctuary.core.conditions import Condition, compile_condition
from sanctuary.core.facts import Unknown
from sanctuary.loader.worlds import Asked, may_be, may_both_be, turns
from tests.support import random_conditions
from tests.support.proof import figure, length

ANYTHING = Asked(questions={}, calendar=random_conditions.CALENDAR)
SETS = length(full=150, short=15)


def told(answer: bool | Unknown) -> bool | None:
    """True, False, or None for what is unknown for whatever reason."""
    return answer if isinstance(answer, bool) else None


def conditions(seed: int) -> tuple[random_conditions.Random, dict[str, object], list[Condition]]:
    """Random conditions about the same questions."""
    random = random_conditions.seeded(seed)
    names = random_conditions.questions(random)
    rules = [compile_condition(random_conditions.rule(random, names).ours, names) for _ in range(12)]
    return random, names, [rule for rule in rules if isinstance(rule, Condition)]


def test_what_answers_make_of_two_conditions_is_always_among_their_turns() -> None:
    looked = 0
    for seed in range(SETS):
        random, names, rules = conditions(seed)
        scopes = [random_conditions.scope(random, names) for _ in range(40)]
        for one, other in pairwise(rules):
            found = turns([one.tree, other.tree], ANYTHING)
            if found is None:
                continue
            known = {tuple(map(told, turn)) for turn in found}
            for scope in scopes:
                assert (told(one.decide(scope)), told(other.decide(scope))) in known, (one.text, other.text, scope)
                looked += 1
    figure(f"{looked:,} ways in which two conditions turned out, all of them foreseen")
    assert looked > SETS * 100


def test_what_never_is_so_is_never_so() -> None:
    for seed in range(SETS):
        random, names, rules = conditions(seed)
        scopes = [random_conditions.scope(random, names) for _ in range(40)]
        for rule in rules:
            never = not may_be(rule.tree, ANYTHING)
            assert not (never and any(rule.decide(scope) is True for scope in scopes)), rule.text
            both = may_both_be(rule.tree, rule.tree, ANYTHING)
            assert not (both and never), rule.text
