"""What does a test of two-person acts need? People with duties, who have just proved who they are, beside a case."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields

from django.db import transaction

from sanctuary.records import context
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
    """A case, and people around it: two officers who work on it, leads and a specialist who do not read it, the lead of
    another agency that has part in it, and one of an agency that has none.
    """

    agency: Agency
    case: Happening
    officer: Person
    colleague: Person
    lead: Person
    other_lead: Person
    specialist: Person
    partner: Person
    stranger: Person

    @property
    def people(self) -> dict[str, Person]:
        """Everybody, by name of the field."""
        named = ((field.name, getattr(self, field.name)) for field in fields(self))
        return {name: person for name, person in named if isinstance(person, Person)}


def office() -> Office:
    """A fresh one."""
    agency = make_agency("Example council")
    officer, colleague = make_person(agency, name="Robin Officer"), make_person(agency, name="Kim Colleague")
    partner = make_person(make_agency("Example support"), "support", "Pat Partner")
    case = open_case(officer, grants=[grant(officer, (0, 1, 2, 3), (0, 1, 2, 3)), grant(partner)])
    return Office(
        agency=agency,
        case=case,
        officer=officer,
        colleague=colleague,
        lead=_with_duty(make_person(agency, "records", "Lee Lead"), "oversight"),
        other_lead=_with_duty(make_person(agency, "records", "Ola Lead"), "oversight"),
        specialist=_with_duty(make_person(agency, "records", "Sam Specialist"), "specialist"),
        partner=_with_duty(partner, "oversight"),
        stranger=_with_duty(make_person(make_agency("Elsewhere"), "records", "Sol Stranger"), "oversight"),
    )


def _with_duty(person: Person, duty: str) -> Person:
    give_duties(person, duty)
    return person


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


def fresh_token(person: Person) -> str:
    """The token of a session that was proved just now, for a test that acts often."""
    with as_account(person) as token:
        step_up(person)
    return token


@contextmanager
def session(token: str) -> Iterator[None]:
    """Act under the token in one transaction."""
    with context.acting(token), transaction.atomic():
        yield
