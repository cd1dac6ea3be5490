"""What does a test of disposal need? Cases that ended long ago, and two people who look after records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from uuid import UUID, uuid4

from sanctuary.actions.dispose_record import (
    Destroyed,
    Proposed,
    Why,
    carry_out_disposal,
    propose_disposal,
)
from sanctuary.actions.open_case import open_case
from sanctuary.actions.results import Missing, Recorded, Refused
from sanctuary.core.answers import Plain
from sanctuary.core.clocks import LONDON
from sanctuary.jobs.disposing import note_due
from sanctuary.records import proposals
from sanctuary.records.disposal import Certificate
from tests.support.access.two_people import fresh, fresh_token, give_duties, session
from tests.support.county import County, county, with_new_people
from tests.support.database import Agency, Person, make_person

LONG_AGO = datetime(2023, 6, 5, 9, tzinfo=LONDON)
NOW = datetime(2026, 11, 2, 12, tzinfo=LONDON)
NAME = "Rowan Ashdown"
REFERRAL: Mapping[str, Plain] = {
    "name": NAME,
    "birth_date": "1990-05-17",
    "address": "4 Example Row, Example",
    "postcode": "ZZ10 1AA",
    "safe_phone": "020 7946 0011",
    "safe_times": "Weekdays from 10am to 2pm",
    "made_by": "referrer",
    "client_agrees": "yes",
    "harm": "neither",
    "threat_of_arson": "no",
}


@dataclass(slots=True)
class Archive:
    """A scheme with people of every role, two who look after its council's records, and one of another agency."""

    county: County
    lead: Person
    other_lead: Person
    stranger: Person

    def case(self, **answers: Plain) -> Recorded:
        """A case just referred."""
        with self.county.acting("referrer"):
            opened = open_case(
                scheme_key="uttlesford", area=self.county.area, plain={**REFERRAL, **answers}, key=uuid4(),
                now=self.county.now,
            )  # fmt: skip
        assert isinstance(opened, Recorded), opened
        return opened

    def ended(self, reason: str = "not_eligible", **answers: Plain) -> Recorded:
        """A case that has ended."""
        case = self.case(**answers)
        self.do(case, "first_contact", {"wants_scheme": "yes", "tenure": "private"})
        self.do(case, "ending", {"reason": reason})
        return case

    def do(self, case: Recorded, step: str, answers: Mapping[str, Plain]) -> None:
        """Do a step for the council."""
        done = self.county.do("housing", case.case_id, step, answers)
        assert isinstance(done, Recorded), done

    def due(self, reason: str = "not_eligible") -> Recorded:
        """A case that ended so long ago that its record is noted as due."""
        case = self.ended(reason)
        note_due(NOW)
        return case

    def proposed(self, case: Recorded, why: Why = Why.RETENTION, by: Person | None = None) -> UUID:
        """That it goes, proposed."""
        with session(fresh_token(by or self.lead)):
            made = propose_disposal(case.reference, why, NOW)
        assert isinstance(made, Proposed), made
        return made.proposal

    def agreed(self, case: Recorded, why: Why = Why.RETENTION) -> UUID:
        """That it goes, proposed by one and agreed to by another."""
        made = self.proposed(case, why)
        with fresh(self.other_lead):
            assert proposals.decide(made, True)
        return made

    def carried_out(self, proposal: UUID, by: Person | None = None) -> Destroyed | Refused | Missing:
        """What comes of carrying it out."""
        with session(fresh_token(by or self.lead)):
            return carry_out_disposal(proposal, NOW)

    def destroyed(self, case: Recorded, why: Why = Why.RETENTION) -> Certificate:
        """The certificate of a record that two people had destroyed."""
        done = self.carried_out(self.agreed(case, why))
        assert isinstance(done, Destroyed), done
        return done.certificate


@cache
def founded() -> tuple[County, Agency]:
    """The scheme's county, made once because that publishes every scheme, and an agency from elsewhere."""
    there = county("uttlesford", "uttlesford")
    there.now = LONG_AGO
    return there, county("norfolk", "norwich").people["housing"].agency


def archive() -> Archive:
    """A test's own: nobody else's test takes the duties of its people away."""
    made, elsewhere = founded()
    there = with_new_people(made)
    council = there.people["housing"].agency
    leads = [make_person(council, "records", "Lee Lead"), make_person(council, "records", "Ola Lead")]
    stranger = make_person(elsewhere, "records", "Sol Stranger")
    for person in (*leads, stranger):
        give_duties(person, "oversight")
    return Archive(county=there, lead=leads[0], other_lead=leads[1], stranger=stranger)
