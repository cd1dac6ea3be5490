"""What of a case outlives it for the figures?"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from sanctuary.core.facts import Facts, Silence, Value
from sanctuary.core.figures import Coded, coded, counted
from sanctuary.core.scheme import QuestionType, Scheme
from tests.support.definitions import small_scheme
from tests.support.histories import told
from tests.unit.core.town import START


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("yes", "yes"),
        (Silence.DECLINED, "declined"),
        (0, "0"),
        (Decimal(4), "4"),
        (5, "5 or more"),
        (Decimal(11), "5 or more"),
        (("locks", "alarm"), ("locks", "alarm")),
    ],
)
def test_codes(value: Value, code: Coded) -> None:
    assert coded(value) == code


def test_only_what_is_counted_and_was_answered() -> None:
    scheme = small_scheme()
    step = next(iter(scheme.steps.values()))
    asked = step.questions[0]
    marked = replace(step.sections[0], questions=(replace(asked, counted=True), *step.sections[0].questions[1:]))
    changed: Scheme = replace(scheme, steps={**scheme.steps, step.name: replace(step, sections=(marked,))})
    name = f"{step.name}.{asked.name}"
    facts = Facts(opened_at=START, area="", answers={name: "yes", f"{step.name}.other": "no"})
    assert counted(changed, facts)[name] == "yes"
    assert f"{step.name}.other" not in counted(changed, facts)


def test_no_scheme_counts_what_is_written_in_words() -> None:
    worded = {QuestionType.TEXT, QuestionType.LONG_TEXT, QuestionType.NAME, QuestionType.ADDRESS, QuestionType.POSTCODE,
              QuestionType.PHONE, QuestionType.EMAIL, QuestionType.DATE, QuestionType.MOMENT}  # fmt: skip
    for scheme, _ in told():
        asked = [question for step in scheme.steps.values() for question in step.questions if question.counted]
        assert asked
        assert worded.isdisjoint(question.type for question in asked)
