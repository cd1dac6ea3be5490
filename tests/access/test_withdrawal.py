"""Does access end with what it rests on, in one transaction: all of it after the commit, none of it before?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import transaction

from sanctuary.actions.reopen_step import reopen_step
from sanctuary.actions.results import Recorded
from sanctuary.actions.withdraw_consent import withdraw_consent
from sanctuary.records import messages
from tests.support.access.sharing import Shire, acting, reads, sees, shire
from tests.support.access.two_people import fresh_token
from tests.support.database import Person, administrator, login, on_the_record

pytestmark = on_the_record
PERMISSION = {"given": "yes", "how": "signed", "given_on": "2026-06-01 09:00", "has_supporters": "no"}


@pytest.fixture
def there() -> Shire:
    """Shared with the other council by consent."""
    made = shire()
    assert isinstance(made.share(ground="", consent="share"), Recorded)
    return made


def withdraws(there: Shire) -> object:
    with there.county.acting("support"):
        return withdraw_consent(case_id=there.case, consent="share", reason="", key=uuid4(), now=there.now)


def from_outside(somebody: Person | str, there: Shire) -> tuple[bool, int]:
    """Over a connection that has nothing to do with ours: is the case there for them, and how many notices of it?"""
    token = somebody if isinstance(somebody, str) else fresh_token(somebody)
    with login() as connection, connection.transaction():
        connection.execute("select begin_ctx(%s)", [token])
        grant = connection.execute("select count(*) from access_grant where case_id = %s", [there.case]).fetchone()
        told = connection.execute("select count(*) from message where case_id = %s", [there.case]).fetchone()
    assert grant
    assert told
    return bool(grant[0]), int(told[0])


@pytest.mark.covers("A4")
def test_nothing_of_it_shows_before_the_commit_and_all_of_it_after(there: Shire) -> None:
    other = fresh_token(there.other)
    assert from_outside(other, there) == (True, 1)
    with there.county.acting("support"), transaction.atomic():
        done = withdraw_consent(case_id=there.case, consent="share", reason="", key=uuid4(), now=there.now)
        assert isinstance(done, Recorded)
        assert from_outside(other, there) == (True, 1)
    assert from_outside(other, there) == (False, 0)


def test_a_withdrawal_that_fails_leaves_everything_as_it_was(there: Shire) -> None:
    with there.county.acting("support"), transaction.atomic():
        withdraw_consent(case_id=there.case, consent="share", reason="", key=uuid4(), now=there.now)
        transaction.set_rollback(True)
    assert from_outside(there.other, there) == (True, 1)


def test_given_again_it_does_not_bring_back_what_was_shared(there: Shire) -> None:
    withdraws(there)
    with there.county.acting("police"):
        again = reopen_step(
            case_id=there.case, step="permission", reason="They agree", expected_seq=99, key=uuid4(), now=there.now
        )
    assert isinstance(again, Recorded)
    there.county.pass_time(seconds=1)
    assert isinstance(there.county.do("police", there.case, "permission", PERMISSION), Recorded)
    assert not sees(there.other, there.case)
    assert isinstance(there.share(ground="", consent="share"), Recorded)
    assert sees(there.other, there.case)


def test_what_rests_on_a_ground_stays(there: Shire) -> None:
    there.share(parts=("works",))
    withdraws(there)
    assert reads(there.other, there.case) == {there.county.scheme.compartments["works"].number}


def test_what_was_opened_is_not_taken_back_and_what_waits_is(there: Shire) -> None:
    there.share(ground="", consent="share", until=there.now + timedelta(days=3))
    with acting(there.other), transaction.atomic():
        first = next(each for each in messages.waiting() if each.case_id == there.case)
        messages.open_message(first.id)
    withdraws(there)
    with administrator() as connection:
        left = connection.execute("select opened is not null from message where case_id = %s", [there.case]).fetchall()
    assert left == [(True,)]


def test_a_message_that_rests_on_a_consent_goes_with_it(there: Shire) -> None:
    housing = there.county.people["housing"]
    with there.county.acting("housing"), transaction.atomic():
        for rests_on in ("consented.share", "", "consented.supporters"):
            messages.queue(messages.Kind.SHARED, case_id=there.case, account=housing.account, rests_on=rests_on)
    withdraws(there)
    assert from_outside(housing, there) == (True, 1)


CLOSING = (
    ("support", "withdrawal", {"wish": "cannot_go_on"}),
    ("support", "support_review", {"reviewed_on": "2026-03-04", "plan": "As in the other case", "goes_on": "no"}),
    ("housing", "monitoring_form", {"tenure": "tenant"}),
    ("housing", "closure", {"reason": "opened_in_error"}),
)


def test_closing_the_case_as_the_scheme_says_ends_what_is_shared(there: Shire) -> None:
    for role, step, answers in CLOSING:
        assert from_outside(there.other, there) == (True, 1), step
        done = there.county.do(role, there.case, step, answers)
        assert isinstance(done, Recorded), done
    assert from_outside(there.other, there) == (False, 0)


LAPSES: list[Callable[[Shire], str]] = [
    lambda there: f"update access_grant set valid_until = now() where case_id = '{there.case}' and basis > 0",
    lambda there: f"delete from access_grant where case_id = '{there.case}' and basis > 0",
]


@pytest.mark.parametrize("lapse", LAPSES)
def test_a_notice_is_not_seen_without_the_grant_whatever_forgot_to_take_it_back(
    there: Shire, lapse: Callable[[Shire], str]
) -> None:
    with administrator() as connection:
        connection.execute(lapse(there))
    assert from_outside(there.other, there) == (False, 0)
