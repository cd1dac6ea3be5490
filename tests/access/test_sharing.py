"""Is a share what its terms say: to one role of one agency, these parts, until its end, and no more?"""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import transaction

from sanctuary.actions.complete_step import complete_step
from sanctuary.actions.results import Faulty, Missing, Recorded, Refused
from sanctuary.actions.see_case import see_case
from sanctuary.actions.share_case import Offer, offer
from sanctuary.records import messages, worklist
from tests.support.access.sharing import OTHER, Shire, acting, reads, sees, shire
from tests.support.county import person
from tests.support.database import administrator, on_the_record

pytestmark = on_the_record


@pytest.fixture
def there() -> Shire:
    return shire()


def number(there: Shire, *parts: str) -> frozenset[int]:
    return frozenset(there.county.scheme.compartments[part].number for part in parts)


@pytest.mark.covers("A3", "A4")
def test_what_is_shared_is_seen_by_that_role_of_that_agency_and_by_nobody_else(there: Shire) -> None:
    officer = person(OTHER, "support")
    assert not sees(there.other, there.case)
    assert isinstance(there.share(), Recorded)
    assert reads(there.other, there.case) == number(there, "core", "housing")
    assert not sees(officer, there.case)
    assert not sees(person("broadland_council", "housing"), there.case)


def test_whom_it_is_shared_with_reads_it_and_does_nothing_in_it(there: Shire) -> None:
    there.share()
    with acting(there.other):
        seen = see_case(there.case, there.now)
        assert seen is not None
        assert seen.facts.answers["referral.name"] == "Ada Example"
        assert seen.mine == ()
        done = complete_step(
            case_id=there.case,
            step="withdrawal",
            plain={"wish": "carry_on"},
            expected_seq=99,
            key=uuid4(),
            now=there.now,
        )
    assert done == Missing()
    with acting(there.other):
        again = see_case(there.case, there.now)
    assert again is not None
    assert again.seq == seen.seq


def test_it_stands_once_in_their_worklist_with_a_notice_that_is_gone_once_opened(there: Shire) -> None:
    there.share()
    there.share(parts=("works",), until=there.now + timedelta(days=2))
    with acting(there.other), transaction.atomic():
        rows = [row for row in worklist.lately(limit=None) if row.case_id == there.case]
        told = [each for each in messages.waiting() if each.case_id == there.case]
        assert [(row.needs_us, row.waiting_on) for row in rows] == [(False, "Shared with you for a time")]
        assert [each.kind for each in told] == ["shared", "shared"]
        assert messages.open_message(told[0].id) == told[0]
        assert messages.open_message(told[0].id) is None
    with acting(there.other), transaction.atomic():
        assert [each.id for each in messages.waiting() if each.case_id == there.case] == [told[1].id]


def test_it_ends_by_itself_in_the_database(there: Shire) -> None:
    there.share()
    assert sees(there.other, there.case)
    with administrator() as connection:
        connection.execute("update access_grant set valid_until = now() where case_id = %s and basis > 0", [there.case])
    assert not sees(there.other, there.case)
    with acting(there.other), transaction.atomic():
        assert [each for each in messages.waiting() if each.case_id == there.case] == []


def test_ending_it_takes_the_case_and_the_notice_away_at_once(there: Shire) -> None:
    shared = there.share()
    assert isinstance(shared, Recorded)
    assert isinstance(there.end(shared.seq, by="police"), Recorded)
    assert not sees(there.other, there.case)
    assert waiting(there) == 0
    assert isinstance(there.end(shared.seq), Refused)


WRONG = {
    "with": {"role": "nobody"},
    "with ": {"agency": "nowhere"},
    "with  ": {"agency": "norwich_council"},
    "parts": {"parts": ()},
    "parts ": {"parts": ("police",)},
    "parts  ": {"parts": ("nonsense",)},
    "purpose": {"purpose": "  "},
    "basis": {"ground": ""},
    "basis ": {"consent": "share"},
    "basis  ": {"ground": "curiosity"},
    "basis   ": {"ground": "", "consent": "supporters"},
    "until": {"until": timedelta(0)},
    "until ": {"until": timedelta(days=400)},
}


@pytest.mark.parametrize("field", WRONG)
def test_wrong_terms_record_nothing_and_are_named(there: Shire, field: str) -> None:
    wanted = dict(WRONG[field])
    if isinstance(wanted.get("until"), timedelta):
        wanted["until"] = there.now + wanted["until"]
    result = there.share(**wanted)
    assert isinstance(result, Faulty), result
    assert list(result.faults) == [field.strip()]
    assert not sees(there.other, there.case)


def test_an_agency_of_another_scheme_is_not_among_those_it_can_be_shared_with(there: Shire) -> None:
    elsewhere = person("next_chapter", "support")
    with there.county.acting("housing"):
        found = offer(case_id=there.case, now=there.now)
    assert isinstance(found, Offer)
    assert found.agencies == there.county.scheme.agencies
    assert OTHER in found.agencies
    result = there.share(agency=elsewhere.agency.key, role="support", parts=("core",))
    assert isinstance(result, Faulty)
    assert list(result.faults) == ["with"]
    assert not sees(elsewhere, there.case)


def test_what_is_another_roles_to_write_is_not_ones_own_to_share(there: Shire) -> None:
    result = there.share(parts=("opinion_police",))
    assert isinstance(result, Faulty)
    assert list(result.faults) == ["parts"]


def test_what_is_shown_to_somebody_is_not_theirs_to_show_on_or_to_end(there: Shire) -> None:
    there.county.people["other"] = there.other
    assert there.share(by="other", agency="broadland_council") == Missing()
    shared = there.share()
    assert isinstance(shared, Recorded)
    assert isinstance(there.share(by="other", agency="broadland_council"), Refused)
    assert isinstance(there.end(shared.seq, by="other"), Refused)
    assert sees(there.other, there.case)


def test_the_same_form_shares_once(there: Shire) -> None:
    key, until = uuid4(), there.now + timedelta(days=3)
    assert there.share(key=key, until=until) == there.share(key=key, until=until)
    assert waiting(there) == 1


def waiting(there: Shire) -> int:
    """How many notices of the case wait, as the administrator counts them."""
    with administrator() as connection:
        found = connection.execute(
            "select count(*) from message where case_id = %s and opened is null", [there.case]
        ).fetchone()
    assert found
    return int(found[0])
