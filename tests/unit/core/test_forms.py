"""Is a form read as a person means it: what applies, what is missing, what it adds up to, and where it lies?"""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from sanctuary.core.answers import Plain
from sanctuary.core.facts import Silence, Unknown, Value
from sanctuary.core.findings import Finding
from sanctuary.core.forms import (
    Reading,
    applies,
    compartment_of,
    compartments_of_fact,
    hand_in,
    parted,
    read,
    sum_up,
)
from sanctuary.core.scheme import InForce, QuestionType, Section, Step, Total
from tests.unit.core.town import CALENDAR, START, period, question, rule, scheme, step

T = QuestionType
BALANCE = Total(name="balance", title="Left", add=("wage", "gift"), subtract=("rent",), per="month")
FORM = step(
    "a",
    sections=(
        Section(name="home", title="Home", questions=(question("x"), question("y", when=rule("a.x == 'yes'")))),
        Section(
            name="money",
            title="Money",
            questions=(
                question("wage", T.AMOUNT, compartment="police", optional=True),
                question("gift", T.MONEY, optional=True, allow=(Silence.NOT_KNOWN, Silence.DECLINED)),
                question("rent", T.AMOUNT, optional=True),
            ),
            totals=(BALANCE,),
        ),
    ),
)
WAGE = {"amount": Decimal("100.00"), "per": "week"}
RENT = {"amount": Decimal("50.00"), "per": "month"}


def typed(form: Step = FORM, answers: dict[str, Value] | None = None, *, drafting: bool = False, section: str = "",
          **plain: Plain) -> Reading:  # fmt: skip
    return read(form, plain, answers or {}, START, CALENDAR, drafting=drafting, section=section)


def test_what_is_needed_and_was_not_answered_is_a_fault() -> None:
    assert typed().faults == {"x": "Select yes or no for ‘What is x?’"}
    assert typed(x="yes").faults == {"y": "Select yes or no for ‘What is y?’"}
    assert typed(x="yes", y="no").faults == {}


def test_what_does_not_apply_is_answered_so_whatever_was_typed() -> None:
    assert typed(x="no", y="yes").answers["y"] is Silence.NOT_APPLICABLE
    assert typed(x="no", y="nonsense").faults == {}


def test_while_drafting_nothing_is_missing_but_what_is_wrong_is_wrong() -> None:
    assert typed(drafting=True).faults == {}
    assert typed(drafting=True, x="perhaps").faults == {"x": "Select yes or no for ‘What is x?’"}


def test_what_the_form_does_not_ask_is_a_fault() -> None:
    assert typed(x="no", z="yes").faults == {"z": "This is not a question of the form"}
    assert typed(section="money", x="no").faults == {"x": "This is not a question of the form"}


def test_a_section_is_read_on_top_of_what_the_others_said() -> None:
    money = typed(section="money", answers={"a.x": "yes", "a.wage": WAGE}, rent="£50 a month")
    assert money.answers == {"rent": RENT, "balance": Decimal("383.33")}


def test_whether_a_question_applies_may_not_be_known() -> None:
    second = FORM.questions[1]
    assert applies(second, {}, START, CALENDAR) == Unknown(frozenset({"a.x"}))
    assert [applies(second, {"a.x": answer}, START, CALENDAR) for answer in ("yes", "no")] == [True, False]
    elsewhere = step("a", question("y", when=rule("b.x == 'yes'")))
    assert (typed(elsewhere).answers, typed(elsewhere).faults) == ({}, {})
    assert typed(elsewhere, y="no").answers == {"y": "no"}


def test_a_question_is_asked_on_its_days_only() -> None:
    today = START.date()
    dated = [InForce(end=today), InForce(start=today), InForce(end=date(2026, 3, 1)), InForce(start=date(2026, 3, 3))]
    asked = [applies(question("x", in_force=days), {}, START, CALENDAR) for days in dated]
    assert asked == [True, True, False, False]


def test_faults_stand_at_the_part_that_is_wrong() -> None:
    child = question("children", T.ROWS, columns=(question("age", T.NUMBER), question("born", T.DATE, optional=True)))
    form = step("a", child, question("since", T.DATE))
    reading = typed(
        form, children=[{"age": "3"}, {"age": "three"}], since={"day": "3", "month": "x", "year": "2026"}
    )  # fmt: skip
    assert set(reading.faults) == {"children-1-age", "since-month"}


def test_drafts_are_handed_in_only_once_all_that_is_needed_is_there() -> None:
    drafts: dict[str, Value] = {"a.x": "yes", "a.wage": WAGE, "b.y": "yes"}
    missing = hand_in(FORM, drafts, {}, START, CALENDAR)
    assert set(missing.faults) == {"y"}
    whole = hand_in(FORM, {**drafts, "a.y": "no"}, {}, START, CALENDAR)
    assert whole == Reading(
        answers={"x": "yes", "y": "no", "wage": WAGE, "balance": Decimal("433.33")}, faults={}
    )  # fmt: skip


@pytest.mark.parametrize(
    ("given", "total"),
    [
        ({}, Decimal("0.00")),
        ({"wage": WAGE}, Decimal("433.33")),
        ({"wage": WAGE, "rent": RENT, "gift": Decimal("10.00")}, Decimal("393.33")),
        ({"rent": RENT}, Decimal("-50.00")),
        ({"wage": Silence.NOT_APPLICABLE, "rent": RENT}, Decimal("-50.00")),
        ({"wage": WAGE, "gift": Silence.NOT_KNOWN}, Silence.NOT_KNOWN),
        ({"wage": WAGE, "gift": Silence.DECLINED}, Silence.NOT_KNOWN),
    ],
)
def test_a_total_adds_takes_away_and_is_not_known_while_a_part_of_it_is_not(
    given: dict[str, Value], total: Value
) -> None:
    assert sum_up(BALANCE, given) == total


@pytest.mark.covers("A3")
def test_answers_lie_in_their_own_compartments_and_a_total_with_its_first_amount() -> None:
    assert [compartment_of(FORM, name) for name in ("x", "wage", "balance", "elsewhere")] == [
        "core", "police", "police", "core",
    ]  # fmt: skip
    answers: dict[str, Value] = {"x": "yes", "wage": WAGE, "y": "no", "balance": Decimal("1.00")}
    assert parted(FORM, answers) == ({"x": "yes", "y": "no"}, {"wage": WAGE, "balance": Decimal("1.00")})


def test_a_fact_lies_with_its_question_and_what_happened_lies_in_the_first_compartment() -> None:
    made = scheme(FORM)
    names = ("a.wage", "done.a", "gate.one")
    assert [compartments_of_fact(made, name) for name in names] == [{"police"}, {"core"}, {"core"}]


def test_a_derived_fact_tells_of_all_that_it_rests_on() -> None:
    made = scheme(step("a", replace(question("wage"), compartment="police")), step("b", question("y")))
    finding = Finding(name="found.one", title="One", rows=(), reads=frozenset({"a.wage", "b.y"}))
    again = Finding(name="found.two", title="Two", rows=(), reads=frozenset({"found.one"}))
    assert compartments_of_fact(replace(made, derived=(finding, again)), "found.two") == {"police", "core"}


def test_a_period_of_one_is_said_in_the_singular() -> None:
    assert (str(period(1)), str(period(0))) == ("1 day", "0 days")
