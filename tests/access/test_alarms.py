"""Who sees an alarm, and who may take and close it? Never who caused it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.db import transaction

from sanctuary.core.alarms import Kind, Outcome
from sanctuary.records import accounts, alarms, context, deputies
from tests.support.access.administration import browser, proved
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


def raised_by(lead: Person) -> UUID:
    """A concern that the lead raised themselves."""
    with asking(lead):
        return alarms.raise_alarm(Kind.CONCERN, None, None, "worklist")


def tries_to_settle(person: Person, alarm: UUID) -> bool:
    """Whether somebody could take and close it."""
    with asking(person):
        return alarms.take(alarm) and alarms.close(alarm, Outcome.IN_ORDER, "Nothing to see.")


@on_the_record
def test_whoever_raised_it_sees_it_and_somebody_else_closes_it() -> None:
    retire_leads()
    agency = make_agency()
    one, two = make_lead(agency, "One Example"), make_lead(agency, "Two Example")
    alarm = raised_by(one)
    assert seen_by(one) == [("concern", "")]
    assert not tries_to_settle(one, alarm)
    assert tries_to_settle(two, alarm)


@on_the_record
def test_what_its_raiser_took_before_this_was_so_is_free_for_others() -> None:
    retire_leads()
    agency = make_agency()
    one, two = make_lead(agency), make_lead(agency)
    alarm = raised_by(one)
    with administrator() as connection:
        connection.execute("update alarm set taken_by = raised_by, taken_at = now() where id = %s", [alarm])
    with asking(one):
        assert not alarms.close(alarm, Outcome.IN_ORDER, "Nothing to see.")
        assert alarms.looked_after()[0].taken_by is None
    assert tries_to_settle(two, alarm)


@on_the_record
def test_what_a_lead_took_who_has_none_of_it_any_more_is_free_again() -> None:
    retire_leads()
    agency = make_agency()
    worker, one, two = make_person(agency), make_lead(agency), make_lead(agency)
    with asking(worker):
        alarm = alarms.raise_alarm(Kind.BUDGET, None, worker.account, "cases")
    with asking(one):
        assert alarms.take(alarm)
    give_duties(one)
    assert tries_to_settle(two, alarm)


@on_the_record
def test_where_its_raiser_is_the_only_lead_those_of_other_agencies_may_until_there_is_one() -> None:
    retire_leads()
    agency = make_agency()
    lead, colleague, elsewhere = make_lead(agency), make_person(agency), make_lead()
    case = open_case(lead)
    with asking(lead):
        alarm = alarms.raise_alarm(Kind.CONTACT_REFUSED, case.id)
    assert len(seen_by(elsewhere)) == 1
    with administrator() as connection:  # as one that was raised while somebody else could
        connection.execute("update alarm set for_all = false where id = %s", [alarm])
    assert len(seen_by(elsewhere)) == 1
    give_duties(colleague, "oversight")
    assert seen_by(elsewhere) == []
    assert tries_to_settle(colleague, alarm)


@on_the_record
def test_a_lead_of_another_agency_who_took_it_keeps_it() -> None:
    retire_leads()
    agency = make_agency()
    lead, colleague, elsewhere = make_lead(agency), make_person(agency), make_lead()
    case = open_case(lead)
    with asking(lead):
        alarm = alarms.raise_alarm(Kind.CONTACT_REFUSED, case.id)
    with asking(elsewhere):
        assert alarms.take(alarm)
    give_duties(colleague, "oversight")
    with asking(elsewhere):
        assert alarms.close(alarm, Outcome.MISTAKE, "Spoken to.")
        assert [each.id for each in alarms.looked_after(only_open=False)] == [alarm]


@on_the_record
def test_who_acts_for_whoever_caused_it_does_not_settle_it() -> None:
    retire_leads()
    agency = make_agency()
    one, two = make_lead(agency), make_lead(agency)
    alarm = raised_by(one)
    now = datetime.now(UTC)
    with proved(one):
        deputy = deputies.appoint(two.account, one.account, now - timedelta(days=1), now + timedelta(days=1))
    token = accounts.open_session(two.account)
    with context.acting(token), transaction.atomic():
        assert deputies.act_for(token, deputy)
    with context.acting(token), transaction.atomic():
        assert not alarms.take(alarm)
    assert tries_to_settle(two, alarm)


def page_of(lead: Person) -> tuple[str, list[str]]:
    """What the page of alarms says to a lead, and its buttons."""
    visitor = browser(lead)
    visitor.open("/oversight/alarms")
    forms = [form for form in visitor.page.forms if "/take" in form.action]
    return visitor.page.root.first("main").text, [button.label for form in forms for button in form.buttons]


@on_the_record
def test_the_page_says_who_closes_what_the_reader_caused() -> None:
    retire_leads()
    agency = make_agency()
    one = make_lead(agency)
    raised_by(one)
    said, buttons = page_of(one)
    assert "Nobody else has oversight now. Ask an administrator of your agency" in said
    assert not buttons
    two = make_lead(agency)
    said, buttons = page_of(one)
    assert "anybody else with oversight" in said
    assert not buttons
    assert page_of(two)[1] == ["Take it in hand"]
