"""What if people share, take back, and open in an emergency at the same moment? One comes after the other."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

from django.db import connections

from sanctuary.actions.results import Recorded
from sanctuary.actions.withdraw_consent import withdraw_consent
from tests.support.access.sharing import OTHER, Shire, opens, sees, shire
from tests.support.county import person
from tests.support.database import administrator, on_the_record
from tests.support.proof import length

pytestmark = on_the_record
RACES = length(full=12, short=3)


def at_once(*acts: Callable[[], object]) -> list[object]:
    """What comes of acts at the same moment, each over its own connection."""

    def alone(act: Callable[[], object]) -> object:
        try:
            return act()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as people:
        return [future.result() for future in [people.submit(alone, act) for act in acts]]


def withdraws(there: Shire) -> object:
    with there.county.acting("support"):
        return withdraw_consent(case_id=there.case, consent="share", reason="", key=uuid4(), now=there.now)


def test_whatever_comes_first_nothing_rests_on_a_consent_that_was_taken_back() -> None:
    for _ in range(RACES):
        race(shire())


def race(there: Shire) -> None:
    shared, taken = at_once(lambda: there.share(ground="", consent="share"), lambda: withdraws(there))
    assert isinstance(taken, Recorded) or isinstance(shared, Recorded), (taken, shared)
    if isinstance(taken, Recorded):
        assert not sees(there.other, there.case)
        with administrator() as connection:
            left = connection.execute("select count(*) from message where case_id = %s", [there.case]).fetchone()
        assert left == (0,)


def test_of_several_who_open_a_case_in_an_emergency_each_has_their_own_event() -> None:
    there = shire()
    people = [person(OTHER, "housing") for _ in range(4)]
    done = at_once(*[lambda who=who: opens(who, there.reference, there.now) for who in people])  # type: ignore[misc]
    assert all(isinstance(each, Recorded) for each in done), done
    with administrator() as connection:
        found = connection.execute(
            "select count(distinct e.number), count(*) from emergency e join event v on v.case_id = e.case_id "
            "and v.seq = e.number and v.author_user = e.account_id where e.case_id = %s",
            [there.case],
        ).fetchone()
    assert found == (4, 4)
    assert all(sees(who, there.case) for who in people)


def test_tries_at_one_moment_are_counted_one_by_one() -> None:
    there = shire()
    at_once(*[lambda: opens(there.other, "NOR-2222-22", there.now) for _ in range(6)])
    with administrator() as connection:
        alarms = connection.execute(
            "select count(*) from alarm where about_account = %s and kind = 'snooping'", [there.other.account]
        ).fetchone()
    assert alarms == (1,)


def test_who_turns_out_to_be_excluded_sees_nothing_more_from_then_on() -> None:
    there = shire()
    assert isinstance(opens(there.other, there.reference, there.now), Recorded)
    assert sees(there.other, there.case)
    with administrator() as connection:
        connection.execute("insert into conflict (user_id, case_id) values (%s, %s)", [there.other.account, there.case])
    assert not sees(there.other, there.case)
