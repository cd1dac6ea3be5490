"""Are readings without need told from work, and a lead told of them? Twenty snoopers among 100,000 readings."""

from __future__ import annotations

from datetime import timedelta
from random import Random

import pytest
from django.utils import timezone

from sanctuary.core.patterns import find
from sanctuary.jobs.watching import watch
from sanctuary.records import alarms, audit, cases, readings, search
from sanctuary.records.search import Purpose
from tests.support.access.oversight import make_lead, retire_leads
from tests.support.access.put_back import Kept, change, changed_audit
from tests.support.access.snooping import county, snoopers
from tests.support.database import (
    Happening,
    Person,
    asking,
    grant,
    make_agency,
    make_person,
    on_the_record,
    open_case,
)
from tests.support.proof import figure, length

__all__ = ["changed_audit"]


@pytest.mark.failure(20)
@pytest.mark.parametrize("seed", range(length(full=8, short=2)))
def test_twenty_among_a_hundred_thousand(seed: int) -> None:
    chance = Random(seed)
    work = county(chance)
    planted, theirs = snoopers(chance)
    assert 95_000 <= len(work) <= 110_000
    found = list(find([*work, *theirs]))
    caught = [
        one for one in planted if any((each.pattern, each.account) == (one.pattern, one.account) for each in found)
    ]
    accounts = {one.account for one in caught}
    false = [each for each in found if each.account not in accounts]
    figure(f"seed {seed}: {len(caught)} of 20 found, {len(false)} false alarms in {len(work):,} readings")
    assert len(caught) >= 19
    assert len(false) <= 50


def told(lead: Person) -> list[tuple[str, str, str]]:
    with asking(lead):
        return sorted((each.detail, each.about_name, each.reference) for each in alarms.looked_after())


def back_to_back(kept: Kept, person: Person, case: Happening, times: int, step: timedelta) -> None:
    """As many visits, each that much before the next."""
    mine = "account_id = %s and case_id = %s and at > now() - interval '1 h'"
    for number in range(times):
        with asking(person):
            cases.find(case.id)
        ago = int((step * (times - number)).total_seconds())
        change(kept, f"at = at - interval '{ago} s'", mine, person.account, case.id)


@on_the_record
@pytest.mark.failure(20)
def test_what_the_audit_holds_becomes_an_alarm_once(changed_audit: Kept) -> None:
    retire_leads()
    agency = make_agency()
    owner, nosy, lead = make_person(agency), make_person(agency, "police", "Nosy Example"), make_lead(agency)
    case = open_case(owner, [grant(owner, needs_us=True), grant(nosy)])
    back_to_back(changed_audit, nosy, case, 7, timedelta(hours=3))
    watch(timezone.now())
    assert told(lead).count(("again_and_again", "Nosy Example", case.reference)) == 1
    assert watch(timezone.now()).endswith(" 0 alarms")


@on_the_record
@pytest.mark.failure(20)
def test_whose_name_it_is_is_known_by_blind_tokens(changed_audit: Kept) -> None:
    retire_leads()
    agency = make_agency()
    owner, lead = make_person(agency, name="Robin Other"), make_lead(agency)
    cousin, colleague = make_person(agency, "police", "Sam Zebrawski"), make_person(agency, "support", "Kim Somebody")
    case = open_case(owner, [grant(owner, needs_us=True), grant(cousin), grant(colleague)])
    with asking(owner):
        search.describe(case.id, None, {Purpose.SURNAME: ["zebrawski"]})
    back_to_back(changed_audit, cousin, case, 3, timedelta(hours=2))
    back_to_back(changed_audit, colleague, case, 4, timedelta(hours=2))
    watch(timezone.now())
    assert [each for each in told(lead) if each[2] == case.reference] == [
        ("colleague", "Kim Somebody", case.reference),
        ("own_name", "Sam Zebrawski", case.reference),
    ]


@on_the_record
@pytest.mark.failure(20)
def test_searches_and_leavers_are_watched_too() -> None:
    retire_leads()
    agency = make_agency()
    nosy, lead = make_person(agency, name="Nosy Example"), make_lead(agency)
    for _ in range(14):
        with asking(nosy):
            audit.searched("surname")
    with asking(lead):
        assert readings.say_leaving(nosy.account, True)
        assert readings.is_leaving(nosy.account)
    made = [open_case(make_person(agency, "police"), [grant(nosy)]) for _ in range(10)]
    for case in made:
        with asking(nosy):
            cases.find(case.id)
    watch(timezone.now())
    assert {detail for detail, *_ in told(lead)} >= {"searching", "leaving"}
