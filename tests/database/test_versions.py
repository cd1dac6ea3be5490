"""Does a case keep the version of its scheme that it began on, whatever is published later?"""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import transaction

from sanctuary.actions import definitions
from sanctuary.actions.held import hold, once, record
from sanctuary.actions.results import Recorded
from sanctuary.core.events import Event, EventKind
from sanctuary.core.scheme import Scheme
from sanctuary.loader import load
from tests.support.county import ASSESSMENT, County, county
from tests.support.database import on_the_record

pytestmark = on_the_record
OLD = "initial_assessment.happy_to_explore == 'no'"
NEW = "initial_assessment.happy_to_explore == 'yes'"


@pytest.fixture
def norfolk() -> County:
    return county()


def revised(place: Path) -> Scheme:
    """Norfolk, published once more with one rule turned round."""
    shutil.copytree(Path(settings.SCHEMES) / "norfolk", place / "norfolk")
    file = place / "norfolk" / "1-referral.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace(OLD, NEW), encoding="utf-8")
    assert definitions.publish(place) == ()
    scheme = load(place / "norfolk").scheme
    assert scheme is not None
    return scheme


@pytest.mark.covers("N31")
def test_a_case_goes_on_under_the_version_it_began_on(norfolk: County, tmp_path: Path) -> None:
    case = norfolk.case()
    later = revised(tmp_path)
    assert isinstance(norfolk.do("police", case, "initial_assessment", ASSESSMENT), Recorded)
    seen = norfolk.see("police", case)
    assert seen is not None
    assert later.version != norfolk.scheme.version == seen.scheme.version == seen.facts.version
    assert seen.progress.outcome == "open"


@pytest.mark.covers("N31", "A5")
def test_a_case_that_was_moved_is_judged_by_the_version_it_was_moved_to(norfolk: County, tmp_path: Path) -> None:
    case = norfolk.case()
    norfolk.do("police", case, "initial_assessment", ASSESSMENT)
    later = revised(tmp_path)
    moved = Event(kind=EventKind.MOVED, at=norfolk.now, version=later.version)
    with norfolk.acting("police"), transaction.atomic():
        held = replace(hold(case), scheme=later)
        assert isinstance(once(uuid4(), lambda: record(held, [moved], norfolk.now)), Recorded)
    seen = norfolk.see("police", case)
    assert seen is not None
    assert (seen.scheme.version, seen.progress.outcome) == (later.version, "stopped")
    assert [entry.kind for entry in seen.timeline][-1] is EventKind.MOVED
    with norfolk.acting("police"), transaction.atomic():
        assert hold(case).scheme.version == later.version
