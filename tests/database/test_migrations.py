"""Does a record with cases in it come through every migration whole?"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from copy import deepcopy
from typing import Any

import psycopg
import pytest
from django.core.management import call_command
from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from psycopg import sql

from sanctuary.gateways import database
from tests.support.database import on_the_record

pytestmark = on_the_record

NAME = "migrating"
# The earliest state in which a case can be: from there on no migration may lose or change a row.
EARLIEST = ("records", "0002_cases")
FILL = """
insert into agency (key, title) select 'agency_' || n, 'Agency ' || n from generate_series(1, 5) n;
insert into account (id, email, name, password, agency_id, role)
    select gen_random_uuid(), 'p' || a.id || '@agency.example', 'Person ' || a.id, '!', a.id, 'housing' from agency a;
insert into scheme_version (id, scheme, document) values ('v1', 'norfolk', 'title: Example');
insert into role_ceiling (version, role, read_mask, write_mask) values ('v1', 'housing', 15, 15);
insert into kase (id, reference, scheme, version, area, head_seq)
    select gen_random_uuid(), 'NOR-' || n, 'norfolk', 'v1', 'example_district', 3 from generate_series(1, 200) n;
insert into access_grant (agency_id, role, case_id, read_mask, write_mask, needs_us)
    select a.id, 'housing', k.id, 15, 15, true from agency a cross join kase k;
insert into conflict (user_id, case_id) select p.id, k.id from account p cross join (select id from kase limit 3) k;
insert into event (case_id, seq, compartment, kind, happened_at, author_agency, author_user, nonce, ciphertext)
    select k.id, n, n, 'answered', now(), p.agency_id, p.id, decode(repeat('00', 12), 'hex'), sha256(k.id::text::bytea)
      from kase k cross join generate_series(1, 3) n cross join (select * from account limit 1) p;
insert into case_key (case_id, compartment, wrapped)
    select k.id, n, decode(repeat('00', 60), 'hex') from kase k cross join generate_series(0, 3) n;
insert into case_projection (case_id, progress, computed_seq) select id, '{"stage": "referral"}', 3 from kase;
"""


@pytest.fixture
def scratch() -> Iterator[str]:
    """An alias of a database of its own, empty."""
    owner = connections["owner"]
    settings = deepcopy(owner.settings_dict)
    settings["NAME"] = f"{owner.settings_dict['NAME']}_{NAME}"
    with closing(database.administrator().connect(dbname="postgres")) as admin:
        name, role = sql.Identifier(settings["NAME"]), sql.Identifier(settings["USER"])
        admin.execute(sql.SQL("drop database if exists {}").format(name))
        admin.execute(sql.SQL("create database {} owner {} encoding 'UTF8' template template0").format(name, role))
        connections.databases[NAME] = settings
        try:
            yield NAME
        finally:
            connections[NAME].close()
            del connections[NAME]
            del connections.databases[NAME]
            admin.execute(sql.SQL("drop database {}").format(name))


def administrator() -> psycopg.Connection[Any]:
    return database.administrator().connect(dbname=connections[NAME].settings_dict["NAME"])


def columns() -> dict[str, list[str]]:
    """Each table's columns."""
    with closing(administrator()) as connection:
        found = connection.execute(
            "select c.relname, array_agg(a.attname::text order by a.attnum) from pg_class c join pg_attribute a "
            "on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped "
            "where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' "
            "and c.relname not in ('django_migrations', 'ctx_key') group by 1"
        ).fetchall()
        return {str(table): list(names) for table, names in found}


def contents(of: dict[str, list[str]]) -> dict[str, tuple[int, str]]:
    """Each table's number of rows and the hash of all that these columns of it hold."""
    question = (
        "select count(*), coalesce(md5(string_agg(t::text, '|' order by t::text)), '') from (select {} from {}) t"
    )
    with closing(administrator()) as connection:
        found = {}
        for table, names in of.items():
            asked = sql.SQL(", ").join(sql.Identifier(name) for name in names)
            row = connection.execute(sql.SQL(question).format(asked, sql.Identifier(table))).fetchone()
            assert row
            found[table] = (row[0], row[1])
        return found


@pytest.mark.django_db(transaction=True, databases=["default", "owner", "door"])
def test_a_filled_record_comes_through_every_migration(scratch: str, django_db_blocker: Any) -> None:
    with django_db_blocker.unblock():
        executor = MigrationExecutor(connections[scratch])
        executor.migrate([EARLIEST])
        with closing(administrator()) as connection, connection.transaction():
            connection.execute("set local session_replication_role = replica")
            connection.execute(FILL)
        earlier = columns()
        before = contents(earlier)
        assert len(before) >= 10
        assert all(count > 0 for table, (count, _) in before.items() if table != "sign_in_session"), before
        call_command("migrate", database=scratch, verbosity=0)
        after = contents(earlier)
        with closing(administrator()) as connection:
            areas = connection.execute("select distinct area from access_grant").fetchall()
    assert after == before
    assert areas == [("norfolk/example_district",)]


def test_every_migration_has_run_and_none_is_missing() -> None:
    executor = MigrationExecutor(connections["owner"])
    assert executor.migration_plan(executor.loader.graph.leaf_nodes()) == []
