"""Does a good definition become the scheme that it describes?"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from sanctuary.core.clocks import Period, Unit
from sanctuary.core.conditions import FactType, Kind
from sanctuary.core.events import fold
from sanctuary.core.scheme import ALWAYS, Stance, StepKind, Who
from sanctuary.core.stages import Stage
from sanctuary.loader import load, load_all
from sanctuary.loader.calendar import england_and_wales
from sanctuary.loader.casefile import read_case
from sanctuary.loader.files import lineage
from tests.support.definitions import SCHEMES, SMALL, change, copy_small, small_scheme, told


def test_the_small_scheme_has_no_problems() -> None:
    assert told(SMALL, load(SMALL)) == []


def test_steps_stand_in_reading_order_with_their_stages_and_kinds() -> None:
    steps = small_scheme().steps
    assert list(steps) == [
        "referral", "choice", "police_answer", "visit_home", "decision", "yes_letter", "told", "plan", "works",
        "first_visit", "keeping_in_touch", "conference", "closure",
    ]  # fmt: skip
    assert {step.kind for step in steps.values()} == set(StepKind)
    assert [stage for stage in Stage if any(step.stage is stage for step in steps.values())] == list(Stage)
    assert steps["choice"].who == Who(chosen_in="referral.takes_on")
    assert steps["keeping_in_touch"].every == Period(count=1, unit=Unit.MONTHS)


def test_questions_belong_to_the_nearest_compartment() -> None:
    questions = {question.name: question for question in small_scheme().steps["referral"].questions}
    assert questions["wages"].compartment == "money"
    assert questions["name"].compartment == "core"
    assert questions["takes_on"].options == {"housing": "Housing team", "police": "Police", "support": "Support"}
    assert [column.name for column in questions["household"].columns] == ["name", "age"]
    assert questions["savings"].in_force.end == date(2027, 12, 31)
    assert questions["wages"].in_force is ALWAYS


def test_a_total_of_totals_is_written_out() -> None:
    income, left = small_scheme().steps["referral"].sections[1].totals
    assert (income.add, income.subtract) == (("wages", "benefits"), ())
    assert (left.add, left.subtract) == (("wages", "benefits"), ("rent",))


def test_taking_a_total_away_adds_what_it_takes_away(tmp_path: Path) -> None:
    folder = copy_small(tmp_path)
    more = "          after: {title: After, add: [wages], subtract: [left], per: month}\n  choice:"
    change(folder, "1-referral.yaml", "  choice:", more)
    scheme = load(folder).scheme
    assert scheme is not None
    total = scheme.steps["referral"].sections[1].totals[-1]
    assert (total.add, total.subtract) == (("wages", "rent"), ("wages", "benefits"))


def test_every_fact_has_its_type() -> None:
    names = small_scheme().names
    assert names["case.area"] == FactType(kind=Kind.CHOICE, options=("town",))
    assert names["case.opened"].kind is names["done.referral"].kind is names["visit_home.at"].kind is Kind.MOMENT
    assert names["gate.wanted"] == FactType(kind=Kind.CHOICE, options=("open", "stopped"))
    assert names["choice.given"] == FactType(kind=Kind.CHOICE, options=("yes", "no"))
    assert names["referral.income"].kind is Kind.MONEY
    assert names["referral.household"].columns["age"].kind is Kind.NUMBER
    assert names["plan.package"].options == ("minimum", "more")
    assert names["first_visit.safer"] == FactType(kind=Kind.CHOICE, options=("yes", "no"))


def test_a_shared_form_asks_about_the_step_that_uses_it() -> None:
    (section,) = small_scheme().steps["first_visit"].sections
    condition = section.questions[1].when
    assert condition is not None
    assert condition.reads == {"first_visit.safer"}


def test_behind_a_gate_are_its_steps_and_all_that_come_after_them() -> None:
    gates = small_scheme().gates
    assert gates["wanted"].behind == {
        "visit_home", "decision", "yes_letter", "told", "plan", "works", "first_visit", "keeping_in_touch",
    }  # fmt: skip
    assert gates["safe_enough"].behind == {"works", "first_visit", "keeping_in_touch"}
    assert gates["safe_enough"].criteria[0].unknown is Stance.CARRY_ON


def test_gates_stand_after_the_gates_that_they_read(tmp_path: Path) -> None:
    folder = copy_small(tmp_path)
    change(folder, "1-referral.yaml", "choice.given == 'no'", "gate.safe_enough == 'stopped'")
    change(folder, "2-assessment.yaml", " && gate.wanted == 'open'", "")
    scheme = load(folder).scheme
    assert scheme is not None
    assert list(small_scheme().gates) == ["wanted", "safe_enough"]
    assert list(scheme.gates) == ["safe_enough", "wanted"]


def test_a_role_writes_where_it_may_do_answer_or_acknowledge_a_step() -> None:
    roles = small_scheme().roles
    assert roles["housing"].writes == ("core", "money", "police")
    assert roles["police"].writes == ("core", "money", "police")
    assert roles["support"].writes == ("core", "money")
    assert [rule.until for rule in roles["housing"].reads] == ["", "closure"]


def test_clocks_of_steps_and_of_several_steps_stand_together() -> None:
    clocks = {clock.name: clock for clock in small_scheme().clocks}
    assert list(clocks) == ["whole", "police_answer", "visit_home"]
    assert clocks["visit_home"].within is None
    assert (clocks["police_answer"].start, clocks["police_answer"].until) == ("asked", "police_answer")
    assert clocks["police_answer"].within == Period(count=1, unit=Unit.WORKING_DAYS)


def test_the_days_on_which_rules_change_are_known() -> None:
    scheme = small_scheme()
    assert scheme.changes_on == (date(2026, 1, 1), date(2028, 1, 1), date(2031, 1, 1))
    assert scheme.reads_time is False


def test_a_condition_on_the_time_is_noticed(tmp_path: Path) -> None:
    folder = copy_small(tmp_path)
    change(
        folder, "6-aftercare.yaml", "    form: visit", "    when: today > works.completed_on + days(2)\n    form: visit"
    )
    scheme = load(folder).scheme
    assert scheme is not None
    assert scheme.reads_time is True


def test_the_calendar_is_that_of_england_and_wales() -> None:
    calendar = england_and_wales()
    assert not calendar.is_working_day(date(2026, 4, 6))
    assert calendar.is_working_day(date(2026, 1, 2))
    assert calendar.known_to >= date(2027, 12, 31)
    assert england_and_wales() is calendar


def test_the_totals_of_a_case_are_worked_out_as_defined() -> None:
    case = """
- {at: 2026-03-02 09:00, opened: {area: town}}
- at: 2026-03-02 09:10
  did: referral
  as: police
  answers:
    name: Robin Example
    birth_date: not_known
    address: 1 High Street
    postcode: AB1 2CD
    safe_phone: 020 7946 0001
    harm: hate_crime
    takes_on: support
    wages: £300 a week
    rent: {amount: 650, per: month}
"""
    events, problems = read_case(case, small_scheme())
    assert problems == ()
    assert events is not None
    answers = fold(events).answers
    assert (answers["referral.income"], answers["referral.left"]) == (Decimal("1300.00"), Decimal("650.00"))


def test_the_version_follows_what_is_said_and_not_how() -> None:
    first = small_scheme().version
    assert len(first) == 12
    assert load(SMALL).scheme.version == first  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("file", "old", "new", "same"),
    [
        ("5-works.yaml", "title: Works", 'title: "Works"   # the works', True),
        ("5-works.yaml", "who: [housing]", "who:\n      - housing", True),
        ("letters/yes_letter.md", "Dear {referral.name},\n", "Dear\n{referral.name},\n\n", True),
        ("5-works.yaml", "title: Works", "title: The works", False),
        ("letters/yes_letter.md", "We can", "We will", False),
        ("measures.yaml", "BS 3621", "BS 8621", False),
        ("3-decision.yaml", "tells: [police, support]", "tells: [support, police]", False),
    ],
)
def test_the_version_changes_with_the_content_alone(file: str, old: str, new: str, same: bool, tmp_path: Path) -> None:
    folder = copy_small(tmp_path)
    change(folder, file, old, new)
    scheme = load(folder).scheme
    assert scheme is not None
    assert (scheme.version == small_scheme().version) is same


def test_a_definition_lies_over_the_one_that_it_extends() -> None:
    scheme = load(SCHEMES / "smaller").scheme
    assert scheme is not None
    assert (scheme.key, scheme.title) == ("smaller", "Smaller Town Sanctuary Scheme")
    assert list(scheme.agencies) == ["town_council", "town_police", "harbour"]
    assert scheme.reassignments == ()
    assert list(scheme.steps) == list(small_scheme().steps)
    assert scheme.version != small_scheme().version
    assert lineage(SCHEMES / "smaller") == (SCHEMES / "smaller", SMALL)
    assert lineage(SMALL) == (SMALL,)


def test_problems_of_an_extended_definition_stand_in_the_file_that_has_them(tmp_path: Path) -> None:
    copy_small(tmp_path)
    tiny = tmp_path / "tiny"
    tiny.mkdir()
    (tiny / "scheme.yaml").write_text(
        "scheme: tiny\ntitle: Tiny\nextends: small\nletters:\n  yes_letter:\n", encoding="utf-8"
    )
    (tiny / "5-works.yaml").write_text(
        "steps:\n  works:\n    title: Doors\n    after: [plans]\n    help:\n", encoding="utf-8"
    )
    assert [line.replace(f"{tmp_path}/", "") for line in map(str, load(tiny).problems)] == [
        "small/3-decision.yaml:14:13: there is no letter 'yes_letter'",
        "tiny/5-works.yaml:4:13: there is no step 'plans'; did you mean 'plan'?",
        "tiny/5-works.yaml:5:5: 'help' has no value; write one, or take the line out",
    ]


def test_definitions_that_extend_each_other_are_a_problem(tmp_path: Path) -> None:
    for name, other in (("one", "two"), ("two", "one")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "scheme.yaml").write_text(f"scheme: {name}\nextends: {other}\n", encoding="utf-8")
    loaded = load_all(tmp_path)
    assert list(loaded) == ["one", "two"]
    assert "this definition extends itself: one → two → one" in str(loaded["one"].problems[-1])
    assert lineage(tmp_path / "one") == (tmp_path / "one", tmp_path / "two")
