"""Do actions record once, refuse with reasons, tell the loser who was first, and hide what is not one's own?"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connections, transaction

from sanctuary.actions.acknowledge_notice import acknowledge_notice
from sanctuary.actions.ask_enquiry import ask_enquiry
from sanctuary.actions.pause_clock import pause_clock, resume_clock
from sanctuary.actions.reopen_step import reopen_step
from sanctuary.actions.results import Faulty, Missing, Overtaken, Recorded, Refused, Result
from sanctuary.actions.save_draft import save_draft
from sanctuary.core.events import EventKind
from sanctuary.records import search, worklist
from sanctuary.records.search import Purpose
from tests.support.county import ASSESSMENT, MONDAY, County, county, person
from tests.support.database import on_the_record

pytestmark = on_the_record


@pytest.fixture
def norfolk() -> County:
    return county()


def test_a_referral_opens_a_case_for_the_three_agencies(norfolk: County) -> None:
    case = norfolk.case()
    for role in ("housing", "police", "support"):
        seen = norfolk.see(role, case)
        assert seen is not None
        assert seen.facts.answers["referral.name"] == "Ada Example"
    seen = norfolk.see("police", case)
    assert seen is not None
    assert [place.step for place in seen.progress.open] == ["initial_assessment"]
    assert seen.progress.open[0].who == ("police",)


def test_wrong_answers_record_nothing_and_are_named(norfolk: County) -> None:
    result = norfolk.refer(postcode="NR1", name="")
    assert isinstance(result, Faulty)
    assert set(result.faults) == {"postcode", "name"}


def test_the_same_key_opens_one_case(norfolk: County) -> None:
    key = uuid4()
    first, second = norfolk.refer(key=key), norfolk.refer(key=key)
    assert first == second
    assert isinstance(first, Recorded)


def test_wrong_answers_do_not_use_up_the_key(norfolk: County) -> None:
    key = uuid4()
    assert isinstance(norfolk.refer(key=key, postcode="NR1"), Faulty)
    assert isinstance(norfolk.refer(key=key), Recorded)


def test_a_double_click_does_a_step_once(norfolk: County) -> None:
    case, key = norfolk.case(), uuid4()
    results = [norfolk.do("police", case, "initial_assessment", ASSESSMENT, key=key) for _ in range(3)]
    assert isinstance(results[0], Recorded)
    assert results == [results[0]] * 3
    seen = norfolk.see("police", case)
    assert seen is not None
    assert seen.facts.times["initial_assessment"] == 1


def test_a_double_click_at_the_same_moment_does_a_step_once(norfolk: County) -> None:
    case, key = norfolk.case(), uuid4()
    results = at_once(lambda: norfolk.do("police", case, "initial_assessment", ASSESSMENT, key=key), 4)
    assert len({repr(result) for result in results}) == 1
    assert isinstance(results[0], Recorded)


def test_of_people_who_answer_at_once_one_wins_and_the_others_learn_who(norfolk: County) -> None:
    case = norfolk.case()
    seen = norfolk.see("police", case)
    assert seen is not None
    results = at_once(lambda: norfolk.do("police", case, "initial_assessment", ASSESSMENT, seq=seen.seq), 4)
    assert sum(isinstance(result, Recorded) for result in results) == 1
    losers = [result for result in results if isinstance(result, Overtaken)]
    assert len(losers) == 3
    assert {loser.by_name for loser in losers} == {norfolk.people["police"].name}


def test_a_stale_page_learns_who_did_what(norfolk: County) -> None:
    case = norfolk.case()
    seen = norfolk.see("police", case)
    assert seen is not None
    norfolk.do("police", case, "initial_assessment", ASSESSMENT)
    late = norfolk.do("police", case, "initial_assessment", ASSESSMENT, seq=seen.seq)
    assert isinstance(late, Overtaken)
    assert late.what


def test_work_on_one_step_does_not_make_another_step_stale(norfolk: County) -> None:
    case = norfolk.case()
    norfolk.do("police", case, "initial_assessment", ASSESSMENT)
    seen = norfolk.see("police", case)
    assert seen is not None
    consent = {"given": "yes", "how": "signed", "given_on": "2026-06-01 09:00", "has_supporters": "no"}
    assert isinstance(norfolk.do("police", case, "permission", consent), Recorded)
    assert isinstance(norfolk.do("support", case, "temporary_accommodation", NOT_NEEDED, seq=seen.seq), Recorded)


def test_a_step_of_another_role_is_refused_with_a_reason(norfolk: County) -> None:
    case = norfolk.case()
    refused = norfolk.do("support", case, "initial_assessment", ASSESSMENT)
    assert isinstance(refused, Refused)
    assert "is for" in refused.reasons[0]


def test_a_step_behind_a_shut_gate_is_refused_with_the_gates_reason(norfolk: County) -> None:
    case = norfolk.case()
    norfolk.do("police", case, "initial_assessment", {**ASSESSMENT, "happy_to_explore": "no"})
    seen = norfolk.see("police", case)
    assert seen is not None
    assert seen.progress.outcome == "stopped"
    (reason,) = seen.progress.stopped
    assert reason.alternatives
    shut = next(name for name in norfolk.scheme.steps if name in norfolk.scheme.gates["initial"].behind)
    refused = norfolk.do("police", case, shut, {})
    assert refused == Refused(reasons=(reason.text,))


@pytest.mark.parametrize("other", [("leeway", "housing"), ("breckland_council", "housing"), ("olive_tree", "support")])
def test_a_case_of_others_answers_as_one_that_does_not_exist(norfolk: County, other: tuple[str, str]) -> None:
    case = norfolk.case()
    agency, role = other
    norfolk.people["stranger"] = person(agency, role)
    assert norfolk.see("stranger", case) is None is norfolk.see("stranger", uuid4())
    for some_case in (case, uuid4()):
        assert norfolk.do("stranger", some_case, "initial_assessment", ASSESSMENT) == Missing()


def test_a_step_that_no_scheme_has_is_missing(norfolk: County) -> None:
    assert norfolk.do("police", norfolk.case(), "nonsense", {}) == Missing()


def test_drafts_are_kept_shown_again_and_handed_in(norfolk: County) -> None:
    case = norfolk.case()
    half = {"in_person": "phone", "happy_to_explore": "yes"}
    with norfolk.acting("police"):
        saved = save_draft(
            case_id=case, step="initial_assessment", plain=half, expected_seq=99, key=uuid4(), now=norfolk.now
        )
    assert isinstance(saved, Recorded)
    seen = norfolk.see("police", case)
    assert seen is not None
    assert seen.facts.drafts["initial_assessment.in_person"] == "phone"
    unready = norfolk.do("police", case, "initial_assessment")
    assert isinstance(unready, Faulty)
    assert "owner" in unready.faults
    assert isinstance(norfolk.do("police", case, "initial_assessment", ASSESSMENT), Recorded)


def test_a_wrong_draft_is_refused_in_words(norfolk: County) -> None:
    case = norfolk.case()
    with norfolk.acting("police"):
        wrong = save_draft(
            case_id=case,
            step="initial_assessment",
            plain={"children": "yes", "children_count": "some"},
            expected_seq=99,
            key=uuid4(),
            now=norfolk.now,
        )
    assert isinstance(wrong, Faulty)
    assert "whole number" in wrong.faults["children_count"]


def test_an_enquiry_waits_for_whoever_was_asked_and_can_be_answered_by_them(norfolk: County) -> None:
    case = assessed(norfolk)
    with norfolk.acting("police"):
        asked = ask_enquiry(case_id=case, step="police_enquiry", expected_seq=99, key=uuid4(), now=norfolk.now)
        again = ask_enquiry(case_id=case, step="police_enquiry", expected_seq=99, key=uuid4(), now=norfolk.now)
    assert isinstance(asked, Recorded)
    assert isinstance(again, Refused)
    seen = norfolk.see("housing", case)
    assert seen is not None
    enquiry = next(place for place in seen.progress.open if place.step == "police_enquiry")
    assert (enquiry.who, enquiry.due) == (("police",), norfolk.now + timedelta(days=1))
    norfolk.pass_time(hours=30)
    assert isinstance(norfolk.do("police", case, "police_enquiry", {"known": "yes", "go_ahead": "no"}), Recorded)
    seen = norfolk.see("housing", case)
    assert seen is not None
    assert seen.progress.outcome == "stopped"


def test_a_clock_stands_still_with_a_reason(norfolk: County) -> None:
    case = assessed(norfolk)
    with norfolk.acting("police"):
        ask_enquiry(case_id=case, step="police_enquiry", expected_seq=99, key=uuid4(), now=norfolk.now)
        without = pause_clock(case_id=case, step="police_enquiry", reason=" ", key=uuid4(), now=norfolk.now)
        assert isinstance(without, Faulty)
        norfolk.pass_time(hours=2)
        paused = pause_clock(case_id=case, step="police_enquiry", reason="Fire", key=uuid4(), now=norfolk.now)
        twice = pause_clock(case_id=case, step="police_enquiry", reason="Fire", key=uuid4(), now=norfolk.now)
        norfolk.pass_time(hours=5)
        resumed = resume_clock(case_id=case, step="police_enquiry", key=uuid4(), now=norfolk.now)
    assert [type(result) for result in (paused, twice, resumed)] == [Recorded, Refused, Recorded]
    seen = norfolk.see("police", case)
    assert seen is not None
    enquiry = next(place for place in seen.progress.open if place.step == "police_enquiry")
    assert enquiry.due == norfolk.now - timedelta(hours=7) + timedelta(days=1, hours=5)


def test_while_a_clock_stands_still_nothing_is_late(norfolk: County) -> None:
    case = assessed(norfolk)
    with norfolk.acting("police"):
        ask_enquiry(case_id=case, step="police_enquiry", expected_seq=99, key=uuid4(), now=norfolk.now)
    norfolk.do("police", case, "assessment_appointment", {"at": "2026-06-01 10:00", "place": "Here"})
    for step in ("police_enquiry", *SECTIONS):
        with norfolk.acting("police"):
            assert isinstance(
                pause_clock(case_id=case, step=step, reason="Ill", key=uuid4(), now=norfolk.now), Recorded
            )
    norfolk.pass_time(hours=60)
    with norfolk.acting("police"), transaction.atomic():
        (row,) = [row for row in worklist.needing_us(norfolk.now, limit=None) if row.case_id == case]
    assert row.due_at is None
    seen = norfolk.see("police", case)
    assert seen is not None
    enquiry = next(place for place in seen.progress.open if place.step == "police_enquiry")
    assert (enquiry.overdue, enquiry.due) == (False, MONDAY + timedelta(hours=84))


def test_a_case_that_nobody_touched_is_shown_as_late_as_it_is(norfolk: County) -> None:
    case = assessed(norfolk)
    norfolk.pass_time(hours=25)
    seen = norfolk.see("housing", case)
    assert seen is not None
    late = {place.step: place.overdue for place in seen.progress.open}
    assert (seen.progress.at, late["assessment_appointment"]) == (norfolk.now, True)


def test_a_question_that_came_to_apply_is_not_left_out_of_what_was_drafted(norfolk: County) -> None:
    case = norfolk.case()
    for children in ("no", "yes"):
        with norfolk.acting("police"):
            save_draft(
                case_id=case, step="initial_assessment", plain={**ASSESSMENT, "children": children},
                expected_seq=99, key=uuid4(), now=norfolk.now,
            )  # fmt: skip
    unready = norfolk.do("police", case, "initial_assessment")
    assert isinstance(unready, Faulty)
    assert set(unready.faults) == {"children_count", "perpetrator_is_parent"}


def test_what_was_said_the_last_time_is_not_said_again(norfolk: County) -> None:
    case, words = norfolk.case(), "I would rather stay with my sister"
    stop = {"wish": "stop", "permission_withdrawn": "no", "offered": "Time", "in_their_words": words}
    assert isinstance(norfolk.do("support", case, "withdrawal", stop), Recorded)
    assert isinstance(norfolk.do("support", case, "withdrawal", {"wish": "carry_on"}), Recorded)
    seen = norfolk.see("support", case)
    assert seen is not None
    assert "withdrawal.in_their_words" not in seen.facts.answers
    assert (seen.facts.times["withdrawal"], seen.progress.outcome) == (2, "open")


def test_a_step_is_opened_again_with_a_reason_and_keeps_its_answers(norfolk: County) -> None:
    case = norfolk.case()
    norfolk.do("police", case, "initial_assessment", ASSESSMENT)
    results = []
    for role, reason in (("support", "Wrong"), ("police", ""), ("police", "The customer rang: they share the home")):
        with norfolk.acting(role):
            results.append(
                reopen_step(
                    case_id=case,
                    step="initial_assessment",
                    reason=reason,
                    expected_seq=99,
                    key=uuid4(),
                    now=norfolk.now,
                )
            )
    assert [type(result) for result in results] == [Refused, Faulty, Recorded]
    seen = norfolk.see("police", case)
    assert seen is not None
    assert seen.facts.drafts["initial_assessment.owner"] == "The council"
    assert "initial_assessment" in [place.step for place in seen.progress.open]


def test_a_notice_that_was_not_sent_cannot_be_confirmed(norfolk: County) -> None:
    notice = next(step.name for step in norfolk.scheme.steps.values() if step.tells)
    with norfolk.acting("police"):
        result = acknowledge_notice(case_id=norfolk.case(), step=notice, key=uuid4(), now=norfolk.now)
    assert isinstance(result, Refused)


def test_a_case_is_found_by_name_postcode_birth_date_and_reference(norfolk: County) -> None:
    surname, born = f"Zz{uuid4().hex[:10]}", date(1930, 1, 1) + timedelta(days=uuid4().int % 25000)
    opened = norfolk.refer(name=f"Ada {surname}", postcode="ZZ7 7ZZ", birth_date=born.isoformat())
    assert isinstance(opened, Recorded)
    for purpose, value in [
        (Purpose.SURNAME, surname.upper()),
        (Purpose.FULL_NAME, f"ada {surname}"),
        (Purpose.POSTCODE, "zz77zz"),
        (Purpose.BIRTH_DATE, f"{born.day}/{born.month}/{born.year}"),
        (Purpose.REFERENCE, opened.reference.lower()),
    ]:
        with norfolk.acting("housing"), transaction.atomic():
            reference = {Purpose.REFERENCE: opened.reference}  # beside what other tests' cases may share
            assert search.find({purpose: value}, reference) == [opened.case_id], purpose
    norfolk.people["stranger"] = person("breckland_council", "housing")
    with norfolk.acting("stranger"), transaction.atomic():
        assert opened.case_id not in search.find({Purpose.SURNAME: surname})


def test_the_worklist_says_whose_turn_it_is(norfolk: County) -> None:
    case = norfolk.case()
    with norfolk.acting("police"), transaction.atomic():
        ours = {row.case_id: row for row in worklist.needing_us(norfolk.now, limit=None)}
    with norfolk.acting("housing"), transaction.atomic():
        theirs = {row.case_id: row for row in worklist.lately(limit=None)}
    assert ours[case].next_step == "Initial assessment"
    assert ours[case].summary == b'{"name": "Ada Example"}'
    assert not theirs[case].needs_us
    assert "Initial assessment" in theirs[case].waiting_on


def test_time_alone_moves_a_case_when_it_is_looked_at(norfolk: County) -> None:
    """A step that comes back after a time is open again without anything having happened."""
    case = norfolk.case()
    norfolk.do("police", case, "initial_assessment", {**ASSESSMENT, "happy_to_explore": "no"})
    seen = norfolk.see("police", case)
    assert seen is not None
    norfolk.now = seen.progress.recheck_at or norfolk.now
    later = norfolk.see("police", case)
    assert later is not None
    assert later.progress.at == norfolk.now


def test_every_look_is_noted(norfolk: County) -> None:
    case = norfolk.case()
    before = looks(case)
    norfolk.see("support", case)
    assert looks(case) > before


def test_the_timeline_shows_only_what_one_may_read(norfolk: County) -> None:
    case = assessed(norfolk)
    with norfolk.acting("police"):
        ask_enquiry(case_id=case, step="police_enquiry", expected_seq=99, key=uuid4(), now=norfolk.now)
    secret = "A weapon was found"
    norfolk.do("police", case, "police_enquiry", {"known": "yes", "go_ahead": "yes", "details": secret})
    police, support = norfolk.see("police", case), norfolk.see("support", case)
    assert police is not None
    assert support is not None
    assert police.facts.answers["police_enquiry.details"] == secret
    assert "police_enquiry.details" not in support.facts.answers
    assert secret not in repr(support)
    assert support.facts.answers["police_enquiry.go_ahead"] == "yes"
    kinds = [entry.kind for entry in support.timeline if entry.step == "police_enquiry"]
    assert EventKind.DONE in kinds


SECTIONS = ("housing_section", "money_section", "police_section", "support_section")
NOT_NEEDED = {"needed": "no", "agreed": "yes"}


def assessed(norfolk: County) -> UUID:
    """A case whose initial assessment and permission are done."""
    case = norfolk.case()
    norfolk.do("police", case, "initial_assessment", ASSESSMENT)
    consent = {"given": "yes", "how": "signed", "given_on": "2026-06-01 09:00", "has_supporters": "no"}
    assert isinstance(norfolk.do("police", case, "permission", consent), Recorded)
    return case


def looks(case: UUID) -> int:
    """How often the case was read, as the administrator counts it."""
    from tests.support.database import administrator

    with administrator() as connection:
        readings = "select count(*) from audit_entry where case_id = %s and what <> 'write'"
        found = connection.execute(readings, [case]).fetchone()
    assert found is not None
    return int(found[0])


def at_once(act: Callable[[], Result], times: int) -> list[Result]:
    """The results of the same act done by several people at the same moment."""

    def alone() -> Result:
        try:
            return act()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(times) as people:
        return [future.result() for future in [people.submit(alone) for _ in range(times)]]
