"""Is what a scheme says told in its own words, down to rows, choices and what follows from them?"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from sanctuary.core.scheme import Scheme
from sanctuary.core.wording import Wording
from sanctuary.loader import load
from tests.support.chapters import written

SCHEMES = Path(__file__).parents[3] / "schemes"
FILES = {
    "2-assessment.yaml": """\
steps:
  visit:
    kind: form
    title: First visit
    who: [support]
    compartment: core
    questions:
      children:
        ask: Which children?
        type: rows
        columns: {name: {ask: Name, type: name}, age: {ask: Age, type: number}}
      on: {ask: When?, type: date}
  needs:
    kind: specification
    title: What is needed
    who: [police]
    compartment: housing
    questions:
      chosen: {ask: What is fitted?, type: choices, options_from: measures}
""",
    "measures.yaml": "measures:\n  lock: {title: A new lock}\n  bell: {title: A bell}\n",
}


@pytest.fixture(scope="module")
def words(tmp_path_factory: pytest.TempPathFactory) -> Wording:
    return Wording(scheme=scheme(Path(tmp_path_factory.mktemp("wording"))))


def scheme(place: Path) -> Scheme:
    """The small scheme with a visit."""
    loaded = load(written(place, FILES))
    assert loaded.scheme is not None, [str(problem) for problem in loaded.problems]
    return loaded.scheme


def test_values_are_told_as_people_say_them(words: Wording) -> None:
    rows = ({"name": "Robin", "age": 4}, {"name": "Sam", "age": 7})
    assert words.value("visit.children", rows) == "Name: “Robin”; Age: 4 and Name: “Sam”; Age: 7"
    assert words.value("visit.children", ()) == "none"
    assert words.value("needs.chosen", ("lock", "bell")) == "“A new lock” and “A bell”"
    assert words.value("visit.on", date(2026, 3, 2)) == "2 March 2026"
    assert words.value("done.visit", datetime(2026, 7, 2, 9, 5, tzinfo=UTC)) == "2 July 2026 at 10:05"
    assert words.value("money", Decimal("12")) == "£12.00"
    assert words.value("by.visit", "support") == "“Support agency”"
    assert words.value("case.area", "town") == "“The town”"
    assert words.value("nothing.known", "as_it_is") == "“as_it_is”"


def test_what_follows_from_answers_has_a_name_as_well(words: Wording) -> None:
    assert words.fact("measures.needs") == "What is chosen in “What is needed”"
    assert words.value("measures.needs", ("lock",)) == "“A new lock”"
    assert words.fact("visit.children.age") == "Age"
    assert words.fact("of.nothing") == "of.nothing"
    assert words.anchor("opened") == "the opening of the case"
    assert words.anchor("visit.on") == "“When?”"
    assert words.roles(["housing", "nobody"]) == "Council or nobody"


@pytest.mark.parametrize("key", ["hammersmith_fulham", "national_model", "norfolk", "uttlesford", "west_norfolk"])
def test_no_rule_of_any_scheme_is_told_by_the_names_of_the_definition(key: str) -> None:
    found = load(SCHEMES / key).scheme
    assert found is not None
    words = Wording(scheme=found)
    conditions = [criterion.stops_if for gate in found.gates.values() for criterion in gate.criteria]
    conditions += [step.when for step in found.steps.values() if step.when is not None]
    conditions += [rule.when for role in found.roles.values() for rule in role.reads if rule.when is not None]
    told = [words.condition(condition) for condition in conditions] + [words.fact(one.name) for one in found.derived]
    assert [text for text in told if re.search(r"[a-z]_[a-z]|[a-z]\.[a-z]", text)] == []
