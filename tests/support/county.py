"""What does a test of a journey need? The schemes of this checkout, and people of every role in one area."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction

from sanctuary.actions import definitions
from sanctuary.actions.complete_step import complete_step
from sanctuary.actions.open_case import open_case
from sanctuary.actions.results import Recorded, Result
from sanctuary.actions.see_case import SeenCase, see_case
from sanctuary.core.answers import Plain
from sanctuary.core.clocks import LONDON
from sanctuary.core.scheme import Scheme
from sanctuary.records import accounts, context
from tests.support.database import Person, make_person

MONDAY = datetime(2026, 6, 1, 9, tzinfo=LONDON)
REFERRAL: Mapping[str, Plain] = {
    "made_by": "self",
    "approached": "police",
    "harm": "domestic_abuse",
    "name": "Ada Example",
    "birth_date": "1990-05-04",
    "gender": "female",
    "safe_means": ["phone"],
    "safe_phone": "020 7946 0123",
    "safe_times": "Weekdays from 10 to 2",
    "voicemail": "no",
    "address": "1 Alder Close, Example",
    "postcode": "ZZ1 1AA",
}
ASSESSMENT: Mapping[str, Plain] = {
    "in_person": "in_person",
    "happy_to_explore": "yes",
    "accepts_police_support": "yes",
    "accepts_agency_support": "yes",
    "perpetrator_lives_there": "no",
    "perpetrator_sole_owner": "no",
    "perpetrator_name": "Max Example",
    "relationship": "Former partner",
    "children": "no",
    "owner": "The council",
    "shares_home": "no",
    "lived_there": "Three years",
}


@dataclass(slots=True)
class County:
    """A scheme of this checkout running in one area, with one person for each role, and a clock that tests move."""

    scheme: Scheme
    area: str
    people: dict[str, Person]
    now: datetime = MONDAY

    @contextmanager
    def acting(self, role: str) -> Iterator[None]:
        """Be the person with this role."""
        token = accounts.open_session(self.people[role].account)
        with context.acting(token):
            yield

    def pass_time(self, **words: float) -> None:
        """Move the clock on, as timedelta says."""
        self.now += timedelta(**words)

    def refer(self, role: str = "police", key: UUID | None = None, **answers: Plain) -> Result:
        """Open a case with the referral, as this role."""
        with self.acting(role):
            return open_case(
                scheme_key=self.scheme.key,
                area=self.area,
                plain={**REFERRAL, **answers},
                key=key or uuid4(),
                now=self.now,
            )

    def case(self, **answers: Plain) -> UUID:
        """A case just referred."""
        opened = self.refer(**answers)
        assert isinstance(opened, Recorded), opened
        return opened.case_id

    def do(
        self,
        role: str,
        case_id: UUID,
        step: str,
        answers: Mapping[str, Plain] | None = None,
        *,
        seq: int | None = None,
        key: UUID | None = None,
    ) -> Result:
        """Complete a step as this role, having seen the case up to event `seq` (all of it, unless said otherwise)."""
        with self.acting(role):
            return complete_step(
                case_id=case_id,
                step=step,
                plain=answers,
                expected_seq=10_000 if seq is None else seq,
                key=key or uuid4(),
                now=self.now,
            )

    def see(self, role: str, case_id: UUID) -> SeenCase | None:
        """The case as this role sees it."""
        with self.acting(role):
            return see_case(case_id, self.now)


def county(key: str = "norfolk", area: str = "norwich") -> County:
    """The scheme `key` as it stands in this checkout, published, with a new person for every role of `area`."""
    assert definitions.publish(Path(settings.SCHEMES)) == ()
    with transaction.atomic():
        scheme = definitions.running()[key]
    people = {role: person(agency, role) for role, agency in scheme.areas[area].agencies.items()}
    return County(scheme=scheme, area=area, people=people)


def with_new_people(there: County) -> County:
    """The same county with new people: nobody does in an hour more than one person may."""
    agencies = there.scheme.areas[there.area].agencies
    return replace(there, people={role: person(agency, role) for role, agency in agencies.items()})


def person(agency: str, role: str) -> Person:
    """A new account with the agency called `agency`."""
    from tests.support.database import Agency

    made = Agency(id=accounts.make_agency(agency, agency.replace("_", " ").title()), key=agency, title=agency)
    return make_person(made, role)
