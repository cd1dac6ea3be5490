"""Who is shut out of what? The tables of screening, read past every policy; and giving things as somebody."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sanctuary.records import accounts, cases, screening
from sanctuary.records.screening import Details
from tests.support.county import County
from tests.support.database import Person, administrator, asking, make_person


def asked(statement: str, *values: Any) -> list[tuple[Any, ...]]:
    """What a superuser sees."""
    with administrator() as connection:
        return list(connection.execute(statement, list(values)).fetchall())


def conflicts(case_id: UUID) -> dict[UUID, tuple[int, str]]:
    """Everybody who is shut out of the case: by which source, and in what state."""
    found = asked("select user_id, source, state from conflict where case_id = %s", case_id)
    return {account: (source, state) for account, source, state in found}


def crossings() -> list[tuple[UUID, UUID, list[int]]]:
    """Every crossing: both cases, and what is the same."""
    return [(one, other, same) for one, other, same in asked("select one_case, other_case, purposes from crossing")]


def colleague(of: County, name: str = "Robin Ashworth") -> Person:
    """Another member of the council's staff."""
    return make_person(of.people["housing"].agency, "housing", name)


def sees(person: Person, case_id: UUID) -> bool:
    """Whether the case is there for somebody, on a request that screens them first."""
    with asking(person):
        return accounts.current() is not None and cases.find(case_id) is not None


def gives_own(person: Person, **details: Any) -> None:
    """The person gives these details of themselves."""
    with asking(person):
        accounts.current()
        screening.give_own(Details(**details))


def declares(person: Person, **details: Any) -> None:
    """The person says that they know somebody with these details."""
    with asking(person):
        accounts.current()
        screening.give_known(Details(**details))


def declares_case(person: Person, reference: str) -> None:
    """The person says that they know the people of the case with this reference."""
    with asking(person):
        accounts.current()
        screening.give_case(reference)


def come(person: Person) -> None:
    """The person is here for the first time."""
    with asking(person):
        accounts.current()


def give_duties(person: Person, *duties: str) -> None:
    """Let the person have these duties."""
    with administrator() as connection:
        connection.execute("update account set duties = %s where id = %s", [list(duties), person.account])


def forget() -> None:
    """Empty the tables of screening: what other tests wrote of the same few people shuts nobody out in the next."""
    with administrator() as connection:
        connection.execute("truncate conflict, conflict_lifted, case_mark, staff_mark, staff_given, crossing")
