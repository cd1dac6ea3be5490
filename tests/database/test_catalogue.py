"""Does the look at the database find what is wrong with it, and nothing in ours?"""

from __future__ import annotations

import pytest
from django.conf import settings
from django.core.checks import Error, Warning
from django.db import connections

from sanctuary.records import lint, privacy
from tests.support.database import administrator, on_the_record

pytestmark = on_the_record

PATH = "pg_catalog, public, pg_temp"
# What somebody might do in a hurry, and a word of the sentence that should meet it.
DEFECTS = {
    "table without policies": ("create table notes (words text)", "no row-level security"),
    "table that its owner passes": ("alter table event no force row level security", "does not hold its owner"),
    "table switched off": ("alter table kase disable row level security", "no row-level security"),
    "view with its owner's rights": ("create view everything as select * from event", "view everything reads"),
    "materialized view": ("create materialized view copies as select * from event", "materialized view copies"),
    "policy for everybody": ("create policy oh on event for select using (true)", "lets every row through"),
    "write policy for all": (
        "create policy oh on event for insert to {app} with check (true)",
        "lets every row through",
    ),
    "context asked for each row": (
        "create policy slow on kase for select to {app} using ((ctx()).agency_id = 1)",
        "asks ctx() for each row",
    ),
    "acting function without a path": (
        "create function oh() returns int language sql security definer as 'select 1'",
        "without a fixed search path",
    ),
    "function for everybody": (
        "create function oh() returns int language sql as 'select 1'; grant execute on function oh() to public",
        "may be run by anybody",
    ),
    "function acting for the administrator": (
        f"create function oh() returns int language sql security definer set search_path = {PATH} as 'select 1'",
        "owns too much",
    ),
    "right to update": ("grant update on kase to {app}", "may UPDATE on kase"),
    "right to delete": ("grant delete on event to {app}", "may DELETE on event"),
    "right for the door": ("grant select on account to {door}", "may SELECT on account"),
    "right for everybody": ("grant select on agency to public", "everybody may SELECT on agency"),
    "right to one column without a policy": ("grant insert (id) on kase to {app}", "no policy says which rows"),
    "login that passes over policies": ("alter role {app} bypassrls", "passes over policies"),
    "login that makes roles": ("alter role {door} createrole", "may make roles"),
    "login that is a member": ("grant {engine} to {app}", "is a member of"),
    "owner that inherits the engine": ("grant {engine} to {owner}", "sees what the engine sees"),
    "engine that logs in": ("alter role {engine} login", "can log in"),
    "schema open to the login": ("grant create on schema public to {app}", "create things in the schema"),
    "schema open to everybody": ("grant create on schema public to public", "everybody may create things"),
    "index that policies cannot use": (
        "create type mood as enum ('calm'); alter table kase add column mood mood; create index oh on kase (mood)",
        "row-level security cannot use",
    ),
    "acting function for another login": (
        "create role oh_login nologin; grant execute on function ctx() to oh_login",
        "may be run by oh_login",
    ),
    "hash that is read": ("grant select (token_hash) on sign_in_session to {app}", "may read token_hash"),
    "address of a colleague": ("grant select (email) on account to {app}", "may read email of account"),
    "proof that the door reads": ("grant select (public_key) on passkey to {door}", "may read public_key"),
    "policy that asks nobody": (
        "create policy oh on pack for select to {app} using (items > 0)",
        "asks neither who it is",
    ),
    "table without a shut door": ("drop policy conflict on message", "shuts nobody out"),
    "shut door for reading alone": (
        "drop policy conflict on event; create policy oh on event as restrictive for select to {app} using (true)",
        "shuts nobody out",
    ),
    "new table about cases": (
        "create table notes (case_id uuid); create policy oh on notes for select to {app} using (true)",
        "table notes shuts nobody out",
    ),
    "table of the login": (
        "create table mine (a int); grant create on schema public to {app}; alter table mine owner to {app}",
        "owns mine",
    ),
}


def test_our_own_catalogue_has_nothing_wrong() -> None:
    assert lint.catalogue_findings() == []
    assert lint.login_findings() == []


@pytest.mark.parametrize("name", DEFECTS)
def test_each_seeded_defect_is_found(name: str) -> None:
    statement, sentence = DEFECTS[name]
    for placeholder, role in settings.DATABASE_ROLES.items():
        statement = statement.replace("{" + placeholder + "}", f'"{role}"')
    roles = [settings.DATABASE_ROLES[each] for each in ("app", "door", "engine")]
    with administrator() as connection, connection.transaction(force_rollback=True):
        for each in statement.split("; "):
            connection.execute(each)
        found = [line[0] for line in connection.execute(lint.script(), roles).fetchall()]
    assert any(sentence in each for each in found), found


def test_a_site_on_the_administrators_login_does_not_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lint, "row", lambda *_: ("postgres", True, True, True))
    with pytest.raises(lint.UnsafeDatabase) as refusal:
        lint.refuse_unsafe()
    assert "logs in as postgres, which is a superuser" in str(refusal.value)


def test_a_site_on_the_owners_login_does_not_start(monkeypatch: pytest.MonkeyPatch) -> None:
    owner = connections["owner"]
    monkeypatch.setattr(lint, "row", lambda statement: _asked_by(owner, statement))
    with pytest.raises(lint.UnsafeDatabase, match=r"_own, which owns tables"):
        lint.refuse_unsafe()


def _asked_by(connection: object, statement: str) -> tuple[object, ...]:
    with connection.cursor() as cursor:  # type: ignore[attr-defined]
        cursor.execute(statement)
        return tuple(cursor.fetchone())


@pytest.mark.parametrize(
    ("number", "enough"),
    [
        (150018, False),
        (150019, True),
        (160014, False),
        (170011, True),
        (180004, False),
        (180005, True),
        (180006, True),
        (190000, True),
        (140099, False),
    ],
)
def test_production_refuses_releases_without_security_fixes(
    number: int, enough: bool, monkeypatch: pytest.MonkeyPatch, settings: object
) -> None:
    monkeypatch.setattr(lint, "server_findings", lambda: lint.old_release(number))
    settings.PRODUCTION = True  # type: ignore[attr-defined]
    if enough:
        lint.refuse_unsafe()
    else:
        with pytest.raises(lint.UnsafeDatabase, match="newer is needed"):
            lint.refuse_unsafe()


def test_elsewhere_an_old_release_is_only_mentioned(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lint, "server_findings", lambda: lint.old_release(180004))
    lint.refuse_unsafe()
    assert [type(message) for message in lint.check_database(["default"])] == [Warning]
    assert lint.check_database(["owner"]) == []


def test_djangos_check_reports_a_defect(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lint, "catalogue_findings", lambda: ["table notes has no row-level security"])
    assert [message.id for message in lint.check_database(["default"]) if isinstance(message, Error)] == [
        "records.E001"
    ]


def test_encoding_and_log_are_looked_at() -> None:
    assert lint.lossy("UTF8") == []
    assert lint.lossy("SQL_ASCII") != []
    assert lint.talkative(lint.QUIET_LOG) == []
    assert len(lint.talkative({"log_statement": "all"})) == len(lint.QUIET_LOG)


def columns() -> dict[tuple[str, str], str]:
    """(table, column) -> type, of every table of the record."""
    with administrator() as connection:
        found = connection.execute(
            "select c.relname, a.attname, a.atttypid::regtype::text "
            "from pg_class c join pg_attribute a on a.attrelid = c.oid "
            "where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped "
            "and c.relname <> 'django_migrations'"
        ).fetchall()
    return {(table, column): kind for table, column, kind in found}


def test_every_column_is_classed() -> None:
    assert columns().keys() == privacy.classes().keys()


def test_personal_columns_of_a_case_hold_no_words() -> None:
    about_cases = ("event", "case_summary", "search_token")
    types = columns()
    personal = [
        place for place, kind in privacy.classes().items() if kind is privacy.Class.PERSONAL and place[0] in about_cases
    ]
    assert {types[place] for place in personal} == {"bytea", "integer"}
