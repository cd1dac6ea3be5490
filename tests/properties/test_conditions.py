"""What is so of every condition? Knowing more never overturns an answer, and what is named as missing settles it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from random import Random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from sanctuary.core.conditions import Condition, FactType, Kind, Scope, compile_condition
from sanctuary.core.facts import Silence, Unknown, Value
from tests.support import random_conditions
from tests.support.random_conditions import answer, value

RULES = 500 if os.environ.get("SHORT") else 5000
Names = Mapping[str, FactType]
Answers = Mapping[str, Any]


def conditions(seed: int) -> Any:
    """Random conditions, each with the questions it is about and a scope."""
    random = random_conditions.seeded(seed)
    for _ in range(RULES // 20):
        names = random_conditions.questions(random)
        for _ in range(20):
            condition = compile_condition(random_conditions.rule(random, names).ours, names)
            assert isinstance(condition, Condition)
            yield random, names, condition, random_conditions.scope(random, names)


def completed(random: Random, names: Names, facts: Answers) -> dict[str, Value]:
    """More answers: what was not asked or not known is now answered somehow, and all else stays."""
    found: dict[str, Value] = {}
    for name, fact in names.items():
        old = facts.get(name, Silence.NOT_KNOWN)
        if old is Silence.NOT_KNOWN:
            found |= {name: answer(random, fact)} if random.random() < 0.8 else {}
        elif fact.kind is Kind.ROWS and isinstance(old, tuple):
            found[name] = tuple(completed(random, fact.columns, row) for row in old)
        else:
            found[name] = old
    return found


def unsettled(facts: Answers, name: str) -> bool:
    """Whether "step.question", or "step.question.column" in any row, has no value."""
    step, question, *column = name.split(".")
    found = facts.get(f"{step}.{question}", Silence.NOT_KNOWN)
    if not column:
        return isinstance(found, Silence)
    return any(isinstance(row.get(column[0], Silence.NOT_KNOWN), Silence) for row in found)


def settled(random: Random, names: Names, facts: Answers, name: str) -> dict[str, Value]:
    """The same answers, but a value for `name`, in all rows where it is a column."""
    step, question, *column = name.split(".")
    fact = names[f"{step}.{question}"]
    if not column:
        return {**facts, name: value(random, fact)}
    rows = facts[f"{step}.{question}"]
    known = value(random, fact.columns[column[0]])
    return {**facts, f"{step}.{question}": tuple(_with(row, column[0], known) for row in rows)}


def _with(row: Answers, column: str, known: Value) -> Answers:
    missing = isinstance(row.get(column, Silence.NOT_KNOWN), Silence)
    return {**row, column: known} if missing else row


def test_completing_the_facts_never_changes_a_definite_answer() -> None:
    definite = 0
    for random, names, condition, scope in conditions(seed=1):
        before = condition.decide(scope)
        for _ in range(3):
            fuller = Scope(completed(random, names, scope.facts), scope.now, scope.calendar)
            after = condition.decide(fuller)
            if not isinstance(before, Unknown):
                definite += 1
                assert after is before, (condition.text, scope.facts, fuller.facts)
    assert definite > RULES / 2


def test_the_facts_named_are_missing_and_settling_them_settles_the_condition() -> None:
    undecided = 0
    for random, names, condition, first in conditions(seed=2):
        scope, answer = first, condition.decide(first)
        undecided += isinstance(answer, Unknown)
        while isinstance(answer, Unknown):
            assert answer.facts, condition.text
            assert answer.facts <= condition.reads, (condition.text, answer)
            assert all(unsettled(scope.facts, name) for name in answer.facts), (condition.text, scope.facts, answer)
            name = random.choice(sorted(answer.facts))
            scope = Scope(settled(random, names, scope.facts, name), scope.now, scope.calendar)
            answer = condition.decide(scope)
    assert undecided > RULES / 4


def test_the_same_facts_always_give_the_same_answer() -> None:
    for _, names, condition, scope in conditions(seed=3):
        again = compile_condition(condition.text, dict(reversed(names.items())))
        assert isinstance(again, Condition)
        shuffled = Scope(dict(reversed(scope.facts.items())), scope.now, scope.calendar)
        assert again.decide(shuffled) == condition.decide(scope), condition.text
        assert again == condition


def test_nothing_but_the_facts_it_says_is_read() -> None:
    for _, _, condition, scope in conditions(seed=4):
        relevant = {name: found for name, found in scope.facts.items() if name in condition.reads}
        assert condition.decide(Scope(relevant, scope.now, scope.calendar)) == condition.decide(scope), condition.text


def test_answers_of_the_wrong_type_are_never_an_error() -> None:
    """A case that moved to a newer definition may hold a text where rows are asked for now."""
    for random, names, condition, scope in conditions(seed=5):
        kinds = list(names.values())
        for _ in range(3):
            facts = {name: answer(random, random.choice(kinds)) for name in names}
            assert isinstance(condition.decide(Scope(facts, scope.now, scope.calendar)), (bool, Unknown))


WORDS = (
    "a.q0 a.q1 b.q2 b.rows0 b.rows0.exists(x, x.c0 now today true false null has( size( duration('48h')"
    " date('2026-05-01') months(3) days( exists all in not and or 'yes' \"no\" 'yes [ ] ( ) ,"
    " . ! && || ? : == != < <= > >= + - * = & ‘no’"
    " 1 2000.00 2000.5 48h - \\ $ \n {"
).split(" ")


@given(st.one_of(st.text(), st.lists(st.sampled_from(WORDS)).map(" ".join)))
def test_any_text_is_a_condition_or_a_list_of_problems(text: str) -> None:
    found = compile_condition(text, random_conditions.questions(random_conditions.seeded(6)))
    if isinstance(found, Condition):
        return
    assert found
    assert list(found) == sorted(found)
    assert all(problem.message and 0 <= problem.offset <= max(len(text), 0) for problem in found)


@given(
    st.sampled_from(["(", "!", "a.q0 == (", "[", "size(", "a.q0 ? ", "b.rows0.all(x, ", "- ", "1 + ", "a.q0 && ", "."])
)
def test_nothing_is_too_deep_or_too_long(part: str) -> None:
    assert not isinstance(compile_condition(part * 100_000, {}), Condition)
    assert not isinstance(compile_condition((part * 4_000)[:3_999], {}), Condition)


@given(st.randoms(use_true_random=False), st.data())
def test_a_damaged_rule_is_a_condition_or_a_list_of_problems(random: Random, data: st.DataObject) -> None:
    names = random_conditions.questions(random)
    text = random_conditions.rule(random, names).ours
    start, end = sorted(data.draw(st.tuples(*[st.integers(0, len(text))] * 2)))
    found = compile_condition(
        text[:start] + data.draw(st.sampled_from(["", "'", "(", "a.q0", "&&"])) + text[end:], names
    )
    assert isinstance(found, Condition) or all(problem.message for problem in found)
