"""Do the remaining pitfalls of the security notes stay closed? Each test bears the number of its pitfall.

Those about contexts are in `test_contexts`, about requests in `test_requests`, about views in `test_catalogue`.
"""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from time import sleep
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.db import connections, transaction
from django.db.utils import ProgrammingError
from psycopg_pool import ConnectionPool

import sanctuary
from sanctuary.gateways import database, embedded
from sanctuary.records import accounts, cases, events, lint, router
from sanctuary.records.query import as_owner, row, rows, run
from tests.support.database import (
    add,
    administrator,
    asking,
    entry,
    grant,
    login,
    make_agency,
    make_person,
    on_the_record,
    open_case,
)

pytestmark = on_the_record


def test_02_no_login_gets_in_without_its_password() -> None:
    addresses = database.addresses()
    assert addresses.owner
    for address in (addresses.app, addresses.door, addresses.owner):
        for words in ({"password": ""}, {"password": "guess"}):
            with pytest.raises(psycopg.OperationalError):
                address.connect(**words, passfile=os.devnull)


def test_03_a_context_that_was_set_once_is_nobody_afterwards() -> None:
    person = make_person(make_agency())
    with login() as bare:
        with bare.transaction():
            bare.execute("select begin_ctx(%s)", [accounts.open_session(person.account)])
        left = bare.execute("select current_setting('sanctuary.ctx', true)").fetchone()
        assert left == ("",)
        assert bare.execute("select (ctx()).account_id").fetchone() == (None,)


def test_04_the_owner_is_held_to_the_policies() -> None:
    case = open_case(make_person(make_agency()))
    with as_owner():
        for table in ("kase", "access_grant", "event", "case_key", "case_projection", "conflict", "audit_entry"):
            assert row(f"select count(*) from {table}", using="owner") == (0,)
    assert case.seq == 1


def test_05_what_is_taken_or_linked_tells_nothing_of_hidden_cases() -> None:
    hidden = open_case(make_person(make_agency()))
    stranger = make_person(make_agency())
    said = set()
    for case_id in (hidden.id, uuid4()):
        for seq in (1, 2):
            with pytest.raises(ProgrammingError) as refusal, asking(stranger):
                run(
                    "insert into event (case_id, seq, compartment, kind, happened_at, nonce, ciphertext) "
                    "values (%s, %s, 0, 'answered', now(), %s, '')",
                    [case_id, seq, bytes(12)],
                )
            said.add(str(refusal.value))
    assert len(said) == 1, said


def test_05_no_sequence_counts_for_the_application() -> None:
    with login() as bare:
        usable = bare.execute(
            "select sequencename from pg_sequences where has_sequence_privilege("
            "format('%I.%I', schemaname, sequencename), 'usage, select, update')"
        ).fetchall()
    assert usable == []


def test_06_a_role_may_write_what_it_may_not_read() -> None:
    council, contractor = make_person(make_agency()), make_person(make_agency(), "support")
    case = open_case(council, grants=[grant(council, (0, 1), (0, 1)), grant(contractor, (), (1,))])
    add(case, contractor, entry("dropped in the box", 1))
    with asking(contractor):
        assert events.readable(case.id) == []
    with asking(council):
        assert events.readable(case.id)[-1].payload == b"dropped in the box"


def test_07_nothing_needs_a_lock_on_events() -> None:
    person = make_person(make_agency())
    case = open_case(person)
    with pytest.raises(ProgrammingError, match="permission denied"), asking(person):
        rows("select seq from event where case_id = %s for update", [case.id])
    add(case, person, entry())


def test_08_no_code_explains_a_query() -> None:
    root = Path(sanctuary.__file__).parent
    sources = [path.read_text() for path in root.rglob("*") if path.suffix in {".py", ".sql"}]
    assert len(sources) > 30
    assert not any("explain (" in source.lower() or ".explain(" in source for source in sources)


def test_08_statements_seen_by_other_sessions_carry_no_values() -> None:
    person = make_person(make_agency())
    with asking(person):
        rows("select id from kase where reference = %s", ["CANARY-8"])
        with login() as bare:
            others = bare.execute("select query from pg_stat_activity where usename = current_user").fetchall()
        with login("door") as door:
            hidden = door.execute("select query from pg_stat_activity where usename <> current_user").fetchall()
    assert others
    assert not any("CANARY-8" in query for (query,) in others)
    assert {query for (query,) in hidden} <= {"<insufficient privilege>", ""}


def test_09_probing_expressions_meet_no_hidden_row() -> None:
    open_case(make_person(make_agency()))
    with asking(make_person(make_agency())):
        assert rows("select id from kase where 1 / (case when area = 'example_district' then 0 else 1 end) = 1") == []
    with login() as bare:
        for statement in (
            "create function leak(text) returns boolean language sql as 'select true'",
            "create temporary table mine (words text)",
            "create table mine (words text)",
            "create schema mine",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                bare.execute(statement)


def dump(address: database.Login) -> subprocess.CompletedProcess[str]:
    """What the wheel's pg_dump says and writes for this login."""
    given = {"PGHOST": address.host, "PGPORT": address.port, "PGUSER": address.role, "PGPASSWORD": address.password}
    environment = {**os.environ, **{name: value for name, value in given.items() if value}}
    command = [str(embedded.programs() / "pg_dump"), "--dbname", connections["owner"].settings_dict["NAME"]]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def test_10_a_dump_is_whole_or_it_fails() -> None:
    case = open_case(make_person(make_agency()))
    addresses = database.addresses()
    assert addresses.owner
    for address in (addresses.app, addresses.owner):
        assert dump(address).returncode != 0
    whole = dump(database.administrator())
    assert whole.returncode == 0, whole.stderr
    assert str(case.id) in whole.stdout


def test_11_a_migration_that_policies_would_narrow_fails_aloud() -> None:
    open_case(make_person(make_agency()))
    for statement in ("update kase set area = 'elsewhere'", "delete from access_grant", "select count(*) from event"):
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic(using="owner"):
            run(statement, using="owner")


def test_12_no_table_is_cut_into_parts_without_policies() -> None:
    with administrator() as connection:
        assert connection.execute("select relname from pg_class where relispartition or relkind = 'p'").fetchall() == []


def test_13_for_ever_is_a_date_that_python_can_hold() -> None:
    person = make_person(make_agency())
    open_case(person)
    with asking(person):
        assert rows("select valid_until from access_grant") == [(cases.FAR,)]


def test_14_names_of_every_alphabet_come_back_as_they_were() -> None:
    name = "Łucja Ní Bhriain 李"
    person = make_person(make_agency(name), name=name)
    with asking(person):
        staff = accounts.current()
        assert staff is not None
        assert (staff.name, staff.agency_title) == (name, name)
        assert rows("show server_encoding") == [("UTF8",)]


def test_15_the_servers_log_holds_nothing_that_was_sent() -> None:
    canary = f"CANARY-15-{uuid4()}"
    person = make_person(make_agency())
    for statement, value in (
        ("select id from kase where id = %s::text::uuid", canary),
        ("insert into idempotency (key) values (%s::text::uuid)", canary),
        ("select nothing_like_this(%s::text)", canary),
    ):
        with pytest.raises(Exception, match=r"invalid input|does not exist"), asking(person):
            rows(statement, [value])
    if os.environ.get("DATABASE_URL"):  # its log is not ours to read, so its settings are right or complained of
        with transaction.atomic():
            shown = dict(rows("select name, setting from pg_settings where name = any(%s)", [list(lint.QUIET_LOG)]))
        assert lint.talkative(shown) == [] or any("server logs" in finding for finding in lint.server_findings())
    else:
        assert canary not in logged_until(f"SENTINEL-15-{uuid4()}")


def logged_until(sentinel: str) -> str:
    """All that the server logged, up to a word of the administrator's own: what was sent before it is behind it."""
    with administrator() as connection:
        connection.execute(f"do $$ begin raise log '{sentinel}'; end $$")
    for _ in range(600):
        logged = "".join(path.read_text(errors="replace") for path in (embedded.data() / "log").iterdir())
        if sentinel in logged:
            return logged
        sleep(0.1)
    raise AssertionError("the server's log does not say what it was told to")


def test_16_nothing_but_what_every_server_has_is_needed() -> None:
    with administrator() as connection:
        assert connection.execute("select extname from pg_extension").fetchall() == [("plpgsql",)]


def test_17_a_context_outside_a_transaction_is_nobody() -> None:
    person = make_person(make_agency())
    open_case(person)
    with login() as bare:
        bare.execute("select begin_ctx(%s)", [accounts.open_session(person.account)])
        assert bare.execute("select id from kase").fetchall() == []


def test_21_a_pooled_connection_comes_back_as_nobody() -> None:
    person = make_person(make_agency())
    open_case(person)
    address = database.addresses().app
    words = {
        "host": address.host,
        "port": address.port,
        "user": address.role,
        "password": address.password,
        **address.options,
    }
    wanted = {name: value for name, value in words.items() if value}
    wanted["dbname"] = connections["owner"].settings_dict["NAME"]
    with ConnectionPool(kwargs=wanted, min_size=1, max_size=1, open=True) as pool:
        with pool.connection() as first:
            first.execute("select begin_ctx(%s)", [accounts.open_session(person.account)])
            assert len(first.execute("select id from kase").fetchall()) == 1
            backend: Any = first.info.backend_pid
        with pool.connection() as second:
            assert second.info.backend_pid == backend
            assert second.execute("select id from kase").fetchall() == []


def test_22_inner_transactions_ask_as_the_same_person() -> None:
    person = make_person(make_agency())
    with asking(person):
        first = row("select current_setting('sanctuary.ctx')")
        with transaction.atomic(), transaction.atomic():
            assert row("select current_setting('sanctuary.ctx')") == first


def test_25_tables_change_over_the_owners_login_alone() -> None:
    allowed = router.Router().allow_migrate
    assert allowed("owner", "records")
    assert not allowed("default", "records")
    assert not allowed("door", "records")
    with login("owner") as owner, owner.transaction(force_rollback=True):
        owner.execute("create table made_by_owner (words text)")
        assert "made_by_owner" in str(
            owner.execute("select relname from pg_class where relname = 'made_by_owner'").fetchall()
        )
