"""What do the pages of a case say, and to whom? Safe contact, turns, reasons, and what is held elsewhere."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from sanctuary.actions.see_case import SeenCase, TimelineEntry
from sanctuary.core.events import EventKind
from sanctuary.core.facts import Facts, Pause, Silence
from sanctuary.core.progress import evaluate
from sanctuary.core.scheme import Scheme
from sanctuary.records.accounts import Staff
from sanctuary.web.forms.page import Typing
from sanctuary.web.pages.case import CasePage, case_page
from sanctuary.web.pages.check import check_page
from sanctuary.web.pages.letter import merged
from sanctuary.web.pages.section import section_page
from sanctuary.web.pages.step import step_page
from sanctuary.web.pages.work import Work
from sanctuary.web.pages.worklist import Chosen, pagination
from tests.unit.web import sample

NOW = sample.NOW
SCHEME = sample.scheme()
CASE = UUID("7d7f8f0e-6a35-4f0c-9a44-3f6f6d0f2b11")


def staff(role: str = "housing") -> Staff:
    """Somebody of the sample's agencies."""
    agency = {"housing": "council", "police": "unit"}[role]
    return Staff(account=uuid4(), name="Robin Example", role=role, agency_id=1, agency=agency, agency_title="Agency")


def seen(facts: Facts | None = None, role: str = "housing", timeline: tuple[TimelineEntry, ...] = ()) -> SeenCase:
    """The sample's case as this role sees it."""
    return seen_under(SCHEME, facts, role, timeline)


def seen_under(
    scheme: Scheme, facts: Facts | None = None, role: str = "housing", timeline: tuple[TimelineEntry, ...] = ()
) -> SeenCase:
    """The sample's case under `scheme`, as this role sees it."""
    facts = facts or sample.facts()
    progress = evaluate(scheme, facts, NOW)
    return SeenCase(
        case_id=CASE,
        reference="SAM-4K7P-2X",
        scheme=scheme,
        facts=facts,
        progress=progress,
        seq=facts.seq,
        staff=staff(role),
        reads=progress.reads[role],
        timeline=timeline,
    )


def page(facts: Facts | None = None, role: str = "housing") -> CasePage:
    """The page of the sample's case."""
    return case_page(seen(facts, role), NOW)


def without(*names: str, **instead: object) -> Facts:
    """The sample's facts less these."""
    answers = {name: value for name, value in sample.ANSWERS.items() if name not in names}
    return sample.facts(answers={**answers, **instead})


def test_safe_contact_is_said_first_and_only_where_it_was_given() -> None:
    assert page().safe.state == "known"
    assert page().safe.lines[0].lines == ("020 7946 0123",)
    assert page(without("referral.safe_phone", "referral.safe_times")).safe.state == "none"
    silent = without(**{"referral.safe_phone": Silence.NOT_APPLICABLE, "referral.safe_times": Silence.NOT_KNOWN})
    assert page(silent).safe.state == "none"


def test_safe_contact_that_is_not_for_the_reader_names_who_holds_it() -> None:
    case = replace(seen(role="police"), reads=frozenset({"police"}))
    told = case_page(case, NOW).safe
    assert (told.state, told.lines) == ("held", ())
    assert "Local housing authority" in told.holder


def test_own_turns_come_first_with_their_due_times_in_words() -> None:
    enquiry, approval = page().turns
    assert (enquiry.title, enquiry.yours, enquiry.due, enquiry.doing) == (
        "Police enquiry",
        True,
        "due in 1 minute",
        "Ask",
    )
    assert approval.due == "no target stated"
    assert any("within 1 working day" in sentence for sentence in enquiry.why)
    later = case_page(seen(), NOW + timedelta(hours=3)).turns[0]
    assert (later.due, later.tone) == ("3 hours overdue", "overdue")


def test_what_others_have_to_do_says_who() -> None:
    turns = page(role="police").turns
    assert not any(turn.yours for turn in turns)
    assert turns[0].whose == "Sample District Council"


def test_a_clock_that_stands_still_is_not_overdue() -> None:
    pause = Pause(step="enquiry", start=NOW - timedelta(hours=1), end=None, reason="The unit has moved")
    turn = next(
        turn
        for turn in case_page(seen(sample.facts(pauses=(pause,))), NOW + timedelta(days=9)).turns
        if turn.step == "enquiry"
    )
    assert (turn.due, turn.tone, turn.pause_reason) == ("clock paused", "none", "The unit has moved")


def test_each_no_has_its_reason_its_source_and_what_else_there_is() -> None:
    told = page(without(**{"referral.lives_there": "yes"}))
    assert told.standing == "Stopped"
    assert told.noes[0].text == "The perpetrator lives in the home."
    assert told.noes[0].source == "guide, section 2"
    assert told.noes[0].alternatives == ("A place in a refuge", "Legal advice about an occupation order")


def test_what_comes_later_is_parted_into_soon_and_after_that() -> None:
    soon = {wait.title: wait.soon for wait in page().waits}
    assert soon == {"Acceptance letter": True, "Specification": False, "Tell the others": False}


def test_answers_held_elsewhere_say_who_holds_them() -> None:
    lines = [line for stage in page().answered for step in stage.steps for part in step.sections for line in part.lines]
    story = next(line for line in lines if line.name == "story")
    assert (story.lines, story.held) == ((), "Police domestic violence unit")
    assert not any(line.name == "leaves" for line in lines)  # it does not apply
    total = next(line for line in lines if line.strong)
    assert total.lines == ("£703.33",)


def test_a_closed_case_says_why_it_was_closed() -> None:
    facts = without(**{"withdrawal.outcome": "unsuitable"})
    closed = replace(facts, done={**facts.done, "withdrawal": NOW})
    assert page(closed).standing == "Closed: Housing situation unsuitable"
    assert page(closed).turns == ()


def test_the_timeline_tells_a_step_once_newest_first() -> None:
    at = NOW - timedelta(hours=1)
    made = [
        TimelineEntry(
            kind=kind, step=step, at=at, recorded_at=at, by_name="Robin Example", by_agency="council", reason=why
        )
        for kind, step, why in [
            (EventKind.OPENED, "", ""),
            (EventKind.ANSWERED, "referral", ""),
            (EventKind.ANSWERED, "referral", ""),
            (EventKind.DONE, "referral", ""),
            (EventKind.PAUSED, "enquiry", "The unit has moved"),
        ]
    ]
    told = case_page(seen(timeline=tuple(made)), NOW).timeline
    assert [each.title for each in told] == ["Police enquiry: clock paused", "Referral: done", "Case opened"]
    assert told[0].reason == "The unit has moved"
    assert told[1].who == "Robin Example, Sample District Council"


def work(step: str, facts: Facts | None = None, role: str = "housing") -> Work:
    """A step of the sample's case before somebody."""
    return Work(seen=seen(facts, role), step=SCHEME.steps[step], now=NOW)


@pytest.mark.parametrize(
    ("step", "role", "mode"),
    [
        ("enquiry", "housing", "send"),
        ("enquiry", "police", "send"),
        ("approval", "housing", "fill"),
        ("approval", "police", "look"),
        ("conference", "police", "fill"),
        ("specification", "police", "look"),
        ("referral", "housing", "look"),
    ],
)
def test_a_step_offers_what_can_be_done_with_it(step: str, role: str, mode: str) -> None:
    assert step_page(work(step, role=role)).mode == mode


def test_a_step_that_cannot_be_done_says_why() -> None:
    assert step_page(work("specification", role="police")).why_not == "This waits for: Acceptance letter."
    assert step_page(work("referral")).why_not == "This has been done."
    assert step_page(work("approval", role="police")).why_not.startswith("This is for: Sample District Council")


def test_an_enquiry_once_asked_is_answered_by_whom_it_asks() -> None:
    asked = sample.facts(asked={"enquiry": NOW})
    assert step_page(work("enquiry", asked, "police")).mode == "fill"
    assert "Is there a reason not to go on?" in " ".join(
        section_page(work("enquiry", asked, "police"), SCHEME.steps["enquiry"].sections[0], Typing()).fields
    )


def test_sections_show_how_far_they_are() -> None:
    drafts = {"referral.owns": "own", "referral.lives_there": "no", "referral.threats": ("fire",), "referral.name": "A"}
    begun = sample.facts(answers={}, done={}, done_by={}, drafts=drafts)
    states = {task.section: task.state for task in step_page(work("referral", begun)).tasks}
    assert states == {"person": "In progress", "home": "Completed", "money": "Not started"}


def test_the_check_shows_totals_and_what_is_missing_with_the_way_to_it() -> None:
    drafts = {name: value for name, value in sample.ANSWERS.items() if name != "referral.name"}
    begun = sample.facts(answers={}, done={}, done_by={}, drafts=drafts)
    shown = check_page(work("referral", begun), work("referral", begun).handed_in().faults)
    assert [(each.section, each.href) for each in shown.missing] == [("person", "#name")]
    totals = [line.label for section in shown.sections for line in section.lines if line.strong]
    assert totals == ["Left over, each month"]


def test_a_package_is_offered_with_what_it_holds() -> None:
    facts = sample.facts(done={"referral": NOW, "approval": NOW, "acceptance": NOW})
    ready = work("specification", facts, "police")
    drawn = " ".join(section_page(ready, ready.sections[0], Typing()).fields)
    assert "All of Minimum, and: Smoke alarm" in drawn


def test_a_letter_is_filled_from_the_case_and_says_what_it_lacks() -> None:
    ready = merged(seen(without(**{"referral.lives_there": "yes"})), SCHEME.steps["acceptance"], NOW)
    assert ready.missing == ()
    assert "Dear Amina Example," in [block.text for block in ready.blocks]
    assert "referral.name" in merged(seen(without("referral.name")), SCHEME.steps["acceptance"], NOW).missing


@pytest.mark.parametrize(
    ("count", "page_number", "numbers"),
    [(50, 1, None), (51, 1, [1, 2]), (1000, 10, [1, 0, 9, 10, 11, 0, 20])],
)
def test_pages_of_the_worklist(count: int, page_number: int, numbers: list[int] | None) -> None:
    made = pagination(count, Chosen(page=page_number, area="norwich"))
    assert (made is None) is (numbers is None)
    if made is not None:
        assert [item.get("number", 0) for item in made["items"]] == numbers
        assert all("area=norwich" in item.get("href", "area=norwich") for item in made["items"])


def entry(kind: EventKind, step: str, minutes: int) -> TimelineEntry:
    """Something recorded so many minutes ago."""
    at = NOW - timedelta(minutes=minutes)
    return TimelineEntry(
        kind=kind, step=step, at=at, recorded_at=at, by_name="Robin Example", by_agency="council", reason=""
    )


def test_drafts_are_told_once_and_no_more_when_they_are_handed_in() -> None:
    drafted = tuple(entry(EventKind.DRAFTED, "approval", minutes) for minutes in (9, 8, 7))
    assert [each.title for each in case_page(seen(timeline=drafted), NOW).timeline] == ["Approval: answers saved"]
    done = (*drafted, entry(EventKind.ANSWERED, "approval", 5), entry(EventKind.DONE, "approval", 5))
    assert [each.title for each in case_page(seen(timeline=done), NOW).timeline] == ["Approval: done"]


def test_a_step_begun_is_carried_on() -> None:
    begun = sample.facts(drafts={"approval.outcome": "yes"})
    assert {turn.step: turn.doing for turn in page(begun).turns} == {"enquiry": "Ask", "approval": "Carry on"}
