"""By which route did the case come, and to whom does a step go that somebody may not hand in?"""

from __future__ import annotations

from dataclasses import replace

import pytest

from sanctuary.core.access import doers, turn
from sanctuary.core.events import EventKind
from sanctuary.core.facts import Facts, Silence
from sanctuary.core.known import known
from sanctuary.core.routes import Referral, Route, RouteFact, Survey, goes_to, referral_of
from sanctuary.core.scheme import Who
from tests.unit.core.town import START, case, event, scheme, step

FIRST = step("a", who=Who(roles=("housing", "police", "support")))
REFERRAL = Referral(
    step="a",
    routes=(
        Route(name="council", title="Council", roles=("housing",), agencies=None, survey=Survey.AFTER),
        Route(name="ours", title="Ours", roles=("support",), agencies=frozenset({"ours"}), survey=Survey.NEVER),
    ),
    onward="housing",
    agencies={"town": {"housing": "the_housing"}},
)
FACTS = (RouteFact(name="route.name", referral=REFERRAL), RouteFact(name="route.survey", referral=REFERRAL))
MADE = replace(scheme(FIRST, step("b")), derived=FACTS, settles=FACTS)


def told(facts: Facts) -> tuple[object, object]:
    now = known(MADE, facts, START)
    return now.get("route.name"), now.get("route.survey")


@pytest.mark.covers("N3")
def test_the_route_is_that_of_whoever_did_it_or_is_about_to() -> None:
    begun = Facts(opened_at=START, area="town", opened_by="support", opened_for="ours")
    assert told(begun) == ("ours", "never")
    assert told(Facts(opened_at=START, area="town")) == (None, None)
    assert told(case(event(EventKind.DONE, 1, "a", role="housing", agency="x"))) == ("council", "after")
    assert told(case(event(EventKind.PASSED_ON, 1, "a", to="housing"))) == ("council", "after")
    none = case(event(EventKind.DONE, 1, "a", role="police", agency="x"))
    assert told(none) == (Silence.NOT_APPLICABLE, Silence.NOT_APPLICABLE)


def test_somebody_without_a_route_passes_it_on() -> None:
    facts = case()
    assert goes_to(MADE, FIRST, facts, "police", "x") == "housing"
    assert goes_to(MADE, FIRST, facts, "support", "theirs") == "housing"
    assert goes_to(MADE, FIRST, facts, "support", "ours") == ""
    assert goes_to(MADE, MADE.steps["b"], facts, "police", "x") == ""


def test_whoever_it_was_passed_on_to_may_hand_it_in_with_or_without_a_route() -> None:
    passed = case(event(EventKind.PASSED_ON, 1, "a", to="police"))
    assert goes_to(MADE, FIRST, passed, "police", "x") == ""
    assert turn(MADE, FIRST, passed) == doers(MADE, FIRST, passed) == ("police",)


def test_a_role_that_is_no_more_leaves_the_step_to_those_named() -> None:
    passed = case(event(EventKind.PASSED_ON, 1, "a", to="gone"))
    assert doers(MADE, FIRST, passed) == FIRST.who.roles


def test_without_routes_everybody_who_does_the_first_step_refers() -> None:
    plain = scheme(FIRST)
    assert referral_of(plain) is None
    assert goes_to(plain, FIRST, case(), "police", "x") == ""


def test_it_is_told_in_words() -> None:
    name, survey = FACTS
    assert name.labels == {"council": "Council", "ours": "Ours"}
    assert set(survey.labels) == {each.value for each in Survey}
    assert name.title != survey.title
