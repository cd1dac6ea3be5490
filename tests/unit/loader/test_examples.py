"""Do examples say, in words and at the right place, where a scheme does not do what they expect?"""

from __future__ import annotations

from pathlib import Path

import pytest

from sanctuary.loader.examples import examples, run
from tests.support.definitions import SMALL, small_scheme

CASE = """title: A case
events:
  - {at: 2026-03-02 09:00, opened: {area: town}}
  - at: 2026-03-02 09:10
    did: referral
    as: police
    answers: {name: Robin Example, birth_date: not_known, address: 1 High Street, postcode: AB1 2CD, harm: hate_crime,
              safe_phone: 020 7946 0001, takes_on: support, wages: £12.50 a week, rent: not_known}
  - {at: 2026-03-02 09:20, did: choice, as: support, answers: {given: no}}
expect:
  - at: 2026-03-02 10:00
"""


def problems_of(place: Path, text: str) -> list[str]:
    """What is wrong with, or differs from, an example, as it is printed."""
    (place / "examples").mkdir()
    path = place / "examples" / "one.yaml"
    path.write_text(text, encoding="utf-8")
    (example,) = examples(place)
    return [str(problem).replace(str(path), "one.yaml") for problem in run(example, small_scheme())]


def test_the_example_of_the_small_scheme_holds() -> None:
    (example,) = examples(SMALL)
    assert (example.name, example.title, example.meets) == ("goes_well", "All goes well up to the works", ("N5",))
    assert run(example, small_scheme()) == ()


def test_an_example_whose_expectations_hold_says_nothing(tmp_path: Path) -> None:
    expected = """    stage: referral
    outcome: stopped
    open: {police_answer: {who: [housing], due: none}}
    stopped: [wanted.not_wanted]
    done: [choice, referral]
    agencies: {support: anchor}
    reads: {support: [core]}
    waiting: {}
"""
    assert problems_of(tmp_path, CASE + expected) == []


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("stage: works", "expected stage: works; got: referral"),
        (
            "outcome: open",
            (
                "expected outcome: open; got: stopped, "
                "because of wanted.not_wanted (The resident does not want the scheme.)"
            ),
        ),
        (
            "open: [police_answer, visit_home]",
            (
                "expected open: police_answer, visit_home; got: police_answer, "
                "because visit_home is stopped by wanted.not_wanted"
            ),
        ),
        (
            "open: [choice, conference]",
            (
                "expected open: choice, conference; got: police_answer, because choice was done at 2026-03-02 09:20; "
                "police_answer is open since 2026-03-02 09:10; conference can be done at any time"
            ),
        ),
        ("open: {police_answer: 2026-03-03 09:10}", "expected police_answer due: 2026-03-03 09:10; got: none"),
        (
            "open: [police_answer: {who: [police]}]",
            "expected police_answer to be the turn of: police; got: housing",
        ),
        (
            "done: [referral]",
            "expected done: referral; got: referral, choice, because choice was done at 2026-03-02 09:20",
        ),
        ("stopped: []", "expected stopped: none; got: wanted.not_wanted"),
        ("unknown: [choice.given]", "expected unknown: choice.given; got: none"),
        ("available: [closure]", "expected available: closure; got: conference, closure"),
        ("waiting: {works: [plan]}", "expected works to wait; it does not"),
        ("agencies: {support: harbour}", "expected support: harbour; got: anchor"),
        ("reads: {police: [core]}", "expected police to read: core; got: core, police"),
    ],
)
def test_a_difference_is_told_with_its_reason(line: str, problem: str, tmp_path: Path) -> None:
    assert problems_of(tmp_path, f"{CASE}    {line}\n") == [f"one.yaml:12:5: {problem}"]


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("open: [visit]", "one.yaml:12:12: there is no step 'visit'; did you mean 'visit_home'?"),
        ("outcome: stoped", "one.yaml:12:14: there is no outcome 'stoped'; did you mean 'stopped'?"),
        (
            "stopped: [wanted.wanted]",
            "one.yaml:12:15: there is no criterion 'wanted.wanted'; did you mean 'wanted.not_wanted'?",
        ),
        ("unknown: [choice.give]", "one.yaml:12:15: there is no question 'choice.give'; did you mean 'choice.given'?"),
        ("reads: {polise: []}", "one.yaml:12:13: there is no role 'polise'; did you mean 'police'?"),
        ("reads: {police: [cor, police]}", "one.yaml:12:22: there is no compartment 'cor'; did you mean 'core'?"),
        ("agencies: {support: ankor}", "one.yaml:12:25: there is no agency 'ankor'; did you mean 'anchor'?"),
        ("waiting: {work: [plan]}", "one.yaml:12:15: there is no step 'work'; did you mean 'works'?"),
    ],
)
def test_a_misspelt_expectation_is_told_too(line: str, problem: str, tmp_path: Path) -> None:
    assert problems_of(tmp_path, f"{CASE}    {line}\n") == [problem]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "one.yaml:1:1: this file is empty; an example has a title, events and expect"),
        ("title: A\nevents: []\nexpct: []\n", "one.yaml:3:1: there is no key 'expct' here; did you mean 'expect'?"),
        (CASE[: CASE.index("expect")] + "expect: []\n", "one.yaml:10:9: say at least once where the case should stand"),
        (CASE.replace("2026-03-02 10:00", "2026-03-02 08:00"), "one.yaml:11:9: the case is not open yet at this time"),
        (CASE.replace("given: no", "given: maybe"), "one.yaml:9:71: Select yes or no for ‘Do they want the scheme?’"),
        (CASE + "    stage: work\n", "one.yaml:12:12: 'work' cannot stand here; did you mean 'works'?"),
    ],
)
def test_a_broken_example_is_a_problem_and_no_error(text: str, problem: str, tmp_path: Path) -> None:
    assert problems_of(tmp_path, text) == [problem]


def test_what_happens_later_does_not_count(tmp_path: Path) -> None:
    text = (
        CASE.replace("at: 2026-03-02 10:00\n", "at: 2026-03-02 09:15\n")
        + "    outcome: open\n    open: [choice, police_answer]\n"
    )
    assert problems_of(tmp_path, text) == []
