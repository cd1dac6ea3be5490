"""Does a case about nobody look like any other, stay out of figures, and raise an alarm when it is opened?"""

from __future__ import annotations

from datetime import UTC, datetime
from random import Random
from uuid import UUID, uuid4

import pytest
from django.db.utils import ProgrammingError

from sanctuary.core.flows import flows
from sanctuary.jobs import decoys
from sanctuary.records import alarms, cases, events, search, worklist
from sanctuary.records.flows import stays
from sanctuary.records.query import rows
from sanctuary.records.search import Purpose
from tests.support.access.oversight import make_lead, retire_leads
from tests.support.access.planting import running, staff
from tests.support.database import Person, administrator, asking, login, on_the_record

pytestmark = [on_the_record, pytest.mark.failure(20)]

NOW = datetime(2026, 6, 1, 9, tzinfo=UTC)


@pytest.fixture
def decoy() -> tuple[str, UUID, Person]:
    """A decoy's reference and id, and somebody whose agency had a part in it."""
    retire_leads()
    for scheme in running().values():
        for area in scheme.areas.values():
            for role, agency in area.agencies.items():
                staff(agency, role)
    with administrator() as connection:
        (reference,) = decoys.make(1, NOW, Random(uuid4().int), connection)
        found = connection.execute(
            "select k.id, a.key, g.role from kase k join access_grant g on g.case_id = k.id join agency a "
            "on a.id = g.agency_id where k.reference = %s and g.read_mask & 1 = 1 limit 1",
            [reference],
        ).fetchone()
    assert found is not None
    case, agency, role = found
    return reference, case, staff(agency, role)


def kinds(lead: Person) -> list[tuple[str, UUID | None, str]]:
    with asking(lead):
        return [(each.kind, each.case_id, each.about_name) for each in alarms.looked_after()]


def test_opening_it_raises_an_alarm_and_finding_it_does_not(decoy: tuple[str, UUID, Person]) -> None:
    reference, case, person = decoy
    lead = make_lead(person.agency)
    with asking(person):
        assert search.find({Purpose.REFERENCE: reference}) == [case]
        (row,) = worklist.these([case])
        assert not row.is_open
    assert kinds(lead) == []
    with asking(person):
        assert cases.find(case) is not None
        assert events.readable(case)
    assert kinds(lead) == [("decoy_opened", case, person.name)]


def test_reading_it_past_the_page_raises_it_too(decoy: tuple[str, UUID, Person]) -> None:
    _, case, person = decoy
    lead = make_lead(person.agency)
    with asking(person):
        events.whole(case)
    assert kinds(lead) == [("decoy_opened", case, person.name)]


def test_it_is_in_no_worklist_and_in_no_figure(decoy: tuple[str, UUID, Person]) -> None:
    _, case, person = decoy
    with administrator() as connection:
        found = connection.execute("select scheme from kase where id = %s", [case]).fetchone()
        assert found is not None
    with asking(person):
        assert case not in [row.case_id for row in worklist.lately(limit=None)]
        before = sum(stay.cases for stay in stays(found[0]))
    with administrator() as connection:
        connection.execute("delete from decoy where case_id = %s", [case])
    with asking(person):
        after = stays(found[0])
    assert sum(stay.cases for stay in after) == before + 1  # the control: an ordinary case would have been counted
    assert flows(after, datetime(2019, 1, 1, tzinfo=UTC).date(), NOW.date()).opened >= 1


def test_no_login_of_the_site_can_tell_which_they_are(decoy: tuple[str, UUID, Person]) -> None:
    _, _, person = decoy
    with pytest.raises(ProgrammingError, match="permission denied"), asking(person):
        rows("select * from decoy")
    for alias in ("door", "owner"):
        with login(alias) as connection, pytest.raises(Exception, match=r"permission denied|row-level security"):
            connection.execute("select * from decoy").fetchall()


def test_without_colleagues_there_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decoys, "TRIES", 3)
    monkeypatch.setattr("sanctuary.records.accounts.parts_played", list)
    with administrator() as connection, pytest.raises(decoys.NobodyThere, match="too few colleagues"):
        decoys.make(1, NOW, Random(1), connection)
