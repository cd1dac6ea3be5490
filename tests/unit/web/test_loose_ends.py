"""What does the check of a step say that follows from its answers, and what is still up or out when a case closes?"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from uuid import UUID

import pytest

from sanctuary.actions.see_case import SeenCase
from sanctuary.core.clocks import LONDON
from sanctuary.core.events import Event, fold
from sanctuary.core.progress import evaluate
from sanctuary.core.scheme import Scheme
from sanctuary.loader import load
from sanctuary.loader.casefile import read_case
from sanctuary.web.pages.check import check_page
from sanctuary.web.pages.section import packages
from sanctuary.web.pages.work import Work
from tests.spec.flags import CHAPTER as FLAGS
from tests.spec.measures import CHAPTER as MEASURES
from tests.support.chapter import Case
from tests.support.chapters import written
from tests.unit.web.test_pages import staff

NOW = datetime(2026, 3, 6, 12, tzinfo=LONDON)
_FLAGS = next(case for case in FLAGS.cases if isinstance(case, Case)).files
_MEASURES = next(case for case in MEASURES.cases if case.title == "What comes with it").files
_STORY = """\
- at: 2026-03-02 09:00
  opened: {area: town}
- at: 2026-03-02 09:10
  did: referral
  as: support
  answers: {hate_crime: yes}
- at: 2026-03-02 10:00
  did: assessment
  as: housing
  answers: {wants_it: yes, marker: %s}
"""
_LENT = """\
- at: 2026-03-03 10:00
  did: specification
  as: police
  answers: {extra: [phone]}
"""
_CHOOSING = """\
- at: 2026-03-03 10:00
  drafted: specification
  as: police
  answers: {extra: [window_lock]}
"""


@pytest.fixture
def scheme(tmp_path: Path) -> Scheme:
    """The scheme of the two chapters' first cases together."""
    loaded = load(written(tmp_path, {**_MEASURES, **_FLAGS}))
    assert loaded.scheme is not None, loaded.problems
    return loaded.scheme


def _notes(scheme: Scheme, story: str, step: str, role: str, reads: frozenset[str] | None = None) -> tuple[str, ...]:
    events, problems = read_case(story, scheme)
    assert events is not None, problems
    return check_page(Work(seen=_seen(scheme, events, role, reads), step=scheme.steps[step], now=NOW), {}).notes


def _seen(scheme: Scheme, events: tuple[Event, ...], role: str, reads: frozenset[str] | None) -> SeenCase:
    facts = fold(events)
    progress = evaluate(scheme, facts, NOW)
    return SeenCase(
        case_id=UUID(int=1), reference="OUR-4K7P-2X", scheme=scheme, facts=facts, progress=progress, seq=facts.seq,
        staff=replace(staff("housing"), role=role), reads=progress.reads[role] if reads is None else reads, timeline=(),
    )  # fmt: skip


def test_what_is_added_is_said(scheme: Scheme) -> None:
    assert _notes(scheme, _STORY % "no" + _CHOOSING, "specification", "police") == (
        "‘Smoke alarms’ is added: in this case it always is.",
        "‘Keys for the windows’ is added: it comes with ‘Window locks’.",
    )


def test_closing_says_what_is_up_and_what_is_out(scheme: Scheme) -> None:
    assert _notes(scheme, _STORY % "yes" + _LENT, "closure", "housing") == (
        "Still up: Marker at the fire service (The fire service).",
        "Lent and not back yet: Mobile phone.",
    )
    assert _notes(scheme, _STORY % "no", "closure", "housing") == ()
    assert _notes(scheme, _STORY % "yes" + _LENT, "assessment", "housing") == ()


def test_who_does_not_read_it_is_told_who_does(scheme: Scheme) -> None:
    (note,) = _notes(scheme, _STORY % "yes", "closure", "support", frozenset({"police"}))
    assert note.startswith("Whether this is still up is in a part of the record held by ")


def test_the_terms_stand_below_what_can_be_chosen(scheme: Scheme) -> None:
    questions = scheme.steps["specification"].questions
    found = packages(scheme, questions)
    assert found["extra"] == {
        "camera": "Not part of this scheme. The scheme fits no cameras outside.",
        "grille": "Only by exception, with the agreement of Council (in “Agreement to the exceptions”).",
    }
    assert found["package"] == {
        "windows": "Window locks",
        "doors": "Half-hour fire door",
        "both": "All of Windows and all of Doors, and: Mobile phone",
    }
    assert found.keys() == {"extra", "package"}
