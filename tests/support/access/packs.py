"""What does a test of copies need? A Norfolk case with people of several sides in it, an officer and a lead."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID, uuid4

from sanctuary.actions.make_pack import Made, make_pack
from sanctuary.actions.packed import held
from sanctuary.actions.release_pack import Proposed, Released, propose_release, release_pack
from sanctuary.actions.results import Missing, Recorded, Refused
from sanctuary.core.answers import Plain
from sanctuary.core.packs import Choices, Offer, Recipient, usual
from sanctuary.records import cases, proposals
from tests.support.access.two_people import fresh, give_duties, session, step_up
from tests.support.county import ASSESSMENT, County, county
from tests.support.database import Person, as_account, make_person


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """A case of Norwich, the officer who makes copies of it, and the lead who agrees."""

    county: County
    case_id: UUID
    officer: Person
    lead: Person

    def offered(self, recipient: Recipient = Recipient.PERSON) -> Offer:
        """What may go in."""
        with fresh(self.officer):
            found = held(self.case_id, recipient)
        assert found
        return found.offered

    def choices(self, *also: str, recipient: Recipient = Recipient.PERSON) -> Choices:
        """What goes in without a decision, and `also` what was ticked."""
        ticked = usual(self.offered(recipient)) | set(also)
        named = "Kim Example of Example Law" if recipient is Recipient.ACTING_FOR_PERSON else ""
        return Choices(recipient=recipient, parts_left=frozenset(), ticked=ticked, named=named)

    def made(self, choices: Choices | None = None) -> UUID:
        """A pack: of what goes in without a decision, unless said otherwise."""
        result = self.making(choices)
        assert isinstance(result, Made), result
        return result.pack

    def making(self, choices: Choices | None = None, seq: int | None = None) -> object:
        """What comes of making a pack."""
        chosen = choices or self.choices()
        with fresh(self.officer):
            return make_pack(
                case_id=self.case_id,
                choices=chosen,
                expected_seq=self.seq_now() if seq is None else seq,
                key=uuid4(),
                now=self.county.now,
            )

    def seq_now(self) -> int:
        """The same within a transaction of the officer."""
        found = cases.find(self.case_id)
        assert found
        return found.seq

    def proposed(self, pack: UUID) -> UUID:
        """A second person was asked."""
        with fresh(self.officer):
            result = propose_release(pack=pack)
        assert isinstance(result, Proposed), result
        return result.proposal

    def agreed(self, pack: UUID) -> UUID:
        """Asked, and agreed to by the lead."""
        proposal = self.proposed(pack)
        with fresh(self.lead):
            assert proposals.decide(proposal, True)
        return proposal

    def released(self, pack: UUID, by: Person | None = None) -> Released | Refused | Missing:
        """What comes of letting it go."""
        with fresh(by or self.officer):
            return release_pack(pack=pack)

    def released_by(self, token: str, pack: UUID) -> Released | Refused | Missing:
        """The same in a session that was proved before."""
        with session(token):
            return release_pack(pack=pack)

    @contextmanager
    def acting(self, person: Person) -> Iterator[None]:
        """Be this person, proved just now."""
        with as_account(person):
            step_up(person)
            yield

    def do(self, role: str, step: str, answers: Mapping[str, Plain]) -> None:
        """A step done in the case."""
        assert isinstance(self.county.do(role, self.case_id, step, answers), Recorded)


def desk(assessment: Mapping[str, Plain] | None = None, **referral: Plain) -> Desk:
    """A case referred and assessed by the police, whose officer makes copies of it."""
    there = county()
    case_id = there.case(**referral)
    lead = make_person(there.people["police"].agency, "records", "Lee Lead")
    give_duties(lead, "oversight")
    made = Desk(county=there, case_id=case_id, officer=there.people["police"], lead=lead)
    made.do("police", "initial_assessment", {**ASSESSMENT, **(assessment or {})})
    return made
