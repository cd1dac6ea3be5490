"""Do our conditions decide as CEL does? Google's own engine answers the same random rules from the same answers."""

from __future__ import annotations

import os
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanctuary.core.conditions import Condition, FactType, compile_condition
from sanctuary.core.facts import Unknown
from tests.support import random_conditions
from tests.support.cel_oracle import oracle
from tests.support.proof import figure

# A longer search: CONDITION_PAIRS=1000000 CONDITION_SEED=2 pytest tests/properties/test_conditions_against_cel.py
PAIRS = int(os.environ.get("CONDITION_PAIRS") or ("5000" if os.environ.get("SHORT") else "100000"))
SEED = int(os.environ.get("CONDITION_SEED", "20260501"))
RULES_A_FORM, SCOPES_A_RULE = 50, 12


def agreed(random: Random, names: dict[str, FactType], scopes: int) -> list[bool | None]:
    """What both engines say of a random rule in some random scopes."""
    rule = random_conditions.rule(random, names)
    condition, decided = compile_condition(rule.ours, names), oracle(rule.cel)
    assert isinstance(condition, Condition), (rule.ours, condition)
    read = {name: fact for name, fact in names.items() if name in condition.reads}
    answers: list[bool | None] = []
    for _ in range(scopes):
        scope = random_conditions.scope(random, read)
        answer = condition.decide(scope)
        answers.append(None if isinstance(answer, Unknown) else answer)
        assert answers[-1] is decided(scope), (rule, scope.facts, scope.now)
    return answers


@pytest.mark.slow
def test_no_rule_is_decided_otherwise_than_by_cel() -> None:
    random = random_conditions.seeded(SEED)
    counted: dict[bool | None, int] = {True: 0, False: 0, None: 0}
    while sum(counted.values()) < PAIRS:
        names = random_conditions.questions(random)
        for _ in range(RULES_A_FORM):
            for answer in agreed(random, names, SCOPES_A_RULE):
                counted[answer] += 1
    figure(
        f"{sum(counted.values()):,} pairs agree with CEL "
        f"({counted[True]:,} true, {counted[False]:,} false, {counted[None]:,} unknown)"
    )
    assert min(counted.values()) > PAIRS / 10, "the pairs are too much of one sort to show anything"


@given(st.randoms(use_true_random=False))
def test_the_smallest_disagreement_with_cel_is_found(random: Random) -> None:
    agreed(random, random_conditions.questions(random), scopes=1)
