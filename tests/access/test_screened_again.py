"""Are accounts screened again by their own names and addresses, once a release reads these in another way?"""

from __future__ import annotations

import pytest

from sanctuary.records import screening
from tests.support import county
from tests.support.access.knowing import (
    asked,
    colleague,
    come,
    conflicts,
    forget,
    sees,
)
from tests.support.county import County
from tests.support.database import on_the_record

pytestmark = [on_the_record, pytest.mark.failure(20)]

BY_NAME, BY_DETAILS = (1, "found"), (2, "found")


@pytest.fixture
def norfolk() -> County:
    forget()
    return county.county()


@pytest.mark.parametrize(("name", "by_email", "worth"), [("Ada Example", False, BY_NAME), ("Robin", True, BY_DETAILS)])
def test_accounts_are_screened_again_by_their_own_names_and_addresses(
    norfolk: County, name: str, by_email: bool, worth: tuple[int, str]
) -> None:
    them = colleague(norfolk, name)
    come(them)
    asked("delete from staff_mark returning 1")  # as if the release before had read both in another way
    case_id = norfolk.case(safe_email=them.email) if by_email else norfolk.case()
    assert conflicts(case_id) == {}
    assert screening.screen_again() >= 1
    assert conflicts(case_id) == {them.account: worth}
    assert not sees(them, case_id)


def test_a_name_that_was_changed_since_is_screened_again_as_it_is_now(norfolk: County) -> None:
    them = colleague(norfolk)
    come(them)
    case_id = norfolk.case()
    asked("update account set name = 'Ada Example' where id = %s returning 1", them.account)
    screening.screen_again()
    assert conflicts(case_id) == {them.account: BY_NAME}


def test_whoever_never_came_is_screened_when_they_come(norfolk: County) -> None:
    them = colleague(norfolk, "Ada Example")
    case_id = norfolk.case()
    screening.screen_again()
    assert conflicts(case_id) == {}
    assert not sees(them, case_id)
    assert conflicts(case_id) == {them.account: BY_NAME}
