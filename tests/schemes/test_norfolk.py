"""Is Norfolk's definition what its staff guide says? Its examples, and what they cannot show: sums, lists, words."""

from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest

from sanctuary.core.clocks import LONDON
from sanctuary.core.forms import read
from sanctuary.core.letters import merge
from sanctuary.core.needs import Onward
from sanctuary.core.scheme import Question, Scheme
from sanctuary.loader import load
from sanctuary.loader.examples import Example, examples, run

FOLDER = Path(__file__).parents[2] / "schemes" / "norfolk"
EXAMPLES = examples(FOLDER)
NOW = datetime(2026, 3, 2, 9, tzinfo=LONDON)


@pytest.fixture(scope="module")
def norfolk() -> Scheme:
    loaded = load(FOLDER)
    assert not loaded.problems, "\n".join(map(str, loaded.problems))
    assert loaded.scheme
    return loaded.scheme


@pytest.mark.parametrize("example", EXAMPLES, ids=[example.name for example in EXAMPLES])
def test_examples_hold(norfolk: Scheme, example: Example) -> None:
    assert not run(example, norfolk), "\n".join(map(str, run(example, norfolk)))


def test_each_criterion_stops_or_holds_some_example(norfolk: Scheme) -> None:
    points = [point for example in EXAMPLES if example.shape for point in example.shape.expect]
    shown = {rule for point in points for rule in (*(point.stopped or ()), *(point.held or ()))}
    written = {f"{gate.name}.{rule.name}" for gate in norfolk.gates.values() for rule in gate.criteria}
    assert written - shown == set()


def test_each_no_has_a_source_a_code_and_something_else_to_offer(norfolk: Scheme) -> None:
    for gate in norfolk.gates.values():
        for rule in gate.criteria:
            assert all((rule.origin.source, rule.origin.meets, rule.alternatives)), rule.name
            assert rule.code in norfolk.closing_reasons or rule.then is Onward.WAIT, rule.name


def test_each_step_and_clock_says_where_it_comes_from(norfolk: Scheme) -> None:
    for rule in (*norfolk.steps.values(), *norfolk.clocks):
        assert all((rule.origin.source, rule.origin.meets)), rule.name


@pytest.mark.covers("N9")
def test_money_comes_to_one_period_with_two_balances(norfolk: Scheme) -> None:
    plain = {
        "has_capital": "yes",
        "home_value": "1000.00",
        "savings": "250.50",
        "earnings": "£200 a week",
        "child_benefit": "£102.40 a month",
        "rent": "£120 a week",
        "housing_benefit": "£50 a week",
        "tv_licence": "£174 a year",
        "car_insurance": "£90 a quarter",
        "council_tax_arrears": "£20 a month",
        "credit_cards": "£35.50 a month",
    }
    step = norfolk.steps["money_section"]
    reading = read(step, plain, {}, NOW, norfolk.calendar)
    assert not reading.faults
    sums = {name: value for name, value in reading.answers.items() if name.startswith(("total_", "net_", "left_"))}
    assert sums == {
        "total_capital": Decimal("1250.50"),
        "total_income": Decimal("969.07"),
        "net_rent": Decimal("303.33"),
        "net_mortgage": Decimal("0.00"),
        "net_ground_rent": Decimal("0.00"),
        "total_housing_costs": Decimal("317.83"),
        "total_outgoings": Decimal("30.00"),
        "total_priority_arrears": Decimal("20.00"),
        "total_other_debts": Decimal("35.50"),
        "left_after_priorities": Decimal("601.24"),
        "left_after_everything": Decimal("565.74"),
    }


@pytest.mark.covers("N10")
def test_the_risk_section_has_twelve_rows_two_of_them_without_a_question(norfolk: Scheme) -> None:
    rows = norfolk.steps["police_section"].sections
    assert "".join(row.title[0] for row in rows) == "SPECIACASS"
    reminders = {row.name: row.hint.partition("Row ")[2][:1] for row in rows if "asks nothing" in row.hint}
    assert reminders == {"control": "L", "substance": "E"}


@pytest.mark.covers("N24", "N30")
def test_packages_build_on_each_other(norfolk: Scheme) -> None:
    packages = norfolk.packages
    assert (packages["sanctuary"].includes, packages["plus"].includes) == (("minimum",), ("sanctuary",))
    # Items 1.1 to 1.5, and the telephone that everyone has; 2.2 to 2.6; 3.2 and 3.3.
    assert [len(packages[name].measures) for name in ("minimum", "sanctuary", "plus")] == [6, 5, 2]
    assert sum(measure.group == "extra" for measure in norfolk.measures.values()) == 12


@pytest.mark.covers("N26")
def test_ethnic_origin_is_optional_and_has_sixteen_codes(norfolk: Scheme) -> None:
    question = _question(norfolk, "monitoring_form", "ethnic_origin")
    codes = [words.split()[0] for name, words in question.options.items() if name != "refused"]
    assert codes == [str(number) for number in range(1, 17)]
    assert question.optional


@pytest.mark.covers("N2")
def test_seven_districts_have_their_agencies(norfolk: Scheme) -> None:
    supports = {name: area.agencies["support"] for name, area in norfolk.areas.items()}
    assert supports == {
        "breckland": "olive_tree",
        "broadland": "leeway",
        "great_yarmouth": "leeway",
        "west_norfolk": "olive_tree",
        "north_norfolk": "leeway",
        "norwich": "leeway",
        "south_norfolk": "haven",
    }
    assert len({area.agencies["housing"] for area in norfolk.areas.values()}) == 7


@pytest.mark.covers("N29")
def test_the_five_codes_of_the_monitoring_form_come_first(norfolk: Scheme) -> None:
    assert list(norfolk.closing_reasons)[:5] == [
        "housing_unsuitable",
        "risk_too_high",
        "refusal_to_engage",
        "landlord_refused",
        "other",
    ]


@pytest.mark.covers("N14", "A1")
def test_the_letter_of_refusal_gives_each_reason_and_each_alternative(norfolk: Scheme) -> None:
    rules = norfolk.gates["agreement"].criteria
    reasons = tuple(rule.reason for rule in rules)
    values = {"reasons": reasons, "alternatives": tuple(norfolk.alternatives.values())}
    said = [block.text for block in merge(norfolk.letters["decline"], values).blocks]
    assert set(reasons) | set(norfolk.alternatives.values()) <= set(said)


@pytest.mark.covers("A2")
def test_no_subject_says_what_the_letter_is_about(norfolk: Scheme) -> None:
    for letter in norfolk.letters.values():
        assert not any(word in letter.subject.lower() for word in ("sanctuary", "abuse", "violence", "police", "safe"))


def test_words_promise_no_safety_and_blame_nobody() -> None:
    files = (*FOLDER.glob("*.yaml"), *FOLDER.glob("letters/*"))
    text = " ".join(path.read_text(encoding="utf-8").lower() for path in files)
    for word in ("guarantees", "guaranteed", "keep you safe", "failed to engage", "non-compl", "alleged", "client"):
        assert word not in text, word


def _question(scheme: Scheme, step: str, name: str) -> Question:
    return next(question for question in scheme.steps[step].questions if question.name == name)
