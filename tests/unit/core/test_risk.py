"""Is the risk what the assessment done last says, whichever tool it used, and is it noticed when that changes?"""

from dataclasses import replace

import pytest

from sanctuary.core.consequences import consequences
from sanctuary.core.events import Event, EventKind, fold
from sanctuary.core.facts import Facts, Silence, Unknown
from sanctuary.core.risk import CHANGED, Risk, RiskFact, RiskTool
from sanctuary.core.wording import Wording
from tests.unit.core.town import case, did, event, scheme, scope, step

DASH = RiskTool(name="dash", title="DASH", version="2009", gives={"medium": "medium", "high": "high"})
OTHER = RiskTool(name="other", title="Other", version="1", gives={"some_concern": "medium", "none": "standard"})
RISK = Risk(
    levels={"standard": "Standard", "medium": "Medium", "high": "High"},
    tools={"dash": DASH, "other": OTHER},
    asked_in=("a.risk", "b.risk"),
    reopens=("c", "d"),
)
LEVEL, TOOL = RiskFact(part="level", risk=RISK), RiskFact(part="tool", risk=RISK)
MADE = scheme(step("a"), step("b"), step("c"), derived=(LEVEL, TOOL))


def found(fact: RiskFact, *happened: Event | list[Event]) -> object:
    facts = case(*happened)
    return fact.decide(facts, scope(MADE, facts))


def test_every_result_of_every_tool_can_be_chosen_in_words() -> None:
    assert RISK.options() == {
        "dash_medium": "DASH (2009): medium",
        "dash_high": "DASH (2009): high",
        "other_some_concern": "Other (1): some concern",
        "other_none": "Other (1): none",
    }
    assert (LEVEL.name, TOOL.name, LEVEL.reads) == ("risk.level", "risk.tool", {"a.risk", "b.risk"})


@pytest.mark.parametrize(
    ("floor", "ceiling", "outside"),
    [
        ("medium", "", ("standard",)),
        ("", "medium", ("high",)),
        ("medium", "medium", ("standard", "high")),
        ("standard", "high", ()),
    ],
)
def test_what_is_below_the_floor_or_above_the_ceiling_is_outside(
    floor: str, ceiling: str, outside: tuple[str, ...]
) -> None:
    assert RISK.outside(floor, ceiling) == outside


def test_the_assessment_done_last_counts_whichever_question_it_answers() -> None:
    first, second = did("a", 1, risk="dash_high"), did("b", 2, risk="other_some_concern")
    assert (found(LEVEL, first, second), found(TOOL, first, second)) == ("medium", "other")
    assert found(LEVEL, second, did("a", 3, risk="dash_high")) == "high"
    assert found(LEVEL, did("a", 1, risk="dash_high"), did("b", 1, risk="dash_medium")) == "medium"


def test_what_no_assessment_says_is_to_be_asked() -> None:
    unknown = Unknown(frozenset({"a.risk"}))
    assert found(LEVEL) == unknown
    assert found(LEVEL, did("b", 1, risk=Silence.NOT_APPLICABLE)) == unknown
    assert found(LEVEL, did("a", 1, risk=Silence.NOT_APPLICABLE)) == Unknown(frozenset({"b.risk"}))
    never = [did(name, 1, risk=Silence.NOT_APPLICABLE) for name in "ab"]
    assert found(LEVEL, *never) is Silence.NOT_APPLICABLE
    assert found(LEVEL, did("a", 1, risk="dash_high"), did("b", 2, risk=Silence.NOT_KNOWN)) == Unknown(
        frozenset({"b.risk"})
    )
    assert found(TOOL, did("a", 1, risk="gone_medium")) == unknown


def reopened(*happened: Event | list[Event], step_: str = "b") -> list[tuple[str, str]]:
    facts = case(*happened)
    events = consequences(MADE, facts, MADE.steps[step_], facts.opened_at)
    return [(each.step, each.reason) for each in events]


def test_another_level_reopens_what_rested_on_it_and_was_done() -> None:
    story = [did("a", 1, risk="dash_high"), did("c", 2)]
    assert reopened(*story, did("b", 3, risk="other_some_concern")) == [("c", CHANGED)]
    assert reopened(*story, did("b", 3, risk="dash_high")) == []
    assert reopened(*story, step_="c") == []


def test_a_first_assessment_and_one_that_comes_to_nothing_change_nothing() -> None:
    assert reopened(did("c", 1), did("b", 2, risk="dash_high")) == []
    assert reopened(did("a", 1, risk="dash_high"), did("c", 2), did("b", 3, risk=Silence.NOT_KNOWN)) == []


def test_an_assessment_done_again_is_compared_with_what_it_said_before() -> None:
    story = [did("b", 1, risk="dash_high"), did("c", 2)]
    assert reopened(*story, did("b", 3, risk="dash_medium")) == [("c", CHANGED)]
    assert reopened(*story, did("b", 3, risk="dash_high")) == []
    again = event(EventKind.REOPENED, 3, "b", reason="A mistake")
    assert reopened(*story, again, did("b", 4, risk="dash_medium")) == [("c", CHANGED)]


def test_a_scheme_that_measures_no_risk_reopens_nothing_for_it() -> None:
    facts = case(did("a", 1, risk="dash_high"), did("b", 2, risk="dash_medium"), did("c", 2))
    assert consequences(replace(MADE, derived=()), facts, MADE.steps["b"], facts.opened_at) == ()


def test_what_was_erased_was_never_assessed() -> None:
    start = Facts(opened_at=case().opened_at, area="town")
    blank = [Event(kind=EventKind.ANSWERED, at=start.opened_at), Event(kind=EventKind.DONE, at=start.opened_at)]
    facts = fold(blank, start)
    assert LEVEL.decide(facts, scope(MADE, facts)) == Unknown(frozenset({"a.risk"}))


def test_the_level_and_the_tool_are_told_in_words() -> None:
    words = Wording(scheme=MADE)
    assert words.value("risk.level", "high") == "“High”"
    assert words.value("risk.tool", "dash") == "“DASH (2009)”"
    assert (words.fact("risk.level"), words.fact("risk.tool")) == (
        "The level of risk",
        "The tool that the risk was assessed with",
    )
