"""Does emergency access open one case to one person, for hours, in everybody's sight, and answer all others alike?"""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, transaction

from sanctuary.actions.results import Faulty, Missing, Recorded
from sanctuary.actions.review_emergency import review_emergency
from sanctuary.actions.see_case import see_case
from sanctuary.core.clocks import LONDON
from sanctuary.core.events import EventKind
from sanctuary.records import cases, crypto, emergencies, messages
from sanctuary.records.query import row, rows
from tests.support.access.sharing import Shire, acting, lead, opens, reads, sees, shire
from tests.support.access.two_people import give_duties
from tests.support.county import person
from tests.support.database import Person, administrator, as_account, on_the_record

pytestmark = on_the_record


@pytest.fixture
def there() -> Shire:
    return shire()


def opened(there: Shire) -> UUID:
    """The emergency that the other council's officer has just opened."""
    assert isinstance(opens(there.other, there.reference, there.now), Recorded)
    return UUID(str(behind("select id from emergency where case_id = %s", there.case)[0][0]))


def behind(statement: str, *values: object) -> list[tuple[object, ...]]:
    """What the administrator finds."""
    with administrator() as connection:
        return list(connection.execute(statement, list(values)).fetchall())


def test_it_opens_the_case_to_that_person_alone_as_far_as_their_role_may_ever_read(there: Shire) -> None:
    colleague = person(there.other.agency.key, "housing")
    opened(there)
    everything = {part for rule in there.county.scheme.roles["housing"].reads for part in rule.compartments}
    numbers = {there.county.scheme.compartments[part].number for part in everything}
    assert reads(there.other, there.case) == numbers
    assert not sees(colleague, there.case)
    ((writes, until),) = behind(
        "select write_mask, valid_until - now() <= interval '4 hours' from access_grant where account_id = %s",
        there.other.account,
    )
    assert (writes, until) == (0, True)


def test_the_case_tells_of_it_with_the_reason_in_its_core(there: Shire) -> None:
    opened(there)
    seen = there.county.see("support", there.case)
    assert seen is not None
    (entry,) = [each for each in seen.timeline if each.kind is EventKind.EMERGENCY]
    assert entry.by_agency == there.other.agency.key
    (share,) = seen.facts.shares.values()
    assert (share.terms.purpose, share.terms.account) == (
        "She rang from a box; I need the address",
        str(there.other.account),
    )


def test_it_ends_by_itself(there: Shire) -> None:
    opened(there)
    with administrator() as connection:
        connection.execute("update access_grant set valid_until = now() where account_id = %s", [there.other.account])
    assert not sees(there.other, there.case)


def test_those_with_oversight_of_both_agencies_are_told_and_the_opener_is_not(there: Shire) -> None:
    theirs, ours = lead(there.other.agency.key), lead(there.county.people["housing"].agency.key)
    elsewhere = lead("broadland_council")
    give_duties(there.other, "oversight")
    emergency = opened(there)
    for who, wanted in ((theirs, True), (ours, True), (elsewhere, False)):
        with acting(who), transaction.atomic():
            assert (emergency in {each.subject for each in messages.waiting(1000)}) is wanted
            assert (emergency in {each.id for each in emergencies.overseen()}) is wanted


def nothing_to_find(there: Shire) -> dict[str, tuple[Person, str]]:
    """Whoever finds nothing, and the reference that they type."""
    excluded, erased = person(there.other.agency.key, "housing"), shire()
    behind_conflict = "insert into conflict (user_id, case_id) values (%s, %s) returning true"
    behind(behind_conflict, excluded.account, there.case)
    cases.erase(erased.case, 0)
    return {
        "excluded": (excluded, there.reference),
        "unknown": (person(there.other.agency.key, "housing"), "NOR-2222-22"),
        "nonsense": (person(there.other.agency.key, "housing"), "?"),
        "erased": (person(there.other.agency.key, "housing"), erased.reference),
        "role unknown to the scheme": (person(there.other.agency.key, "gardener"), there.reference),
    }


@pytest.mark.failure(20)
def test_whoever_finds_nothing_gets_one_answer_and_the_try_is_noted(there: Shire) -> None:
    for why, (who, reference) in nothing_to_find(there).items():
        assert opens(who, reference, there.now) == Missing(), why
        assert not sees(who, there.case), why
        assert behind("select opened from emergency_attempt where account_id = %s", who.account) == [(False,)], why
    assert behind("select count(*) from emergency where case_id = %s", there.case) == [(0,)]


def test_the_same_questions_are_put_to_the_database_whatever_is_behind_the_reference(there: Shire) -> None:
    """All that differs is what the one function finds; it looks everything up before it says no."""
    from django.db import connections
    from django.test.utils import CaptureQueriesContext

    asked = {}
    for why, (who, reference) in nothing_to_find(there).items():
        with acting(who), transaction.atomic(), CaptureQueriesContext(connections["default"]) as log:
            assert emergencies.break_glass(reference, "A reason") is None
        asked[why] = [each["sql"].split("(")[0] for each in log.captured_queries]
    assert len({tuple(each) for each in asked.values()}) == 1, asked


def test_too_many_tries_find_nothing_more_and_are_one_persons_own(there: Shire) -> None:
    for _ in range(5):
        assert opens(there.other, "NOR-2222-22", there.now) == Missing()
    assert opens(there.other, there.reference, there.now) == Missing()
    assert not sees(there.other, there.case)
    assert behind("select kind from alarm where about_account = %s", there.other.account) == [("snooping",)]
    assert isinstance(opens(person(there.other.agency.key, "housing"), there.reference, there.now), Recorded)


def test_a_try_is_noted_though_nothing_came_of_it_and_the_same_form_is_one_try(there: Shire) -> None:
    key = uuid4()
    for _ in range(3):
        assert opens(there.other, "NOR-2222-22", there.now, key=key) == Missing()
    assert behind("select count(*) from emergency_attempt where account_id = %s", there.other.account) == [(1,)]


@pytest.mark.parametrize(
    ("words", "fields"),
    [
        ({"reason": " "}, ["reason"]),
        ({"understood": ("danger", "recorded")}, ["understood"]),
        ({"reason": "", "understood": ()}, ["reason", "understood"]),
    ],
)
def test_without_a_reason_or_what_is_understood_nothing_is_tried(
    there: Shire, words: dict[str, object], fields: list[str]
) -> None:
    result = opens(there.other, there.reference, there.now, **words)
    assert isinstance(result, Faulty)
    assert list(result.faults) == fields
    assert behind("select count(*) from emergency_attempt where account_id = %s", there.other.account) == [(0,)]


def test_somebody_who_has_not_proved_lately_who_they_are_opens_nothing(there: Shire) -> None:
    with as_account(there.other):
        with administrator() as connection:
            connection.execute(
                "update sign_in_session set stepped_up = null where account_id = %s", [there.other.account]
            )
        with transaction.atomic():
            assert emergencies.break_glass(there.reference, "A reason") is None
    assert not sees(there.other, there.case)


def test_an_emergency_without_its_event_is_not_committed(there: Shire) -> None:
    with acting(there.other), pytest.raises(DatabaseError, match="without its event"), transaction.atomic():
        assert emergencies.break_glass(there.reference, "A reason") is not None
    assert not sees(there.other, there.case)
    assert behind("select count(*) from message where case_id = %s", there.case) == [(0,)]


def test_nobody_is_granted_anything_alone_without_an_emergency(there: Shire) -> None:
    """Not even by an injected statement of somebody who may write in the case."""
    county = there.county
    seen = county.see("housing", there.case)
    assert seen is not None
    alone = cases.Grant(
        agency=there.other.agency.key, role="housing", reads=frozenset({0}), writes=frozenset(), stage="referral",
        last_at=there.now, account=there.other.account, basis=3,
    )  # fmt: skip
    with county.acting("housing"), pytest.raises(DatabaseError, match="without an emergency"), transaction.atomic():
        cases.store(there.case, seen.seq, {}, [alone])


def test_a_second_person_reviews_it_once_and_the_opener_is_told(there: Shire) -> None:
    first, second = lead(there.other.agency.key), lead(there.county.people["police"].agency.key)
    emergency = opened(there)
    with acting(there.other):
        see_case(there.case, there.now)
    with acting(first):
        with transaction.atomic():
            found = emergencies.find(emergency)
            assert found is not None
            assert (found.reason, found.verdict) == ("She rang from a box; I need the address", None)
            due, since = found.review_due.astimezone(LONDON), found.opened.astimezone(LONDON)
            assert due.strftime("%H:%M") == "00:00"
            assert due.date() == since.date() + timedelta(days=1)  # a day of 23 or 25 hours is one, too
            assert "case" in {what for _, what, _ in emergencies.reads(emergency)}
        wrong = review_emergency(emergency=emergency, verdict="perhaps", words=" ")
        assert isinstance(wrong, Faulty)
        assert list(wrong.faults) == ["verdict", "words"]
        assert review_emergency(emergency=emergency, verdict="justified", words="She was in danger") is None
    with acting(second):
        assert review_emergency(emergency=emergency, verdict="not_justified", words="No") == Missing()
        with transaction.atomic():
            assert emergency not in {each.subject for each in messages.waiting(1000)}
    with acting(there.other), transaction.atomic():
        assert [each.kind for each in messages.waiting(1000) if each.subject == emergency] == ["emergency_reviewed"]
        told = emergencies.find(emergency)
        assert told is not None
        assert (told.words, told.verdict and told.verdict.value) == ("She was in danger", "justified")


def test_nobody_reviews_their_own_nor_one_who_is_excluded_nor_without_oversight(there: Shire) -> None:
    give_duties(there.other, "oversight")
    excluded, plain = lead(there.other.agency.key), person(there.other.agency.key, "housing")
    behind("insert into conflict (user_id, case_id) values (%s, %s) returning true", excluded.account, there.case)
    emergency = opened(there)
    for who in (there.other, excluded, plain, lead("broadland_council")):
        with acting(who):
            assert review_emergency(emergency=emergency, verdict="justified", words="Fine") == Missing()
        with acting(who), transaction.atomic():
            own = who is there.other
            assert (emergencies.find(emergency) is not None) is own
            assert (emergencies.reads(emergency) == []) is not own
    assert behind("select verdict from emergency where id = %s", emergency) == [(None,)]


def test_what_was_not_reviewed_in_time_is_told_of_once(there: Shire) -> None:
    emergency = opened(there)
    emergencies.tell_overdue(there.now)
    assert emergencies.tell_overdue(there.now) == "0 overdue"
    with administrator() as connection:
        connection.execute("update emergency set review_due = now() where id = %s", [emergency])
    assert emergencies.tell_overdue(there.now) == "1 overdue"
    assert emergencies.tell_overdue(there.now) == "0 overdue"
    found = behind(
        "select kind, about_account from alarm where case_id = %s and kind ~ '^emergency' order by raised_at",
        there.case,
    )
    assert found == [("emergency_opened", there.other.account), ("emergency_unreviewed", there.other.account)]


def test_no_login_writes_what_only_the_functions_may(there: Shire) -> None:
    opened(there)
    for statement in (
        "update emergency set ends = now() + interval '1 day'",
        "insert into message (kind, account_id) values ('shared', (ctx()).account_id)",
        "delete from emergency_attempt",
        "select overdue_emergencies()",
    ):
        with acting(there.other), pytest.raises(DatabaseError), transaction.atomic():
            rows(statement)


def test_what_was_written_goes_with_the_core_of_the_case(there: Shire) -> None:
    first = lead(there.other.agency.key)
    emergency = opened(there)
    cases.erase(there.case, 0)
    with acting(first), transaction.atomic():
        found = emergencies.find(emergency)
    assert found is not None
    assert found.reason is None
    sealed = behind("select wrapped, reason from emergency where id = %s", emergency)[0]
    assert sealed[0] is None
    with pytest.raises(crypto.Damaged):
        crypto.unseal(crypto.unwrap(crypto.wrap(crypto.new_key(), emergency, 0), emergency, 0), bytes(12),
                      bytes(sealed[1]), b"")  # type: ignore[arg-type]  # fmt: skip


def test_the_notice_lasts_as_long_as_the_access(there: Shire) -> None:
    opened(there)
    with acting(there.other), transaction.atomic():
        assert emergencies.lasting(there.case) is not None
        assert emergencies.lasting(uuid4()) is None
    with administrator() as connection:
        connection.execute(
            "update emergency set opened = opened - interval '3 hours 59 minutes', ends = now() where account_id = %s",
            [there.other.account],
        )
    with acting(there.other), transaction.atomic():
        assert emergencies.lasting(there.case) is None
        assert row("select true") == (True,)
