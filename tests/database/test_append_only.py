"""Does what was recorded stay as it was?"""

from __future__ import annotations

import psycopg
import pytest
from django.db import IntegrityError, transaction
from django.db.utils import ProgrammingError

from sanctuary.records import cases, crypto, events
from sanctuary.records.query import as_owner, row, run
from tests.support.access.put_back import put_back
from tests.support.database import (
    add,
    administrator,
    asking,
    entry,
    login,
    make_agency,
    make_person,
    on_the_record,
    open_case,
)

pytestmark = on_the_record

CHANGES = [
    "update event set kind = 'other' where case_id = %s",
    "delete from event where case_id = %s",
]
TRUNCATIONS = [
    "truncate event",
    "truncate event cascade",
    "truncate audit_entry",
    "truncate audit_link",
    "truncate scheme_version cascade",
]


@pytest.mark.parametrize("statement", CHANGES)
def test_the_application_has_no_right_to_change_events(statement: str) -> None:
    person = make_person(make_agency())
    case = open_case(person)
    with pytest.raises(ProgrammingError, match="permission denied"), asking(person):
        run(statement, [case.id])


@pytest.mark.parametrize("statement", CHANGES)
def test_even_the_administrator_cannot_change_events(statement: str) -> None:
    case = open_case(make_person(make_agency()))
    with administrator() as connection, pytest.raises(psycopg.IntegrityError, match="stays as it is"):
        connection.execute(statement, [case.id])


@pytest.mark.parametrize("statement", TRUNCATIONS)
def test_even_the_administrator_cannot_empty_the_record(statement: str) -> None:
    open_case(make_person(make_agency()))
    with administrator() as connection, pytest.raises(psycopg.IntegrityError, match="stays as it is"):
        connection.execute(statement)


def test_a_published_definition_never_changes() -> None:
    case = open_case(make_person(make_agency()))
    with administrator() as connection:
        version = connection.execute("select version from kase where id = %s", [case.id]).fetchone()
        assert version is not None
        for statement in (
            "update scheme_version set document = '' where id = %s",
            "delete from scheme_version where id = %s",
            "update role_ceiling set write_mask = 1 where version = %s",
        ):
            with pytest.raises(psycopg.IntegrityError, match="stays as it is"):
                connection.execute(statement, version)


def test_events_are_numbered_without_gaps() -> None:
    person = make_person(make_agency())
    case = open_case(person)
    with pytest.raises(cases.Overtaken), asking(person):
        events.append(case.id, case.seq + 1, [entry()])


def test_a_commit_without_progress_is_refused() -> None:
    person = make_person(make_agency())
    case = open_case(person)
    with pytest.raises(IntegrityError, match="without its progress"), asking(person):
        events.append(case.id, case.seq, [entry()])
    with asking(person):
        assert len(events.readable(case.id)) == 1


def test_a_case_and_its_events_are_noted_as_one_reading() -> None:
    person, nobody = (make_person(make_agency()) for _ in range(2))
    case = open_case(person)
    add(case, person, entry("one"))
    with asking(person):
        found = events.with_case(case.id)
    assert found is not None
    assert (found[0].reference, [event.seq for event in found[1]]) == (case.reference, [1, 2])
    with asking(nobody):
        assert events.with_case(case.id) is None
    with administrator() as connection:
        notes = "select account_id, what, seq from audit_entry where case_id = %s and what <> 'write'"
        assert connection.execute(notes, [case.id]).fetchall() == [(person.account, "case", 2)]


def test_nobody_can_sign_as_another() -> None:
    person, colleague = (make_person(make_agency()) for _ in range(2))
    case = open_case(person)
    with pytest.raises(ProgrammingError, match="permission denied"), asking(person):
        run(
            "insert into event (case_id, seq, compartment, kind, happened_at, nonce, ciphertext, author_user) "
            "values (%s, 2, 0, 'answered', now(), %s, '', %s)",
            [case.id, bytes(12), colleague.account],
        )


def test_an_event_moved_to_another_place_does_not_open() -> None:
    person = make_person(make_agency())
    case = open_case(person)
    add(case, person, entry("one"), entry("two"))
    with put_back(case.id, "event"):
        with administrator() as connection:
            connection.execute("set session_replication_role = replica")  # as somebody does who has taken the server
            connection.execute("update event set seq = seq + 10 where case_id = %s and seq > 1", [case.id])
        with asking(person), pytest.raises(crypto.Damaged):
            events.readable(case.id)


@pytest.mark.parametrize(
    "change",
    [
        "update event set happened_at = happened_at - interval '1 day' where case_id = %s",
        "update event set kind = 'other' where case_id = %s",
        "update event set compartment = 1 where case_id = %s",
        "update event set ciphertext = set_byte(ciphertext, 0, get_byte(ciphertext, 0) # 1) where case_id = %s",
        "update case_key set wrapped = set_byte(wrapped, 20, get_byte(wrapped, 20) # 1) where case_id = %s",
    ],
)
def test_one_changed_bit_or_word_is_noticed(change: str) -> None:
    person = make_person(make_agency())
    case = open_case(person)
    with put_back(case.id, "event", "case_key"):
        with administrator() as connection:
            connection.execute("set session_replication_role = replica")
            connection.execute(change, [case.id])
        with asking(person), pytest.raises(crypto.Damaged):
            events.readable(case.id)


def test_erasing_a_compartment_leaves_its_events_without_words() -> None:
    person = make_person(make_agency())
    case = open_case(person)
    add(case, person, entry("money matters", 1))
    cases.erase(case.id, 1)
    with asking(person):
        kept = events.readable(case.id)
    assert [event.payload for event in kept] == [b"opened", None]


def test_only_the_owner_may_erase() -> None:
    person = make_person(make_agency())
    case = open_case(person)
    with pytest.raises(ProgrammingError, match="permission denied"), asking(person):
        run("select erase_compartment(%s, 1::smallint)", [case.id])
    with pytest.raises(ProgrammingError, match="permission denied"), asking(person):
        run("delete from case_key where case_id = %s", [case.id])
    with as_owner():
        assert row("select count(*) from case_key where case_id = %s", [case.id], using="owner") == (0,)
    with transaction.atomic(using="owner"), pytest.raises(ProgrammingError, match="row-level security"):
        run("delete from case_key where case_id = %s", [case.id], using="owner")


def test_nothing_can_be_written_into_an_erased_compartment() -> None:
    person = make_person(make_agency())
    case = open_case(person)
    cases.erase(case.id, 1)
    with pytest.raises(cases.NotAllowed), asking(person):
        events.append(case.id, case.seq, [entry("again", 1)])


def test_bare_logins_reach_no_table_of_the_record() -> None:
    with login("door") as connection:
        tables = connection.execute(
            "select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'"
        )
        for (table,) in tables.fetchall():
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(psycopg.sql.SQL("select * from {}").format(psycopg.sql.Identifier(table)))
