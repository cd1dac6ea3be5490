"""Does it take two people? Whoever tries, in whatever order, and however many at once."""

from __future__ import annotations

from uuid import UUID

import pytest

from sanctuary.core.proposals import TERMS, Act
from sanctuary.records import proposals
from tests.support.access.two_people import Office, fresh, give_duties, office
from tests.support.database import (
    Person,
    administrator,
    on_the_record,
)

pytestmark = [on_the_record, pytest.mark.failure(6)]


def proposed(there: Office, act: Act = Act.RELEASE, subject: str = "pack", by: Person | None = None) -> UUID:
    with fresh(by or there.officer):
        return proposals.propose(act, there.case.id, subject, b"digest")


def agreed(there: Office, proposal: UUID, by: Person | None = None, agree: bool = True) -> bool:
    with fresh(by or there.lead):
        return proposals.decide(proposal, agree)


def done(there: Office, proposal: UUID, by: Person | None = None, **other: object) -> bool:
    asked = {"act": Act.RELEASE, "case_id": there.case.id, "subject": "pack", "digest": b"digest", **other}
    with fresh(by or there.officer):
        return proposals.carry_out(proposal, **asked)  # type: ignore[arg-type]


def test_two_people_do_it_once() -> None:
    there = office()
    proposal = proposed(there)
    assert not done(there, proposal)
    assert agreed(there, proposal)
    assert not agreed(there, proposal, by=there.other_lead)
    assert done(there, proposal)
    assert not done(there, proposal)


def test_the_words_and_the_database_say_the_same_of_who_may() -> None:
    with administrator() as connection:
        found = connection.execute("select * from two_person_acts()").fetchall()
    assert {Act(kind): (frozenset(may), frozenset(yes)) for kind, may, yes in found} == {
        act: (terms.proposes, terms.agrees) for act, terms in TERMS.items()
    }


def test_nobody_agrees_with_themself() -> None:
    there = office()
    give_duties(there.officer, "oversight")
    proposal = proposed(there)
    assert not agreed(there, proposal, by=there.officer)
    assert not done(there, proposal)
