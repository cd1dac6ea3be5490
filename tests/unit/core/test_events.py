"""Do events add up to the right facts, whatever their order and repetition?"""

from datetime import UTC, datetime, timedelta

import pytest

from sanctuary.core.events import NOTHING, Event, EventKind, fold
from sanctuary.core.facts import Earlier, Override, Pause

START = datetime(2026, 3, 2, 9, tzinfo=UTC)


def event(kind: EventKind, hours: int = 0, **rest: object) -> Event:
    return Event(kind=kind, at=START + timedelta(hours=hours), **rest)  # type: ignore[arg-type]


OPENED = event(EventKind.OPENED, area="north", version="v1")


def test_a_case_begins_by_being_opened() -> None:
    with pytest.raises(ValueError, match="begins"):
        fold([event(EventKind.DONE, step="referral")])
    with pytest.raises(ValueError, match="without events"):
        fold([])
    facts = fold([OPENED])
    assert (facts.opened_at, facts.area, facts.version, facts.seq) == (START, "north", "v1", 1)


def test_drafts_count_for_nothing_until_they_are_handed_in() -> None:
    facts = fold([OPENED, event(EventKind.DRAFTED, step="visit", answers={"note": "locks"})])
    assert (facts.answers, facts.drafts) == ({}, {"visit.note": "locks"})
    handed_in = [
        event(EventKind.ANSWERED, 1, step="visit", answers={"note": "two locks"}),
        event(EventKind.DONE, 1, step="visit", role="surveyor"),
    ]
    facts = fold(handed_in, facts)
    assert (facts.answers, facts.drafts) == ({"visit.note": "two locks"}, {})
    assert (facts.done_by, facts.times, facts.seq) == ({"visit": "surveyor"}, {"visit": 1}, 4)


def test_a_draft_that_was_emptied_is_no_draft_any_more() -> None:
    emptied = {"note": NOTHING, "never_there": NOTHING}
    facts = fold([OPENED, event(EventKind.DRAFTED, step="visit", answers={"note": "locks", "rooms": 3})])
    assert fold([event(EventKind.DRAFTED, 1, step="visit", answers=emptied)], facts).drafts == {"visit.rooms": 3}


def test_a_reopened_step_keeps_its_answers_as_drafts() -> None:
    facts = fold(
        [
            OPENED,
            event(EventKind.ANSWERED, step="visit", answers={"note": "locks"}),
            event(EventKind.ANSWERED, step="visits", answers={"note": "another step"}),
            event(EventKind.ASKED, step="visit"),
            event(EventKind.DONE, step="visit", role="surveyor"),
            event(EventKind.REOPENED, 2, step="visit", reason="the wrong house"),
        ]
    )
    assert facts.drafts == {"visit.note": "locks"}
    assert facts.answers == {"visits.note": "another step"}
    assert (facts.done, facts.asked, facts.reopened) == ({}, {}, {"visit": "the wrong house"})


def test_a_step_done_again_counts_again() -> None:
    done = [event(EventKind.DONE, hour, step="review", role="housing") for hour in (1, 5)]
    facts = fold([OPENED, *done])
    assert facts.times == {"review": 2}
    assert facts.done == {"review": START + timedelta(hours=5)}


def test_notices_are_acknowledged_by_each_role() -> None:
    seen = [event(EventKind.ACKNOWLEDGED, step="tell", role=role) for role in ("police", "support", "police")]
    assert fold([OPENED, event(EventKind.ASKED, step="tell"), *seen]).acknowledged == {
        "tell": frozenset({"police", "support"})
    }


def test_clocks_stand_still_between_pause_and_resumption() -> None:
    paused = event(EventKind.PAUSED, 1, step="visit", reason="in hospital")
    facts = fold([OPENED, paused, event(EventKind.PAUSED, 2, step="works", reason="parts")])
    facts = fold([event(EventKind.RESUMED, 3, step="visit")], facts)
    assert facts.pauses[0] == Pause(step="visit", start=paused.at, end=START + timedelta(hours=3), reason="in hospital")
    assert facts.pauses[1].end is None


def test_a_case_can_move_to_another_version() -> None:
    assert fold([OPENED, event(EventKind.MOVED, version="v2")]).version == "v2"


def test_whoever_sends_a_notice_has_seen_it() -> None:
    facts = fold([OPENED, event(EventKind.ASKED, step="receipt", role="police")])
    assert facts.acknowledged == {"receipt": frozenset({"police"})}


def test_who_opened_the_case_and_who_did_what_for_whom_is_known() -> None:
    opened = event(EventKind.OPENED, area="north", version="v1", role="housing", agency="council")
    facts = fold([opened, event(EventKind.DONE, 1, step="visit", role="surveyor", agency="charity")])
    assert (facts.opened_by, facts.opened_for) == ("housing", "council")
    assert (facts.done_by, facts.done_for) == ({"visit": "surveyor"}, {"visit": "charity"})


def test_a_consent_withdrawn_and_a_rule_set_aside_are_kept_with_who_and_why() -> None:
    withdrawn = event(EventKind.WITHDRAWN, 1, step="share_police", reason="They asked for it")
    overridden = event(EventKind.OVERRIDDEN, 2, step="home.tied", role="manager", reason="The lease was changed")
    facts = fold([OPENED, withdrawn, overridden])
    assert facts.withdrawn == {"share_police": START + timedelta(hours=1)}
    reason = Override(at=START + timedelta(hours=2), role="manager", reason="The lease was changed")
    assert facts.overridden == {"home.tied": reason}


def test_a_step_passed_on_is_somebody_elses_until_it_is_done() -> None:
    facts = fold([OPENED, event(EventKind.PASSED_ON, 1, step="visit", to="coordinator")])
    assert facts.passed_on == {"visit": "coordinator"}
    assert fold([event(EventKind.DONE, 2, step="visit", role="coordinator")], facts).passed_on == {}


def test_what_was_answered_before_a_step_began_anew_is_kept_to_be_compared() -> None:
    story = [
        OPENED,
        event(EventKind.ANSWERED, 1, step="visit", answers={"risk": "high"}),
        event(EventKind.DONE, 1, step="visit"),
    ]
    assert fold(story).earlier == {}
    kept = {"visit.risk": Earlier(at=START + timedelta(hours=1), value="high")}
    again = event(EventKind.ANSWERED, 2, step="visit", answers={"risk": "low"})
    for happened in (again, event(EventKind.REOPENED, 2, step="visit", reason="A mistake")):
        assert fold([*story, happened]).earlier == kept
    assert fold([*story, again]).answers == {"visit.risk": "low"}


def test_a_pause_has_a_cause() -> None:
    facts = fold([OPENED, event(EventKind.PAUSED, 1, step="visit", reason="Keys", cause="landlord")])
    assert [(pause.cause, pause.reason) for pause in facts.pauses] == [("landlord", "Keys")]
