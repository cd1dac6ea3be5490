"""Who plays which part, reads what, and whose turn is it? Also where the facts are odd."""

import pytest

from sanctuary.core.access import agencies, doers, may_do, reads, turn
from sanctuary.core.events import EventKind
from sanctuary.core.facts import Facts, Silence
from sanctuary.core.scheme import ReadingRule, Reassignment, Role, StepKind, Who
from tests.unit.core.town import START, at, case, clock, did, event, rule, scheme, scope, step

CHOSEN = step("b", who=Who(chosen_in="a.who"))
ENQUIRY = step("c", kind=StepKind.ENQUIRY, asks="police")
OUTSIDER = step("c", kind=StepKind.ENQUIRY, asks="the landlord")
NOTICE = step("d", kind=StepKind.NOTICE, tells=("police", "support"))
CHANGE = Reassignment(role="support", agency="the_others", when=rule("a.x == 'yes'"))
RULES = (
    ReadingRule(compartments=("core",)),
    ReadingRule(compartments=("police",), when=rule("a.x == 'yes'"), until="b"),
)
ROLE = Role(name="housing", title="Council", reads=RULES, writes=("core",))
READER = scheme(step("a"), step("b"), roles={"housing": ROLE})
MADE = scheme(step("a"), CHOSEN, ENQUIRY, NOTICE, reassignments=(CHANGE,))


@pytest.mark.covers("N2")
def test_the_area_says_which_agency_plays_a_role_unless_a_reassignment_is_known_to_apply() -> None:
    for answer, agency in (("yes", "the_others"), ("no", "the_support"), (Silence.NOT_KNOWN, "the_support")):
        facts = case(did("a", 1, x=answer))
        assert agencies(MADE, facts, scope(MADE, facts))["support"] == agency


def test_in_an_area_that_the_scheme_does_not_have_nobody_plays_a_role() -> None:
    facts = Facts(opened_at=START, area="elsewhere")
    assert agencies(MADE, facts, scope(MADE, facts)) == {}


@pytest.mark.covers("A3", "N12")
def test_a_role_reads_while_a_rule_says_so_and_until_its_step_is_done() -> None:
    said = did("a", 1, x="yes")
    again = event(EventKind.REOPENED, 3, "b", reason="wrong")
    seen = [case(), case(did("a", 1, x="no")), case(said), case(said, did("b", 2)), case(said, did("b", 2), again)]
    read = [reads(READER, scope(READER, facts))["housing"] for facts in seen]
    core, both = frozenset({"core"}), frozenset({"core", "police"})
    assert read == [core, core, both, core, both]


@pytest.mark.parametrize(
    ("chosen", "who"),
    [
        ("police", ("police",)),
        ("a role of another version", ("housing", "police", "support")),
        (Silence.DECLINED, ("housing", "police", "support")),
    ],
)
def test_the_role_chosen_does_it_and_until_one_is_any_that_could_be(
    chosen: str | Silence, who: tuple[str, ...]
) -> None:
    assert doers(MADE, CHOSEN, case(did("a", 1, who=chosen))) == who


def test_it_is_the_turn_of_whoever_was_asked_if_that_is_a_role() -> None:
    out = case(event(EventKind.ASKED, 1, "c", role="housing"))
    assert (turn(MADE, ENQUIRY, case()), turn(MADE, ENQUIRY, out)) == (("housing",), ("police",))
    assert turn(MADE, OUTSIDER, out) == ("housing",)


def test_it_is_the_turn_of_all_who_were_told_and_have_not_confirmed_it() -> None:
    out = event(EventKind.ASKED, 1, "d", role="housing")
    assert turn(MADE, NOTICE, case(out)) == ("police", "support")
    assert turn(MADE, NOTICE, case(out, event(EventKind.ACKNOWLEDGED, 2, "d", role="police"))) == ("support",)


def test_a_step_may_be_recorded_by_whoever_does_it_is_asked_or_is_told() -> None:
    every = ("housing", "police", "support", "the landlord", "")
    may = {
        each.asks or each.name: [role for role in every if may_do(MADE, each, case(), role)]
        for each in (MADE.steps["a"], ENQUIRY, OUTSIDER, NOTICE)
    }
    assert may == {
        "a": ["housing"],
        "police": ["housing", "police"],
        "the landlord": ["housing"],
        "d": ["housing", "police", "support"],
    }


def test_time_is_charged_to_whoever_is_waited_for_or_whom_the_clock_names() -> None:
    made = scheme(ENQUIRY, clocks=(clock("c", "opened", None), clock("c", "opened", None, charged_to="the landlord")))
    out = event(EventKind.ASKED, 1, "c", role="housing")
    assert [state.charged_to for state in at(made, 0).clocks] == [("housing",), ("the landlord",)]
    assert [state.charged_to for state in at(made, 2, out).clocks] == [("police",), ("the landlord",)]
    answered = at(made, 4, out, did("c", 3, "police", x="yes"))
    assert [state.charged_to for state in answered.clocks] == [("police",), ("the landlord",)]
