"""What does a test of sharing need? A county at the database's own time, others without a part, looks from outside."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import connections, transaction
from django.utils import timezone

from sanctuary.actions.open_emergency import open_emergency
from sanctuary.actions.results import Faulty, Missing, Recorded, Result
from sanctuary.actions.share_case import Wanted, end_share, share_case
from sanctuary.core.emergencies import UNDERSTOOD
from sanctuary.records import cases, context
from tests.database.test_actions import assessed
from tests.support.access.two_people import fresh_token, give_duties
from tests.support.county import County, county, person
from tests.support.database import Person, administrator

OTHER = "breckland_council"


@dataclass(slots=True)
class Shire:
    """A Norfolk case whose permission to share was given, and somebody of a council that has no part in it."""

    county: County
    case: UUID
    other: Person

    @property
    def now(self) -> datetime:
        """The county's time, which is the database's own."""
        return self.county.now

    def share(self, by: str = "housing", key: UUID | None = None, **wanted: object) -> Result:
        """Share the housing part with the other council for a week, on the ground of what it owes to the person."""
        asked = {
            "role": "housing",
            "agency": OTHER,
            "parts": ("core", "housing"),
            "purpose": "They are about to move there",
            "until": self.now + timedelta(days=7),
            "ground": "homelessness",
            **wanted,
        }
        terms = Wanted(**asked)  # type: ignore[arg-type]
        with self.county.acting(by):
            return share_case(case_id=self.case, wanted=terms, key=key or uuid4(), now=self.now)

    def end(self, number: int, by: str = "housing", reason: str = "") -> Result:
        """End a share."""
        with self.county.acting(by):
            return end_share(case_id=self.case, number=number, reason=reason, key=uuid4(), now=self.now)

    @property
    def reference(self) -> str:
        """The case's reference."""
        with administrator() as connection:
            found = connection.execute("select reference from kase where id = %s", [self.case]).fetchone()
        assert found
        return str(found[0])


def shire() -> Shire:
    """A fresh one."""
    made = county()
    made.now = timezone.localtime()
    return Shire(county=made, case=assessed(made), other=person(OTHER, "housing"))


@contextmanager
def acting(somebody: Person) -> Iterator[None]:
    """Be somebody who has just proved who they are."""
    with context.acting(fresh_token(somebody)):
        yield


def opens(somebody: Person, reference: str, now: datetime, **words: object) -> Recorded | Faulty | Missing:
    """Emergency access, by somebody."""
    asked = {
        "reason": "She rang from a box; I need the address",
        "understood": tuple(UNDERSTOOD),
        "key": uuid4(),
        **words,
    }
    with acting(somebody):
        return open_emergency(reference=reference, now=now, **asked)  # type: ignore[arg-type]


def reads(somebody: Person, case: UUID) -> frozenset[int]:
    """The compartments of the case that are open to somebody, asked anew over a connection of its own."""
    connections["default"].close()
    with acting(somebody), transaction.atomic():
        found = cases.find(case)
    return found.reads if found else frozenset()


def sees(somebody: Person, case: UUID) -> bool:
    """Whether the case exists for somebody."""
    return bool(reads(somebody, case))


def lead(agency: str, role: str = "records") -> Person:
    """Somebody with oversight in an agency."""
    made = person(agency, role)
    give_duties(made, "oversight")
    return made
