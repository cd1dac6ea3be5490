"""What does a test of two-person acts need? People with duties, who have just proved who they are, beside a case."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import transaction

from tests.support.database import (
    Agency,
    Happening,
    Person,
    administrator,
    as_account,
    grant,
    make_agency,
    make_person,
    open_case,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """An agency with a case: two officers who work on it, two information governance leads, and a specialist."""

    agency: Agency
    officer: Person
    colleague: Person
    lead: Person
    other_lead: Person
    specialist: Person
    case: Happening


def office() -> Office:
    """A fresh one."""
    agency = make_agency("Example council")
    officer, colleague = make_person(agency, name="Robin Officer"), make_person(agency, name="Kim Colleague")
    lead, other = make_person(agency, name="Lee Lead"), make_person(agency, name="Ola Lead")
    specialist = make_person(agency, name="Sam Specialist")
    give_duties(lead, "oversight")
    give_duties(other, "oversight")
    give_duties(specialist, "specialist")
    case = open_case(officer, grants=[grant(officer, (0, 1, 2, 3), (0, 1, 2, 3))])
    return Office(
        agency=agency,
        officer=officer,
        colleague=colleague,
        lead=lead,
        other_lead=other,
        specialist=specialist,
        case=case,
    )


def give_duties(person: Person, *duties: str) -> None:
    """Let the person hold exactly these duties."""
    with administrator() as connection:
        connection.execute("update account set duties = %s where id = %s", [list(duties), person.account])


@contextmanager
def fresh(person: Person) -> Iterator[str]:
    """Act as this person, who has just proved who they are, in one transaction."""
    with as_account(person) as token:
        step_up(person)
        with transaction.atomic():
            yield token


def step_up(person: Person) -> None:
    """Let every session of the person have been proved just now."""
    with administrator() as connection:
        connection.execute("update sign_in_session set stepped_up = now() where account_id = %s", [person.account])
