"""Does the page of a case say which fund pays for what, and only to those who may know it?"""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

import pytest

from sanctuary.actions.see_case import SeenCase
from sanctuary.core.events import Event, fold
from sanctuary.core.known import known
from sanctuary.core.progress import evaluate
from sanctuary.core.scheme import Scheme
from sanctuary.loader import load
from sanctuary.loader.casefile import read_case
from sanctuary.web.pages.answers import Line
from sanctuary.web.pages.paying import paying
from tests.support.chapter import BEGUN
from tests.support.chapters import written
from tests.unit.web.test_pages import staff

FILES = {
    "measures.yaml": """\
measures:
  lock: {title: Lock}
  alarm: {title: Alarm}
  fence: {title: Fence}
funds:
  landlord: {title: The landlord, pays_for: [lock], first_refusal: works.landlord_pays, source: guide}
  council: {title: The council, years: {2026-04-01: 100.00}, pays_for: [lock, alarm], source: guide}
""",
    "4-survey.yaml": """\
steps:
  works:
    kind: specification
    title: Works
    who: [housing]
    compartment: housing
    after: [referral]
    questions:
      measures: {ask: Which?, type: choices, options_from: measures}
      landlord_pays: {ask: Does the landlord pay for the lock?, type: yes_no}
""",
}
DONE = """\
- {at: 2026-03-02 10:00, did: works, as: housing, answers: {measures: [lock, alarm, fence], landlord_pays: %s}}
"""


@pytest.fixture
def scheme(tmp_path: Path) -> Scheme:
    """The small scheme with two funds."""
    written(tmp_path, FILES)
    loaded = load(tmp_path / "ours")
    assert loaded.scheme is not None, loaded.problems
    return loaded.scheme


def seen(scheme: Scheme, answer: str, reads: frozenset[str]) -> SeenCase:
    """The case as the council sees it."""
    events: tuple[Event, ...] | None
    events, problems = read_case(BEGUN + (DONE % answer if answer else ""), scheme)
    assert events is not None, problems
    facts, at = fold(events), events[-1].at
    return SeenCase(
        case_id=uuid4(), reference="OUR-1", scheme=scheme, facts=facts, progress=evaluate(scheme, facts, at),
        seq=facts.seq, staff=staff("housing"), reads=reads, timeline=(),
    )  # fmt: skip


def told(case: SeenCase) -> dict[str, tuple[str, ...]]:
    """Who pays for what."""
    lines: tuple[Line, ...] = paying(case, known(case.scheme, case.facts, case.progress.at))
    return {line.label: line.lines for line in lines}


BOTH = frozenset({"core", "housing"})


def test_each_fund_stands_with_what_it_pays_for_and_the_rest_with_none(scheme: Scheme) -> None:
    assert told(seen(scheme, "yes", BOTH)) == {
        "The landlord": ("Lock",), "The council": ("Alarm",), "No fund": ("Fence",),
    }  # fmt: skip
    assert told(seen(scheme, "no", BOTH)) == {"The council": ("Lock", "Alarm"), "No fund": ("Fence",)}


def test_nothing_is_said_before_anything_is_chosen_or_to_who_may_not_know(scheme: Scheme) -> None:
    assert told(seen(scheme, "", BOTH)) == {}
    assert told(seen(scheme, "yes", frozenset({"core"}))) == {}
