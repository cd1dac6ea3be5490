"""Has every alarm its words?"""

from __future__ import annotations

from sanctuary.core.alarms import OUTCOMES, SAID, Kind, Outcome, said


def test_every_kind_has_its_words() -> None:
    assert set(SAID) == set(Kind)
    assert set(OUTCOMES) == set(Outcome)
    assert said("of_a_later_release").title == "Of a later release"
    assert said("concern") is SAID[Kind.CONCERN]
