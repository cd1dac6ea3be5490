"""Does a case file become the events that the record would hold, and is every mistake in it told?"""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from sanctuary.core.clocks import LONDON
from sanctuary.core.events import Event, EventKind
from sanctuary.core.facts import Silence
from sanctuary.loader.casefile import read_case
from sanctuary.loader.entries import VERBS
from sanctuary.loader.scalars import moment
from tests.support.definitions import small_scheme

OPENED = "- {at: 2026-03-02 09:00, opened: {area: town}, as: housing}\n"
REFERRED = """- at: 2026-03-02 09:10
  did: referral
  as: police
  answers:
    name: Robin Example
    birth_date: 1990-05-01
    address: 1 High Street
    postcode: ab12cd
    safe_phone: 020 7946 0001
    harm: hate_crime
    takes_on: support
    wages: £12.50 a week
    rent: not_known
"""


def events_of(text: str) -> tuple[Event, ...]:
    """The events of a case file without problems."""
    events, problems = read_case(text, small_scheme())
    assert problems == ()
    assert events is not None
    return events


def problems_of(text: str) -> list[str]:
    """The problems of a case file, as they are printed."""
    events, problems = read_case(text, small_scheme())
    assert events is None
    return [str(problem) for problem in problems]


def test_a_case_begins_with_its_opening() -> None:
    (event,) = events_of(OPENED)
    assert event == Event(
        kind=EventKind.OPENED,
        at=datetime(2026, 3, 2, 9, 0, tzinfo=LONDON),
        area="town",
        role="housing",
        agency="town_council",
        version=small_scheme().version,
    )


def test_answers_are_recorded_by_compartment_and_then_the_step_is_done() -> None:
    _, core, money, done = events_of(OPENED + REFERRED)
    assert [event.kind for event in (core, money, done)] == [EventKind.ANSWERED, EventKind.ANSWERED, EventKind.DONE]
    assert core.answers["birth_date"] == date(1990, 5, 1)
    assert core.answers["postcode"] == "AB1 2CD"
    assert money.answers == {
        "wages": {"amount": Decimal("12.50"), "per": "week"},
        "rent": Silence.NOT_KNOWN,
        "income": Decimal("54.17"),
        "left": Silence.NOT_KNOWN,
    }
    assert {(event.step, event.role, event.agency) for event in (core, money, done)} == {
        ("referral", "police", "town_police")
    }


def test_a_question_that_does_not_apply_is_recorded_so() -> None:
    events = events_of(f"{OPENED}{REFERRED}- {{at: 2026-03-02 10:00, did: police_answer, answers: {{risk: low}}}}\n")
    assert events[-2].answers == {"risk": "low", "detail": Silence.NOT_APPLICABLE}


def test_the_only_role_that_does_a_step_need_not_be_named() -> None:
    assert events_of(f"{OPENED}- {{at: 2026-03-02 10:00, did: works, answers: {{completed_on: 2026-03-09}}}}\n")[
        -1
    ].role == ("housing")
    assert events_of(f"{OPENED}- {{at: 2026-03-02 10:00, drafted: referral}}\n")[-1].role == ""


def test_a_reassigned_role_is_played_by_its_agency() -> None:
    events = events_of(
        f"{OPENED}{REFERRED}- {{at: 2026-03-02 10:00, did: choice, as: support, answers: {{given: no}}}}\n"
    )
    assert events[-1].agency == "anchor"


def test_what_follows_of_itself_is_added() -> None:
    text = f"""{OPENED}{REFERRED}
- {{at: 2026-03-02 10:00, did: choice, as: support, answers: {{given: yes}}}}
- {{at: 2026-03-02 10:10, did: decision, answers: {{outcome: no}}}}
- {{at: 2026-03-02 10:20, asked: told}}
- {{at: 2026-03-02 10:30, acknowledged: told, as: police}}
- {{at: 2026-03-02 10:40, acknowledged: told, as: support}}
"""
    kinds = [(event.kind, event.step) for event in events_of(text)]
    assert kinds[-6:] == [
        (EventKind.DONE, "decision"),
        (EventKind.REOPENED, "choice"),
        (EventKind.ASKED, "told"),
        (EventKind.ACKNOWLEDGED, "told"),
        (EventKind.ACKNOWLEDGED, "told"),
        (EventKind.DONE, "told"),
    ]


def test_other_things_that_happen_are_recorded_with_their_reason() -> None:
    text = f"""{OPENED}
- {{at: 2026-03-02 10:00, drafted: works, answers: {{}}}}
- {{at: 2026-03-02 10:00, drafted: visit_home, answers: {{at: 2026-03-09 14:30}}}}
- {{at: 2026-03-02 10:10, paused: works, because: It snows.}}
- {{at: 2026-03-02 10:20, resumed: works}}
- {{at: 2026-03-02 10:30, reopened: referral, because: The address was wrong.}}
- {{at: 2026-03-02 10:40, moved: 0123456789ab}}
"""
    _, drafted, paused, resumed, reopened, moved = events_of(text)
    assert drafted.answers == {"at": datetime(2026, 3, 9, 14, 30, tzinfo=LONDON)}
    assert (paused.kind, paused.reason, resumed.kind) == (EventKind.PAUSED, "It snows.", EventKind.RESUMED)
    assert (reopened.step, reopened.reason, moved.version) == ("referral", "The address was wrong.", "0123456789ab")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-07-01 09:00", datetime(2026, 7, 1, 8, 0, tzinfo=UTC)),
        ("2026-07-01T09:00:30", datetime(2026, 7, 1, 8, 0, 30, tzinfo=UTC)),
        ("2026-07-01 09:00 +02:00", datetime(2026, 7, 1, 7, 0, tzinfo=UTC)),
        ("2026-01-01T09:00Z", datetime(2026, 1, 1, 9, 0, tzinfo=UTC)),
        ("2026-01-01", None),
        ("2026-13-01 09:00", None),
        ("2026-01-01 09:00 +99:00", None),
        ("tomorrow", None),
    ],
)
def test_times_are_london_times_unless_they_say_otherwise(text: str, expected: datetime | None) -> None:
    assert moment(text) == expected


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("{at: 2026-03-02 10:00, did: refferal}", "case:2:31: there is no step 'refferal'; did you mean 'referral'?"),
        ("{at: 2026-03-02, did: works}", "case:2:8: write a date and a time, like 2026-03-02 09:30"),
        ("{did: works}", "case:2:3: this needs the key 'at'"),
        (
            "{at: 2026-03-02 10:00}",
            f"case:2:3: write one of {', '.join(VERBS)}, to say what happened",
        ),
        ("{at: 2026-03-02 10:00, did: works, asked: told}", "case:2:3: write either did or asked, not both"),
        ("{at: 2026-03-02 10:00, dad: works}", "case:2:26: there is no key 'dad' here; did you mean 'did'?"),
        ("{at: 2026-03-02 10:00, asked: told, answers: {}}", "case:2:39: 'answers' does not belong to 'asked'"),
        (
            "{at: 2026-03-02 08:00, asked: told}",
            "case:2:8: this is before the event above it; write events in the order of their times",
        ),
        ("{at: 2026-03-02 10:00, opened: {area: town}}", "case:2:26: a case is opened only once"),
        (
            "{at: 2026-03-02 10:00, asked: told, as: housng}",
            "case:2:43: there is no role 'housng'; did you mean 'housing'?",
        ),
        ("{at: 2026-03-02 10:00, asked: works}", "case:2:33: only an enquiry or a notice is asked; 'works' is a works"),
        (
            "{at: 2026-03-02 10:00, acknowledged: told, as: police}",
            "case:2:40: 'told' has not gone out yet: write {asked: told} first",
        ),
        (
            "{at: 2026-03-02 10:00, did: works, as: police, answers: {completed_on: 2026-03-02}}",
            "case:2:42: 'works' is done by housing, not by police",
        ),
        (
            "{at: 2026-03-02 10:00, did: works, answers: {completed_on: yesterday}}",
            "case:2:62: Enter a date with a day for ‘When were they completed?’, like 27 3 2026",
        ),
        (
            "{at: 2026-03-02 10:00, did: works}",
            "case:2:31: 'completed_on' has no answer: enter a date for ‘When were they completed?’",
        ),
        (
            "{at: 2026-03-02 10:00, drafted: works, answers: {complete_on: 2026-03-02}}",
            "case:2:52: 'works' has no question 'complete_on'; did you mean 'completed_on'?",
        ),
        (
            "{at: 2026-03-02 10:00, drafted: referral, answers: {household: [{name: A, age: 1}, {name: B, age: x}]}}",
            "case:2:101: Enter a whole number for ‘Age’, like 3",
        ),
        (
            "{at: 2026-03-02 10:00, drafted: referral, answers: {wages: {amount: x, per: week}}}",
            "case:2:71: Enter an amount in pounds for ‘What are the wages?’, like 12.50",
        ),
    ],
)
def test_a_mistake_is_told_where_it_is(line: str, problem: str) -> None:
    assert problems_of(f"{OPENED}- {line}\n") == [problem]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "case:1:1: this file is empty; a case file is a list of events"),
        ("at: now", "case:1:1: a case file is a list of events, each starting with '- at: '"),
        ("[]", "case:1:1: a case begins with the event that opens it: {at: …, opened: {area: …}}"),
        (
            "- {at: 2026-03-02 10:00, asked: told}",
            "case:1:3: a case begins with the event that opens it: {at: …, opened: {area: …}}",
        ),
        ("- {at: 2026-03-02 10:00, opened: {area: twon}}", "case:1:41: there is no area 'twon'; did you mean 'town'?"),
        (
            "- {at: 2026-03-02 10:00, opened: town}",
            "case:1:34: write names here, each on a line of its own with a colon and what belongs to it",
        ),
        ("- at: [a", "case:1:7: this list has no closing ], or a comma is missing in it"),
    ],
)
def test_a_file_that_is_no_case_file_is_told(text: str, problem: str) -> None:
    assert problems_of(text) == [problem]


def test_a_case_file_can_be_named_by_its_path(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    path.write_text(f"{OPENED}- {{at: 2026-03-02 10:00, did: nothing}}\n", encoding="utf-8")
    events, problems = read_case(path, small_scheme())
    assert events is None
    assert [str(problem) for problem in problems] == [f"{path}:2:31: there is no step 'nothing'"]
    assert read_case(tmp_path / "none.yaml", small_scheme())[1][0].message == "this file cannot be read"
