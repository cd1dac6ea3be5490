"""Does a case keep the version of its scheme that it began on, whatever is published later?"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.db import transaction

from sanctuary.actions import definitions
from sanctuary.actions.held import hold, once, record
from sanctuary.actions.open_case import open_case
from sanctuary.actions.results import Recorded
from sanctuary.core.answers import Plain
from sanctuary.core.events import Event, EventKind
from sanctuary.core.scheme import Scheme
from sanctuary.loader import load
from tests.support.county import County, county
from tests.support.database import on_the_record

pytestmark = on_the_record
REFERRAL: Mapping[str, Plain] = {
    "name": "Rowan Ashdown", "birth_date": "not_known", "address": "4 Example Row", "postcode": "ZZ1 1AA",
    "safe_phone": "020 7946 0011", "safe_times": "Weekdays", "made_by": "council", "client_agrees": "yes",
    "harm": "domestic_abuse", "threat_of_arson": "no",
}  # fmt: skip
CONTACT: Mapping[str, Plain] = {"wants_scheme": "yes", "tenure": "private"}


@pytest.fixture
def uttlesford() -> County:
    return county("uttlesford", "uttlesford")


def opened(uttlesford: County) -> UUID:
    """A case that was referred and no more."""
    with uttlesford.acting("housing"):
        found = open_case(
            scheme_key="uttlesford", area="uttlesford", plain=REFERRAL, key=uuid4(), now=uttlesford.now
        )  # fmt: skip
    assert isinstance(found, Recorded), found
    return found.case_id


def revised(place: Path) -> Scheme:
    """The scheme, published once more with one rule turned round."""
    shutil.copytree(Path(settings.SCHEMES) / "uttlesford", place / "uttlesford")
    file = place / "uttlesford" / "1-referral.yaml"
    text, rule = file.read_text(encoding="utf-8"), "first_contact.wants_scheme == '{}'"
    assert rule.format("no") in text
    file.write_text(text.replace(rule.format("no"), rule.format("yes")), encoding="utf-8")
    assert definitions.publish(place) == ()
    scheme = load(place / "uttlesford").scheme
    assert scheme is not None
    return scheme


@pytest.mark.covers("N31")
def test_a_case_goes_on_under_the_version_it_began_on(uttlesford: County, tmp_path: Path) -> None:
    case = opened(uttlesford)
    later = revised(tmp_path)
    assert isinstance(uttlesford.do("housing", case, "first_contact", CONTACT), Recorded)
    seen = uttlesford.see("housing", case)
    assert seen is not None
    assert later.version != uttlesford.scheme.version == seen.scheme.version == seen.facts.version
    assert seen.progress.outcome == "open"


@pytest.mark.covers("N31", "A5")
def test_a_case_that_was_moved_is_judged_by_the_version_it_was_moved_to(uttlesford: County, tmp_path: Path) -> None:
    case = opened(uttlesford)
    uttlesford.do("housing", case, "first_contact", CONTACT)
    later = revised(tmp_path)
    moved = Event(kind=EventKind.MOVED, at=uttlesford.now, version=later.version)
    with uttlesford.acting("housing"), transaction.atomic():
        held = replace(hold(case, uttlesford.now), scheme=later)
        assert isinstance(once(uuid4(), lambda: record(held, [moved], uttlesford.now)), Recorded)
    seen = uttlesford.see("housing", case)
    assert seen is not None
    assert (seen.scheme.version, seen.progress.outcome) == (later.version, "stopped")
    assert [entry.kind for entry in seen.timeline][-1] is EventKind.MOVED
    with uttlesford.acting("housing"), transaction.atomic():
        assert hold(case, uttlesford.now).scheme.version == later.version
