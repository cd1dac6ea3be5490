"""Does the record keep what was meant, once, and tell nobody more than their role reads?"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import transaction

from sanctuary.actions.held import HELD_ELSEWHERE, once
from sanctuary.actions.results import Overtaken, Recorded, Refused, Result
from sanctuary.actions.save_draft import save_draft
from sanctuary.core.answers import Plain
from sanctuary.records import cases, worklist
from tests.support.county import ASSESSMENT, County, county
from tests.support.database import on_the_record

pytestmark = on_the_record


@pytest.fixture
def norfolk() -> County:
    return county()


def drafted(
    norfolk: County, case: UUID, plain: Mapping[str, Plain], seq: int = 10_000, key: UUID | None = None
) -> Result:
    """What comes of saving these answers to the initial assessment."""
    with norfolk.acting("police"):
        return save_draft(
            case_id=case,
            step="initial_assessment",
            plain=plain,
            expected_seq=seq,
            key=key or uuid4(),
            now=norfolk.now,
        )


def drafts(norfolk: County, case: UUID) -> Mapping[str, object]:
    """What is drafted in the case, as the police see it."""
    seen = norfolk.see("police", case)
    assert seen is not None
    return seen.facts.drafts


def test_an_answer_that_was_emptied_is_no_longer_drafted(norfolk: County) -> None:
    case = norfolk.case()
    drafted(norfolk, case, {"in_person": "phone", "owner": "The council"})
    assert isinstance(drafted(norfolk, case, {"in_person": "phone", "owner": " "}), Recorded)
    assert "initial_assessment.owner" not in drafts(norfolk, case)
    assert "initial_assessment.in_person" in drafts(norfolk, case)


def test_what_hangs_on_an_emptied_answer_is_emptied_with_it(norfolk: County) -> None:
    case = norfolk.case()
    drafted(norfolk, case, {"children": "no"})
    drafted(norfolk, case, {"children": ""})
    assert isinstance(drafted(norfolk, case, {"children_count": "2"}), Recorded)
    assert drafts(norfolk, case)["initial_assessment.children_count"] == 2


def test_a_refusal_gives_no_reason_that_the_role_may_not_read(norfolk: County) -> None:
    case = norfolk.case()
    norfolk.do("police", case, "initial_assessment", {**ASSESSMENT, "happy_to_explore": "no"})
    shut = next(name for name in norfolk.scheme.steps if name in norfolk.scheme.gates["initial"].behind)
    seen = norfolk.see("inspection", case)
    assert seen is not None
    assert {reason.text for reason in seen.progress.stopped} == {HELD_ELSEWHERE}
    assert norfolk.do("inspection", case, shut, {}) == Refused(reasons=(HELD_ELSEWHERE,))


def test_a_role_without_a_part_in_a_step_does_not_learn_who_works_on_it(norfolk: County) -> None:
    case = norfolk.case()
    drafted(norfolk, case, {"in_person": "phone"})
    refused = norfolk.do("inspection", case, "initial_assessment", {}, seq=0)
    assert isinstance(refused, Refused)
    assert norfolk.people["police"].name not in repr(refused)


def test_a_form_sent_again_with_other_answers_is_not_taken_for_the_first(norfolk: County) -> None:
    case, key = norfolk.case(), uuid4()
    seen = norfolk.see("police", case)
    assert seen is not None
    first = drafted(norfolk, case, {"owner": "The council"}, seen.seq, key)
    assert isinstance(first, Recorded)
    assert drafted(norfolk, case, {"owner": "The council"}, seen.seq, key) == first
    assert isinstance(drafted(norfolk, case, {"owner": "Her brother"}, seen.seq, key), Overtaken)


def test_a_key_of_another_case_does_not_stand_for_this_one(norfolk: County) -> None:
    one, other, key = norfolk.case(), norfolk.case(), uuid4()
    first = norfolk.do("police", one, "initial_assessment", ASSESSMENT, key=key)
    second = norfolk.do("police", other, "initial_assessment", ASSESSMENT, key=key)
    assert isinstance(first, Recorded)
    assert isinstance(second, Recorded)
    assert (first.case_id, second.case_id) == (one, other)


def test_being_overtaken_twice_in_one_moment_is_said_and_not_broken(norfolk: County) -> None:
    def act() -> Recorded:
        raise cases.Overtaken(by_agency="Police", by_name="Robin", kind=None, at=norfolk.now)

    with norfolk.acting("police"), transaction.atomic():
        result = once(uuid4(), act)
    assert isinstance(result, Overtaken)
    assert (result.by_agency, result.by_name) == ("Police", "Robin")


def test_looking_at_a_case_does_not_move_it(norfolk: County) -> None:
    case = norfolk.case()
    norfolk.do("police", case, "initial_assessment", {**ASSESSMENT, "happy_to_explore": "no"})
    moved, seen = norfolk.now, norfolk.see("police", case)
    assert seen is not None
    norfolk.now = (seen.progress.recheck_at or norfolk.now) + timedelta(hours=1)
    norfolk.see("police", case)
    with norfolk.acting("police"), transaction.atomic():
        (line,) = (each for each in worklist.these([case]) if each.case_id == case)
    assert line.last_at == moved


def test_a_reader_who_meets_a_writer_still_reads(norfolk: County, monkeypatch: pytest.MonkeyPatch) -> None:
    case = norfolk.case()
    norfolk.do("police", case, "initial_assessment", {**ASSESSMENT, "happy_to_explore": "no"})
    seen = norfolk.see("police", case)
    assert seen is not None
    norfolk.now = seen.progress.recheck_at or norfolk.now

    def beaten(*_: object) -> None:
        raise cases.Overtaken(by_agency=None, by_name=None, kind=None, at=None)

    monkeypatch.setattr(cases, "store", beaten)
    assert norfolk.see("police", case) is not None
