"""Do the figures say the same before and after records are destroyed, and do they lead to nobody?"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest

from sanctuary.actions.dispose_record import Why
from sanctuary.core.clocks import add_months
from sanctuary.core.flows import Stay, flows
from sanctuary.jobs.disposing import note_due
from sanctuary.records.flows import stays
from tests.support.access.administration import told
from tests.support.access.ended import LONG_AGO, NOW, REFERRAL, Archive, archive
from tests.support.database import administrator, asking, login, make_person, on_the_record
from tests.support.proof import length

pytestmark = [on_the_record, pytest.mark.covers("A5")]
REASONS = ("not_eligible", "not_wanted", "withdrawn", "other")


@pytest.fixture(autouse=True)
def ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SANCTUARY_ERASURES", str(tmp_path / "erasures"))


@pytest.fixture
def there() -> Archive:
    return archive()


def _counted(there: Archive, role: str = "housing") -> list[Stay]:
    with asking(there.county.people[role]):
        return stays("uttlesford")


def _months(found: list[Stay]) -> list[date]:
    """The first day of every month that matters to these cases, and of one before and after."""
    days = [day for stay in found for day in (stay.opened, stay.closed) if day]
    month, end = add_months(min(days).replace(day=1), -1), add_months(max(days).replace(day=1), 2)
    several = []
    while month <= end:
        several.append(month)
        month = add_months(month, 1)
    return several


def test_flows_of_whole_months_are_the_same_before_and_after(there: Archive) -> None:
    random = Random(7)
    cases = []
    for _ in range(length(full=12, short=5)):
        there.county.now = LONG_AGO + timedelta(days=random.randrange(700))
        reason = random.choice(REASONS)
        cases.append((there.ended(reason), Why.RETENTION if reason == "not_eligible" else Why.REQUEST))
    there.county.now = LONG_AGO
    there.case()
    note_due(NOW)
    for role in ("housing", "referrer"):
        assert _counted(there, role)
    before = _counted(there)
    for case, why in random.sample(cases, len(cases) // 2):
        there.destroyed(case, why)
    after = _counted(there)
    assert sum(stay.cases for stay in before) == sum(stay.cases for stay in after)
    assert before != after
    months = _months([*before, *after])
    for _ in range(200):
        first, last = sorted(random.sample(months, 2))
        assert flows(before, first, last - timedelta(days=1)) == flows(after, first, last - timedelta(days=1))


def test_between_any_two_days_the_counts_reconcile(there: Archive) -> None:
    there.destroyed(there.due())
    found = _counted(there)
    random = Random(3)
    for _ in range(100):
        first, last = sorted(date(2022, 1, 1) + timedelta(days=random.randrange(2000)) for _ in range(2))
        told = flows(found, first, last)
        assert told.open_before + told.opened == told.ended + told.open_after


def test_who_could_not_count_the_case_cannot_count_its_figure(there: Archive) -> None:
    there.destroyed(there.due())
    with asking(there.stranger):
        assert stays("uttlesford") == []
    with asking(there.lead):
        assert stays("uttlesford") == []


def test_no_request_reads_the_coded_answers_one_by_one(there: Archive) -> None:
    there.destroyed(there.due())
    with login() as connection, pytest.raises(Exception, match="permission denied"):
        connection.execute("select answers from figure")


def test_a_figure_is_coarse_coded_and_leads_nowhere(there: Archive) -> None:
    case = there.ended("other")
    note_due(NOW)
    with administrator() as connection:
        known = {str(line[0]) for line in connection.execute("select id from figure").fetchall()}
    there.destroyed(case, Why.REQUEST)
    with administrator() as connection:
        cursor = connection.execute("select * from figure where id <> all (%s::uuid[])", [list(known)])
        names = [column.name for column in cursor.description or ()]
        (line,) = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    assert line["opened"] == line["closed"] == date(2023, 6, 1)
    assert line["answers"]["ending.reason"] == "other"
    assert line["answers"]["referral.harm"] == "neither"
    scheme = there.county.scheme
    marked = {f"{step.name}.{each.name}" for step in scheme.steps.values() for each in step.questions if each.counted}
    assert set(line["answers"]) <= marked
    everything = repr(line)
    words = (str(value) for value in REFERRAL.values() if " " in str(value))
    for known_of_it in (case.reference, str(case.case_id), *words):
        assert known_of_it not in everything


@pytest.mark.failure(20)
def test_who_was_kept_from_the_case_is_kept_from_its_figure(there: Archive) -> None:
    """Or a total that grows when a record is destroyed tells that there was a case, and when."""
    excluded, case = make_person(there.county.people["housing"].agency), there.due()
    told("insert into conflict (user_id, case_id) values (%s, %s)", excluded.account, case.case_id)
    with asking(excluded):
        before = stays("uttlesford")
    there.destroyed(case)
    with asking(excluded):
        assert stays("uttlesford") == before
    with asking(make_person(excluded.agency)):
        assert sum(stay.cases for stay in stays("uttlesford")) == sum(stay.cases for stay in before) + 1
