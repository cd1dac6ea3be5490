"""Are rules that are less than hard read from case files as they are meant, and refused where they are not?"""

from __future__ import annotations

from pathlib import Path

import pytest

from sanctuary.loader import load
from sanctuary.loader.casefile import read_case
from tests.spec.easing import _INCOMPLETE, _LIFTED, _OVERRIDE, _gate
from tests.spec.judgements import _ENOUGH, _review
from tests.support.chapter import BEGUN
from tests.support.chapters import written

BY_HOUSING = "'ready.papers' is set aside by housing: say who with 'as'"


def told(folder: Path, files: dict[str, str], events: str) -> list[str]:
    """What is said about a case of the scheme."""
    scheme = load(written(folder, files)).scheme
    assert scheme is not None
    return [problem.message for problem in read_case(BEGUN + events, scheme)[1]]


def fitted(what: str) -> str:
    return f"- at: 2026-03-02 12:00\n  did: works\n  answers: {{{what}}}\n"


@pytest.mark.parametrize("chosen", ["fitted: [alarm]", "package: small", ""])
def test_a_step_that_a_rule_is_lifted_for_takes_what_is_named(tmp_path: Path, chosen: str) -> None:
    assert told(tmp_path, with_packages(_LIFTED), _INCOMPLETE + fitted(chosen)) == []


@pytest.mark.parametrize("chosen", ["fitted: [alarm, door]", "package: large"])
@pytest.mark.parametrize("before", [_INCOMPLETE, ""])
def test_and_nothing_else_while_the_rule_is_not_met_or_undecided(tmp_path: Path, chosen: str, before: str) -> None:
    (problem,) = told(tmp_path, with_packages(_LIFTED), before + fitted(chosen))
    assert problem == "Choose ‘An alarm’: for now nothing else can be chosen here"


def test_once_the_rule_is_met_anything_may_be_chosen(tmp_path: Path) -> None:
    assert told(tmp_path, with_packages(_LIFTED), _INCOMPLETE.replace("no", "yes") + fitted("package: large")) == []


def with_packages(more: str) -> dict[str, str]:
    """The gate of the chapter, with packages to choose from as well."""
    files = _gate(more, guards="works, visit")
    question = "      package: {ask: Which package?, type: choice, options_from: packages, optional: yes}\n"
    asked = "options_from: measures, optional: yes}\n"
    return {**files, "2-assessment.yaml": files["2-assessment.yaml"].replace(asked, asked + question)}


@pytest.mark.parametrize(
    ("more", "said", "message"),
    [
        (
            _OVERRIDE,
            "as: police\n  because: It is urgent.",
            BY_HOUSING,
        ),
        (_OVERRIDE, "because: It is urgent.", BY_HOUSING),
        (_OVERRIDE, "as: housing", "say with 'because' why this is set aside"),
        ("", "as: housing\n  because: It is urgent.", "nobody may set 'ready.papers' aside"),
    ],
)
def test_a_rule_is_set_aside_by_whoever_may_and_for_a_reason(
    tmp_path: Path, more: str, said: str, message: str
) -> None:
    events = f"{_INCOMPLETE}- at: 2026-03-02 11:00\n  overrode: ready.papers\n  {said}\n"
    assert told(tmp_path, _gate(more), events) == [message]


def test_a_judgement_needs_its_reason(tmp_path: Path) -> None:
    events = "- at: 2026-03-02 10:00\n  did: review\n  as: police\n  answers: {enough: no}\n"
    (problem,) = told(tmp_path, _review(_ENOUGH), events)
    assert problem == "'enough_because' has no answer: enter an answer for ‘What does this rest on?’"
