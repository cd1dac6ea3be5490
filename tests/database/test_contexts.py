"""Can anybody make the database believe that they are somebody else?"""

from __future__ import annotations

import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.db import connection, transaction

from sanctuary.records import accounts, cases, context
from sanctuary.records.backend.base import OutsideTransaction
from sanctuary.records.query import row, rows, run
from sanctuary.records.tokens import hashed
from tests.support.database import (
    Happening,
    Person,
    administrator,
    as_account,
    asking,
    login,
    make_agency,
    make_person,
    on_the_record,
    open_case,
)

pytestmark = on_the_record

TABLES = [
    "kase",
    "access_grant",
    "event",
    "case_key",
    "case_projection",
    "case_summary",
    "search_token",
    "conflict",
    "account",
]


@pytest.fixture
def person() -> Person:
    return make_person(make_agency())


@pytest.fixture
def case(person: Person) -> Happening:
    return open_case(person)


@contextmanager
def prompt() -> Iterator[psycopg.Connection[Any]]:
    """A transaction on a SQL prompt of the application's login, as an attacker has through an injection."""
    with login() as bare, bare.transaction():
        yield bare


def seen(bare: psycopg.Connection[Any]) -> int:
    """Rows of any case that the prompt can see."""
    tables = [psycopg.sql.Identifier(table) for table in TABLES]
    counts = [bare.execute(psycopg.sql.SQL("select count(*) from {}").format(table)).fetchone() for table in tables]
    return sum(count[0] for count in counts if count)


def sealed_context(bare: psycopg.Connection[Any], token: str) -> str:
    bare.execute("select begin_ctx(%s)", [token])
    found = bare.execute("select current_setting('sanctuary.ctx')").fetchone()
    assert found
    return str(found[0])


def test_a_prompt_without_a_token_sees_nothing(case: Happening) -> None:
    with prompt() as bare:
        assert seen(bare) == 0


def test_a_token_shows_its_own_cases_and_no_others(case: Happening, person: Person) -> None:
    with prompt() as bare:
        bare.execute("select begin_ctx(%s)", [accounts.open_session(person.account)])
        assert bare.execute("select id from kase").fetchall() == [(case.id,)]
    stranger = make_person(make_agency())
    with prompt() as bare:
        bare.execute("select begin_ctx(%s)", [accounts.open_session(stranger.account)])
        assert bare.execute("select id from kase").fetchall() == []


def test_forged_contexts_see_nothing(case: Happening, person: Person) -> None:
    with prompt() as bare:
        here = bare.execute(
            "select pg_backend_pid() || '|' || (extract(epoch from transaction_timestamp()) * 1000000)::bigint"
        ).fetchone()
        assert here
        body = f"{here[0]}|{person.account}|{person.agency.id}|{person.role}"
        for forged in (
            body,
            f"{'0' * 64}|{body}",
            f"|{body}",
            str(person.agency.id),
            secrets.token_hex(32),
            "|||||",
            "x" * 66,
        ):
            bare.execute("select set_config('sanctuary.ctx', %s, true)", [forged])
            assert seen(bare) == 0, forged


def test_a_context_changed_in_any_part_sees_nothing(case: Happening, person: Person) -> None:
    other = make_person(make_agency())
    open_case(other)
    with prompt() as bare:
        genuine = sealed_context(bare, accounts.open_session(person.account))
        assert seen(bare) > 0
        for mine, theirs in (
            (str(person.account), str(other.account)),
            (f"|{person.agency.id}|", f"|{other.agency.id}|"),
            (person.role, "police"),
        ):
            changed = genuine.replace(mine, theirs)
            assert changed != genuine
            bare.execute("select set_config('sanctuary.ctx', %s, true)", [changed])
            assert seen(bare) == 0


def test_a_context_changed_in_its_duties_areas_or_proof_is_nobodys(person: Person) -> None:
    """Account, agency, role, duties, areas, whether lately proved, for whom: each part is under the seal."""
    with administrator() as admin:
        team = uuid4()
        admin.execute(
            "insert into team (id, agency_id, title, areas) values (%s, %s, 'North', array['norfolk/norwich'])",
            [team, person.agency.id],
        )
        admin.execute(
            "update account set duties = array['specialist'], team_id = %s where id = %s", [team, person.account]
        )
    with prompt() as bare:
        genuine = sealed_context(bare, accounts.open_session(person.account))
        assert genuine.endswith("|specialist|norfolk/norwich|0|")
        for changed in (
            genuine.replace("|specialist|", "|oversight|"),
            genuine.replace("|specialist|", "|specialist,oversight|"),
            genuine.replace("|norfolk/norwich|", "|*|"),
            genuine.replace("|norfolk/norwich|", "|norfolk/norwich,norfolk/breckland|"),
            genuine.removesuffix("|0|") + "|1|",
            genuine + str(uuid4()),
            genuine + "|",
            genuine.upper(),
        ):
            assert changed != genuine
            bare.execute("select set_config('sanctuary.ctx', %s, true)", [changed])
            assert bare.execute("select (ctx()).account_id is null").fetchone() == (True,)
            assert seen(bare) == 0
        bare.execute("select set_config('sanctuary.ctx', %s, true)", [genuine])
        found = bare.execute("select (ctx()).duties, (ctx()).areas, (ctx()).stepped_up").fetchone()
        assert found == (["specialist"], ["norfolk/norwich"], False)


@pytest.mark.parametrize("area", ["x|1|", "norfolk/norwich|1|00000000-0000-4000-8000-000000000000", "*", "a|*"])
def test_no_words_of_an_area_become_another_part_of_a_context(area: str, person: Person) -> None:
    """Areas are words that an administrator gave: none is kept that would part a context otherwise, or mean all."""
    with administrator() as admin, pytest.raises(psycopg.errors.CheckViolation):
        admin.execute(
            "insert into team (id, agency_id, title, areas) values (%s, %s, 'Odd', array[%s])",
            [uuid4(), person.agency.id, area],
        )


def test_a_context_copied_to_another_transaction_or_connection_sees_nothing(case: Happening, person: Person) -> None:
    with login() as first, login() as second:
        with first.transaction():
            genuine = sealed_context(first, accounts.open_session(person.account))
            with second.transaction():
                second.execute("select set_config('sanctuary.ctx', %s, true)", [genuine])
                assert seen(second) == 0
        with first.transaction():
            first.execute("select set_config('sanctuary.ctx', %s, true)", [genuine])
            assert seen(first) == 0


def test_a_context_kept_for_the_session_is_dead_in_the_next_transaction(case: Happening, person: Person) -> None:
    with login() as bare:
        with bare.transaction():
            genuine = sealed_context(bare, accounts.open_session(person.account))
        bare.execute("select set_config('sanctuary.ctx', %s, false)", [genuine])
        with bare.transaction():
            assert seen(bare) == 0


def test_unknown_expired_idle_closed_and_retired_sessions_see_nothing(case: Happening, person: Person) -> None:
    idle, retired = accounts.open_session(person.account), accounts.open_session(person.account)
    with administrator() as admin:
        admin.execute(
            "update sign_in_session set last_seen = now() - interval '31 minutes' where token_hash = %s",
            [hashed(idle)],
        )
    closed = accounts.open_session(person.account)
    accounts.close_session(closed)
    expired = accounts.open_session(person.account, timedelta(seconds=-1))
    for token in (secrets.token_urlsafe(32), "", idle, closed, expired):
        with prompt() as bare:
            bare.execute("select begin_ctx(%s)", [token])
            assert seen(bare) == 0
    accounts.retire_account(person.account)
    with prompt() as bare:
        bare.execute("select begin_ctx(%s)", [retired])
        assert seen(bare) == 0


def test_no_session_is_opened_for_a_retired_account(person: Person) -> None:
    accounts.retire_account(person.account)
    with context.acting(accounts.open_session(person.account)), transaction.atomic():
        assert accounts.current() is None


def test_a_session_in_use_stays_alive(case: Happening, person: Person) -> None:
    token = accounts.open_session(person.account)
    with administrator() as admin:
        admin.execute(
            "update sign_in_session set last_seen = now() - interval '29 minutes' where token_hash = %s",
            [hashed(token)],
        )
        with context.acting(token), transaction.atomic():
            assert accounts.current() is not None
        fresh = admin.execute(
            "select last_seen > now() - interval '1 minute' from sign_in_session where token_hash = %s",
            [hashed(token)],
        ).fetchone()
    assert fresh == (True,)


def test_who_is_asking_is_said_once(person: Person) -> None:
    other = accounts.open_session(make_person(make_agency()).account)
    with prompt() as bare:
        bare.execute("select begin_ctx(%s)", [accounts.open_session(person.account)])
        with pytest.raises(psycopg.errors.ActiveSqlTransaction):
            bare.execute("select begin_ctx(%s)", [other])


def test_who_is_asking_cannot_change_inside_a_transaction(person: Person) -> None:
    with asking(person), pytest.raises(context.MidTransaction), context.acting(None):
        pass


def test_no_prompt_becomes_another_role(case: Happening) -> None:
    with login() as bare:
        name = bare.execute("select current_user").fetchone()
        for statement in (
            "set role postgres",
            "set session authorization postgres",
            *(
                f'set role "{role}"'
                for (role,) in bare.execute("select rolname from pg_roles where rolname <> current_user").fetchall()
            ),
        ):
            with pytest.raises(psycopg.Error):
                bare.execute(statement)
        for statement in ("set role none", "reset role", "reset session authorization"):
            bare.execute(statement)
            assert bare.execute("select current_user").fetchone() == name
        with bare.transaction():
            assert seen(bare) == 0


def test_no_prompt_reads_keys_sessions_or_passwords(person: Person) -> None:
    for statement in (
        "select * from ctx_key",
        "select * from sign_in_session",
        "select password from account",
        "select email from account",
        "select ctx_seal('')",
        "select * from ask_password(sha256('x'), 'robin@agency.example', '')",
        "select open_session(sha256('x'), sha256('y'), '', null)",
        f"select open_session_unproved('{person.account}', sha256('x'), interval '1 day', true)",
        "select standing_in(gen_random_uuid())",
        "select replace_grants(gen_random_uuid(), '', '[]')",
    ):
        with prompt() as bare:
            bare.execute("select begin_ctx(%s)", [accounts.open_session(person.account)])
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                bare.execute(statement)


def test_nobody_sees_more_by_acting_functions(case: Happening) -> None:
    stranger = make_person(make_agency())
    with asking(stranger):
        for of_case in (case.id, uuid4()):
            assert rows("select * from events_for_evaluation(%s)", [of_case]) == []
            assert rows("select * from who_came_first(%s, 1)", [of_case]) == []
            with pytest.raises(cases.NotAllowed):
                cases.store(of_case, 1, {}, [])


def test_questions_outside_a_transaction_are_refused() -> None:
    with pytest.raises(OutsideTransaction):
        row("select 1")


def test_a_thread_inherits_nobody(person: Person, case: Happening) -> None:
    found: list[Any] = []

    def look() -> None:
        with transaction.atomic():
            found.append(rows("select id from kase"))
        connection.close()

    with as_account(person):
        thread = threading.Thread(target=look)
        thread.start()
        thread.join()
    assert found == [[]]


def test_a_savepoint_rolled_back_changes_nobody(person: Person, case: Happening) -> None:
    with asking(person):
        with transaction.atomic():
            run("select set_config('sanctuary.ctx', '', true)")
            assert accounts.current() is None
            transaction.set_rollback(True)
        assert accounts.current() is not None
