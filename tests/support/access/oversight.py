"""Who looks after alarms and audit in a test? People with the duty of oversight, and colleagues to look after."""

from __future__ import annotations

from sanctuary.records.query import as_owner, run
from tests.support.database import Agency, Person, administrator, make_agency, make_person


def give_duties(person: Person, *duties: str) -> None:
    """Let the person have these duties and no others."""
    with as_owner():
        run("update account set duties = %s where id = %s", [list(duties), person.account], using="owner")


def make_lead(agency: Agency | None = None, name: str = "Lee Example", role: str = "housing") -> Person:
    """A person with oversight, of this agency or a fresh one."""
    lead = make_person(agency or make_agency(), role, name)
    give_duties(lead, "oversight")
    return lead


def retire_leads() -> None:
    """Leave nobody with oversight and no alarm: leads look after what nobody else does, other tests' things too."""
    with as_owner():
        run("update account set duties = array_remove(duties, 'oversight')", using="owner")
    with administrator() as connection:
        connection.execute("delete from alarm")
