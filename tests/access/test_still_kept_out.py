"""Does somebody stay kept from a case, wherever they go and whatever is found out meanwhile?"""

from __future__ import annotations

import pytest

from sanctuary.records import accounts, proposals, screening
from sanctuary.records.invitations import accept
from tests.support import county
from tests.support.access.administration import invited, make_administrator, proved
from tests.support.access.knowing import (
    asked,
    colleague,
    conflicts,
    declares,
    declares_case,
    forget,
    give_duties,
    gives_own,
)
from tests.support.county import County
from tests.support.database import on_the_record

pytestmark = [on_the_record, pytest.mark.failure(20)]


@pytest.fixture
def norfolk() -> County:
    forget()
    return county.county()


def test_who_agreed_to_lift_a_name_alone_did_not_agree_to_lift_more(norfolk: County) -> None:
    """What comes to be known between the agreement and its use was before nobody's eyes."""
    lead, second, them = colleague(norfolk, "Lee Jessop"), colleague(norfolk, "Ash Kershaw"), colleague(norfolk)
    for person in (lead, second):
        give_duties(person, "oversight")
    case_id = norfolk.case()
    gives_own(them, names=("Ada Example",))
    with proved(lead):
        proposal = proposals.propose("lift_conflict", case_id, them.account)
    with proved(second):
        assert proposals.decide(proposal, True)
    declares_case(them, asked("select reference from kase where id = %s", case_id)[0][0])
    with proved(lead):
        assert not screening.lift(proposal, them.account, case_id)
    assert conflicts(case_id) == {them.account: (3, "found")}
    with proved(lead):
        proposal = proposals.propose("lift_conflict", case_id, them.account)
    with proved(second):
        assert proposals.decide(proposal, True)
    with proved(lead):
        assert screening.lift(proposal, them.account, case_id)
    assert conflicts(case_id) == {}


def test_who_leaves_and_comes_to_another_agency_brings_along_whom_they_know(norfolk: County) -> None:
    them, there = colleague(norfolk), norfolk.people["police"]
    declares(them, names=("Ada Example",), phones=("020 7946 0123",))
    case_id = norfolk.case()
    accounts.retire_account(them.account)
    keys, _ = invited(make_administrator(there.agency), email=them.email, name="Robin Ashworth", role="police")
    came = accept(keys.token, keys.code)
    assert came is not None
    (again,) = [account for (account,) in asked("select id from account where email = %s", them.email)]
    assert conflicts(case_id)[again] == (2, "found")
    later = norfolk.case()
    assert conflicts(later)[again] == (2, "found")
    assert screening.screen_again() >= 1
