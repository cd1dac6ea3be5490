"""Is what follows from the answers known beside them, and does what is undecided name the answers behind it?"""

from __future__ import annotations

from dataclasses import replace

from sanctuary.core.conditions import Condition, FactType, Kind, compile_condition
from sanctuary.core.facts import Facts, Silence, Value
from sanctuary.core.findings import Finding, FindingRow
from sanctuary.core.known import informed, known, settle
from sanctuary.core.progress import evaluate
from sanctuary.core.scheme import Scheme, Who
from tests.unit.core import town

NAMES = {**town.NAMES, "found.decides": FactType(kind=Kind.CHOICE, options=("housing", "support"))}


def rule(text: str) -> Condition:
    condition = compile_condition(text, NAMES)
    assert isinstance(condition, Condition), condition
    return condition


def decides(otherwise: str = "") -> Finding:
    rows = [FindingRow(name="one", value="housing", when=rule("a.x == 'yes'"))]
    rows += [FindingRow(name="two", value="support", when=rule("a.y == 'yes'"))]
    rows += [FindingRow(name="rest", value=otherwise)] if otherwise else []
    reads = frozenset({"a.x", "a.y"})
    return Finding(name="found.decides", title="Who decides", rows=tuple(rows), reads=reads)


def scheme(finding: Finding) -> Scheme:
    gate = town.gate("one", ("b",), town.criterion("shut", "a.x == 'no'"))
    stops_if = rule("found.decides == 'housing'")
    read = replace(gate, criteria=tuple(replace(each, stops_if=stops_if) for each in gate.criteria))
    made = town.scheme(town.step("a"), town.step("b"), gates=[read])
    return replace(made, names=NAMES, derived=(finding,), settles=(finding, read))


def facts(**answers: Value) -> Facts:
    return Facts(opened_at=town.START, area="town", answers={f"a.{name}": value for name, value in answers.items()})


def test_the_row_that_holds_says_what_is_found() -> None:
    for answers, found in (({"x": "yes"}, "housing"), ({"x": "no", "y": "yes"}, "support")):
        assert known(scheme(decides()), facts(**answers), town.START)["found.decides"] == found


def test_where_no_row_holds_there_is_the_last_or_nothing_applies() -> None:
    none = facts(x="no", y="no")
    assert known(scheme(decides()), none, town.START)["found.decides"] is Silence.NOT_APPLICABLE
    assert known(scheme(decides("support")), none, town.START)["found.decides"] == "support"


def test_undecided_it_is_not_known_and_the_gate_names_the_answers_behind_it() -> None:
    one = settle(scheme(decides()), facts(x="no"), town.START)
    assert "found.decides" not in one.scope.facts
    assert one.behind == {"found.decides": frozenset({"a.y"})}
    assert one.verdicts["one"].undecided == frozenset({"a.y"})
    assert "a.y" in evaluate(scheme(decides()), facts(x="no"), town.START).unknown


def test_what_was_found_earlier_does_not_outlive_the_answers() -> None:
    made = scheme(decides())
    earlier = informed(made, facts(x="yes"), town.START)
    assert earlier.answers["found.decides"] == "housing"
    later = replace(earlier, answers={**earlier.answers, "a.x": Silence.NOT_KNOWN})
    assert "found.decides" not in informed(made, later, town.START).answers


def test_who_does_a_step_may_be_found() -> None:
    made = scheme(decides("support"))
    by_rule = replace(made.steps["b"], who=Who(chosen_in="found.decides"))
    made = replace(made, steps={**made.steps, "b": by_rule}, settles=made.derived, gates={})
    open_ = {place.step: place.who for place in evaluate(made, facts(x="no", y="no"), town.START).open}
    assert open_["b"] == ("support",)


def test_the_facts_of_a_scheme_without_any_are_the_cases_own() -> None:
    plain = town.scheme(town.step("a"))
    given = facts(x="yes")
    assert informed(plain, given, town.START) is given
