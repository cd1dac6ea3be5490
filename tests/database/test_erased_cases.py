"""Does a case of which a part was erased still open, go on and stay what it is?"""

from __future__ import annotations

from uuid import uuid4

import pytest

from sanctuary.actions.reopen_step import reopen_step
from sanctuary.actions.results import Recorded
from sanctuary.records import cases
from tests.support.county import ASSESSMENT, County, county
from tests.support.database import on_the_record

pytestmark = on_the_record


@pytest.fixture
def norfolk() -> County:
    return county()


@pytest.mark.covers("A5")
def test_a_case_goes_on_without_what_was_erased_and_asks_for_it(norfolk: County) -> None:
    case = norfolk.case()
    norfolk.do("police", case, "initial_assessment", ASSESSMENT)
    cases.erase(case, norfolk.scheme.compartments["shared"].number)
    assert isinstance(
        norfolk.do("support", case, "temporary_accommodation", {"needed": "no", "agreed": "yes"}), Recorded
    )
    seen = norfolk.see("police", case)
    assert seen is not None
    assert "initial_assessment.happy_to_explore" not in seen.facts.answers
    assert [done.step for done in seen.progress.done] == ["referral", "initial_assessment", "temporary_accommodation"]
    waiting = {place.step: place.on for place in seen.progress.waiting}
    assert "initial_assessment.happy_to_explore" in waiting["permission"]
    assert seen.progress.outcome == "open"


@pytest.mark.covers("A5")
def test_the_other_parts_are_worked_on_as_before(norfolk: County) -> None:
    case = norfolk.case()
    norfolk.do("police", case, "initial_assessment", ASSESSMENT)
    cases.erase(case, norfolk.scheme.compartments["whereabouts"].number)
    with norfolk.acting("police"):
        again = reopen_step(
            case_id=case, step="initial_assessment", reason="The wrong name", expected_seq=99, key=uuid4(),
            now=norfolk.now,
        )  # fmt: skip
    assert isinstance(again, Recorded)
    assert isinstance(norfolk.do("police", case, "initial_assessment", ASSESSMENT), Recorded)
    seen = norfolk.see("police", case)
    assert seen is not None
    assert seen.facts.answers["initial_assessment.happy_to_explore"] == "yes"
