"""Do our conditions decide as CEL does? Google's own engine answers the same random rules from the same answers."""

from __future__ import annotations

import os
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from sanctuary.core.conditions import Condition, Problem, compile_condition
from sanctuary.core.facts import Unknown
from tests.support import random_conditions
from tests.support.cel_oracle import oracle

PAIRS = int(os.environ.get("CONDITION_PAIRS", "100000"))
RULES_A_FORM, SCOPES_A_RULE = 50, 8
SEED = int(os.environ.get("CONDITION_SEED", "20260501"))


def ours(condition: Condition, scope: random_conditions.Scope) -> bool | None:
    answer = condition.decide(scope)
    return None if isinstance(answer, Unknown) else answer


def test_no_rule_is_decided_otherwise_than_by_cel() -> None:
    random = Random(SEED)
    counted = {True: 0, False: 0, None: 0}
    while sum(counted.values()) < PAIRS:
        names = random_conditions.questions(random)
        for _ in range(RULES_A_FORM):
            rule = random_conditions.rule(random, names)
            condition, decided = compile_condition(rule.ours, names), oracle(rule.cel)
            assert isinstance(condition, Condition), (rule.ours, condition)
            for _ in range(SCOPES_A_RULE):
                scope = random_conditions.scope(random, names)
                answer = ours(condition, scope)
                assert answer is decided(scope), (rule, scope.facts, scope.now)
                counted[answer] += 1
    print(f"{sum(counted.values()):,} pairs agree with CEL: {counted}")
    assert min(counted.values()) > PAIRS / 10
