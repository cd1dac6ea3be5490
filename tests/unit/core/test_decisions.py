"""What do opinions come to, whoever speaks first? Also where one is declined, or nobody is asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import permutations, product

import pytest

from sanctuary.core.conditions import FactType, Kind, Scope, compile_condition
from sanctuary.core.decisions import Conflict, Decision, Opinion, Rule, Voice
from sanctuary.core.facts import Facts, Silence, Unknown, Value
from sanctuary.core.progress import evaluate
from tests.unit.core.town import CALENDAR, NAMES, START, after, case, did, rule, scheme, step

SAID = ("yes", "no", Silence.NOT_KNOWN, Silence.NOT_APPLICABLE, None)


def decision(kind: Rule, *facts: str, quorum: int = 2) -> Decision:
    opinions = tuple(Opinion(fact=fact) for fact in facts or ("a.x", "b.x", "c.x"))
    return Decision(
        name="decided.go",
        title="Go?",
        opinions=opinions,
        agrees=frozenset({"yes"}),
        rule=kind,
        quorum=quorum,
    )


def decided(one: Decision, said: Mapping[str, Value | None]) -> Value | Unknown:
    told = {fact: value for fact, value in said.items() if value is not None}
    return one.decide(Facts(opened_at=START, area="town"), Scope(told, START, CALENDAR))


@pytest.mark.parametrize("kind", Rule)
def test_it_makes_no_difference_who_speaks_first(kind: Rule) -> None:
    for said in product(SAID, repeat=3):
        told = dict(zip(("a.x", "b.x", "c.x"), said, strict=True))
        value = decided(decision(kind), told)
        assert all(decided(decision(kind, *order), told) == value for order in permutations(told))


@pytest.mark.parametrize("kind", Rule)
def test_what_is_decided_names_nobody_and_what_is_not_names_who_is_awaited(kind: Rule) -> None:
    for said in product(SAID, repeat=3):
        told = dict(zip(("a.x", "b.x", "c.x"), said, strict=True))
        value = decided(decision(kind), told)
        if isinstance(value, Unknown):
            assert value.facts == {fact for fact, one in told.items() if one in (None, Silence.NOT_KNOWN)}
            assert value.facts
        else:
            assert value in ("agreed", "refused", "conflicting", Silence.NOT_APPLICABLE)


def test_where_nobody_is_asked_there_is_nothing_to_decide() -> None:
    assert decided(decision(Rule.JOINT, "a.x"), {"a.x": Silence.NOT_APPLICABLE}) is Silence.NOT_APPLICABLE


def test_nobodys_silence_is_taken_for_a_word() -> None:
    value = decided(decision(Rule.JOINT), {"a.x": "yes", "b.x": "yes", "c.x": Silence.DECLINED})
    assert value == Unknown(frozenset({"c.x"}))


def test_while_it_is_not_known_whether_somebody_is_asked_that_is_what_is_awaited() -> None:
    opinions = (Opinion(fact="b.x"), Opinion(fact="c.x", when=rule("a.y == 'yes'")))
    one = Decision(
        name="decided.go", title="Go?", opinions=opinions, agrees=frozenset({"yes"}), rule=Rule.UNANIMOUS, quorum=0
    )
    assert one.reads == {"b.x", "c.x", "a.y"}
    assert decided(one, {"b.x": "yes"}) == Unknown(frozenset({"a.y"}))
    assert decided(one, {"b.x": "yes", "a.y": "no"}) == "agreed"
    assert decided(one, {"b.x": "yes", "a.y": "yes", "c.x": "no"}) == "refused"


def test_what_waited_for_a_decision_is_open_since_the_opinion_that_settled_it() -> None:
    names = {**NAMES, "decided.go": FactType(kind=Kind.CHOICE, options=("agreed", "refused"))}
    when = compile_condition("decided.go == 'agreed'", names)
    one = decision(Rule.UNANIMOUS)
    plain = scheme(*(step(name) for name in "abcd"))
    waiting = replace(plain.steps["d"], when=when)  # type: ignore[arg-type]
    made = replace(plain, steps={**plain.steps, "d": waiting}, derived=(one,), settles=(one,))
    facts = case(did("a", 1, x="yes"), did("b", 2, x="yes"), did("c", 3, x="yes"))
    assert [(place.step, place.since) for place in evaluate(made, facts, after(4)).open] == [("d", after(3))]


def test_progress_names_each_opinion_that_conflicts_and_who_gave_it() -> None:
    one = decision(Rule.JOINT)
    made = replace(scheme(*(step(name) for name in "abc")), derived=(one,), settles=(one,))
    facts = case(did("a", 1, x="yes"), did("b", 2, x="no"))
    voices = (
        Voice(fact="a.x", step="a", role="housing"),
        Voice(fact="b.x", step="b", role="housing"),
    )
    assert evaluate(made, facts, START).conflicts == (Conflict(decision="go", voices=voices),)
    assert evaluate(made, case(did("a", 1, x="yes")), START).conflicts == ()


def test_it_is_told_in_words() -> None:
    assert set(decision(Rule.JOINT).labels) == {"agreed", "refused", "conflicting"}
