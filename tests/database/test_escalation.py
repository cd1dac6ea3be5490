"""Does a case come onto the worklist of whoever is to know that it is late, when it is, though nobody looks at it?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import transaction

from sanctuary.actions import definitions
from sanctuary.core.clocks import Escalation, Period, Unit
from sanctuary.core.scheme import Clock, Scheme
from sanctuary.records import worklist
from sanctuary.records.worklist import WorklistRow
from tests.support.county import County, county
from tests.support.database import on_the_record

pytestmark = on_the_record

STEP, WITHIN = "initial_assessment", Period(count=3, unit=Unit.HOURS)
TOLD = (Escalation(to="support", after=Period(count=1, unit=Unit.HOURS)),)
LATE = Clock(name="late", title="Late", start="opened", until=STEP, within=WITHIN, escalations=TOLD)


def told(scheme: Scheme) -> Scheme:
    """The scheme, were the support agency to know of an initial assessment that is late."""
    return replace(scheme, clocks=(*scheme.clocks, LATE))


@pytest.fixture
def norfolk(monkeypatch: pytest.MonkeyPatch) -> County:
    """Norfolk with one escalation."""
    as_published, as_running = definitions.version, definitions.running

    def version(identity: str) -> Scheme:
        return told(as_published(identity))

    def running() -> Mapping[str, Scheme]:
        return {key: told(scheme) for key, scheme in as_running().items()}

    monkeypatch.setattr(definitions, "version", version)
    monkeypatch.setattr(definitions, "running", running)
    return county()


def theirs(norfolk: County, case: UUID) -> list[WorklistRow]:
    """The case in the support agency's worklist, where it needs them."""
    with norfolk.acting("support"), transaction.atomic():
        return [row for row in worklist.needing_us(norfolk.now, limit=None) if row.case_id == case]


def test_whoever_is_to_know_finds_the_case_once_it_is_late_enough(norfolk: County) -> None:
    case = norfolk.case()
    before = theirs(norfolk, case)
    assert not any(row.next_step.startswith("For you to know") for row in before)
    norfolk.pass_time(hours=5)
    (row,) = theirs(norfolk, case)
    assert row.next_step.startswith("For you to know: ")
    assert row.due_at == norfolk.now - timedelta(hours=2)
    seen = norfolk.see("support", case)
    assert seen is not None
    (place,) = [place for place in seen.progress.open if place.step == STEP]
    assert place.told == ("support",)
