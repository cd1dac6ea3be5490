"""Can what is too old to count be asked, answered and corrected again, through the same actions as the first time?"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.conf import settings

from sanctuary.actions import definitions
from sanctuary.actions.ask_enquiry import ask_enquiry
from sanctuary.actions.open_case import open_case
from sanctuary.actions.results import Recorded, Refused, Result
from sanctuary.core.progress import Progress
from sanctuary.loader import load
from tests.support.chapters import written
from tests.support.county import MONDAY, County, person
from tests.support.database import on_the_record

pytestmark = on_the_record
FILES = {
    "2-assessment.yaml": """\
steps:
  police_view:
    kind: enquiry
    title: What the police know
    who: [housing]
    compartment: core
    asks: police
    questions:
      dangerous: {ask: Is it too dangerous?, type: yes_no}
      why: {ask: Why?, type: text, optional: yes}
  works:
    kind: form
    title: Works
    who: [housing]
    compartment: core
    after: [police_view]
gates:
  safe:
    title: Is it safe?
    guards: [works]
    criteria:
      dangerous:
        stops_if: "police_view.dangerous == 'yes'"
        reason: It is too dangerous.
        unknown: hold
        source: guide, part 2
        retest: {in: 3 months}
""",
}


@pytest.fixture
def town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> County:
    """A small scheme in which the police are asked again after three months."""
    written(tmp_path, FILES)
    monkeypatch.setattr(settings, "SCHEMES", tmp_path)
    assert definitions.publish(tmp_path) == ()
    scheme = load(tmp_path / "ours").scheme
    assert scheme is not None
    monkeypatch.setattr(definitions, "_running", {"ours": scheme})
    people = {role: person(agency, role) for role, agency in scheme.areas["town"].agencies.items()}
    return County(scheme=scheme, area="town", people=people, now=MONDAY)


def ask(town: County, case: UUID) -> Result:
    with town.acting("housing"):
        return ask_enquiry(case_id=case, step="police_view", expected_seq=99, key=uuid4(), now=town.now)


def progress(town: County, case: UUID) -> Progress:
    seen = town.see("housing", case)
    assert seen is not None
    return seen.progress


def test_an_enquiry_is_asked_and_answered_again(town: County) -> None:
    with town.acting("housing"):
        opened = open_case(scheme_key="ours", area="town", plain={}, key=uuid4(), now=town.now)
    assert isinstance(opened, Recorded), opened
    case = opened.case_id
    assert isinstance(ask(town, case), Recorded)
    assert isinstance(ask(town, case), Refused)
    answer = {"dangerous": "no", "why": "Nothing was found"}
    assert isinstance(town.do("police", case, "police_view", answer), Recorded)
    assert isinstance(ask(town, case), Refused)
    assert "works" in [place.step for place in progress(town, case).open]
    town.now += timedelta(days=92)
    old = progress(town, case)
    assert {place.step: place.asked for place in old.open}["police_view"] is None
    assert {place.step: place.on for place in old.waiting} == {"works": ("police_view",)}
    assert isinstance(town.do("housing", case, "works", {}), Refused)
    assert isinstance(ask(town, case), Recorded)
    assert {place.step: place.who for place in progress(town, case).open}["police_view"] == ("police",)
    assert isinstance(town.do("police", case, "police_view", {"dangerous": "no"}), Recorded)
    seen = town.see("housing", case)
    assert seen is not None
    assert "works" in [place.step for place in seen.progress.open]
    assert seen.facts.times["police_view"] == 2
