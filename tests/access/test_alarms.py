"""Who sees an alarm, and who may take and close it?"""

from __future__ import annotations

import pytest

from sanctuary.core.alarms import Kind, Outcome
from sanctuary.records import alarms
from tests.support.access.oversight import give_duties, make_lead, retire_leads
from tests.support.database import (
    Person,
    administrator,
    asking,
    make_agency,
    make_conflict,
    make_person,
    on_the_record,
    open_case,
)


def seen_by(person: Person) -> list[tuple[str, str]]:
    """Kind and person of the open alarms that somebody sees."""
    with asking(person):
        return [(each.kind, each.about_name) for each in alarms.looked_after()]


@on_the_record
def test_leads_of_the_agencies_with_a_part_see_it_and_no_one_else() -> None:
    retire_leads()
    worker = make_person(make_agency(), name="Alex Example")
    case = open_case(worker)
    lead, stranger = make_lead(worker.agency), make_lead()
    with asking(worker):
        alarms.raise_alarm(Kind.EMERGENCY_OPENED, case.id, worker.account)
    assert seen_by(lead) == [("emergency_opened", "Alex Example")]
    assert seen_by(stranger) == []
    assert seen_by(worker) == []


@on_the_record
def test_the_person_it_is_about_neither_sees_nor_closes_it() -> None:
    retire_leads()
    agency = make_agency()
    lead, other = make_lead(agency, "Alex Example"), make_lead(agency)
    case = open_case(lead)
    with asking(lead):
        alarm = alarms.raise_alarm(Kind.SNOOPING, case.id, lead.account, "again_and_again")
        assert alarms.looked_after() == []
        assert not alarms.take(alarm)
        assert not alarms.close(alarm, Outcome.IN_ORDER, "Nothing to see.")
    assert seen_by(other) == [("snooping", "Alex Example")]


@on_the_record
def test_whoever_is_excluded_from_the_case_sees_nothing_of_it() -> None:
    retire_leads()
    agency = make_agency()
    worker, lead, other = make_person(agency), make_lead(agency), make_lead(agency)
    case = open_case(worker)
    make_conflict(lead, case)
    with asking(worker):
        alarm = alarms.raise_alarm(Kind.CONFLICT_FOUND, case.id, worker.account)
    assert seen_by(lead) == []
    assert len(seen_by(other)) == 1
    with asking(lead):
        assert not alarms.take(alarm)


@on_the_record
def test_where_nobody_else_may_look_every_lead_may() -> None:
    retire_leads()
    lead, elsewhere = make_lead(), make_lead()
    with asking(lead):
        alarms.raise_alarm(Kind.SNOOPING, None, lead.account, "own_name")
    assert seen_by(lead) == []
    assert len(seen_by(elsewhere)) == 1


@on_the_record
def test_taking_is_for_one_and_closing_for_whoever_took_it() -> None:
    retire_leads()
    agency = make_agency()
    worker, one, two = make_person(agency), make_lead(agency, "One Example"), make_lead(agency, "Two Example")
    with asking(worker):
        alarm = alarms.raise_alarm(Kind.CONCERN, None, worker.account, "worklist")
    with asking(one):
        assert alarms.take(alarm)
    with asking(two):
        assert not alarms.take(alarm)
        assert not alarms.close(alarm, Outcome.MISTAKE, "Spoke to Robin Example.")
    with asking(one):
        assert alarms.close(alarm, Outcome.MISTAKE, "Spoke to Robin Example.")
        assert not alarms.close(alarm, Outcome.BREACH, "Again.")
        (closed,) = (each for each in alarms.looked_after(only_open=False) if each.id == alarm)
    assert (closed.outcome, closed.words, closed.closed_name) == ("mistake", "Spoke to Robin Example.", "One Example")
    assert ("concern", "Robin Example") not in seen_by(two)
    with administrator() as connection:
        kept = connection.execute("select words from alarm where id = %s", [alarm]).fetchone()
    assert kept is not None
    assert b"Robin" not in kept[0]


@on_the_record
def test_the_same_alarm_is_raised_once_until_somebody_takes_it() -> None:
    retire_leads()
    agency = make_agency()
    worker, lead = make_person(agency), make_lead(agency)
    with asking(worker):
        first = alarms.raise_alarm(Kind.CONCERN, None, worker.account, "search")
        assert alarms.raise_alarm(Kind.CONCERN, None, worker.account, "search") == first
        assert alarms.raise_alarm(Kind.CONCERN, None, worker.account, "worklist") != first
    with asking(lead):
        assert alarms.take(first)
    with asking(worker):
        assert alarms.raise_alarm(Kind.CONCERN, None, worker.account, "search") != first


@on_the_record
@pytest.mark.parametrize("duties", [(), ("administrator",), ("specialist",)])
def test_no_other_duty_opens_alarms(duties: tuple[str, ...]) -> None:
    retire_leads()
    agency = make_agency()
    worker, somebody = make_person(agency), make_person(agency)
    make_lead(agency)
    give_duties(somebody, *duties)
    with asking(worker):
        alarm = alarms.raise_alarm(Kind.CONCERN, None, worker.account, "case")
    assert seen_by(somebody) == []
    with asking(somebody):
        assert not alarms.take(alarm)
