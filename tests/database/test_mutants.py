"""Would the oracle notice if a policy were weaker? Each is weakened in turn, and must be found out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from random import Random

import pytest
from django.db import transaction
from psycopg import sql

from sanctuary.records import accounts, context
from tests.database import oracle
from tests.database.test_oracle import expected, shown, writes
from tests.database.worlds import Built, build
from tests.support.database import administrator, on_the_record

pytestmark = on_the_record

# Table, policy, and what of its condition is replaced by what. None: the whole condition, by true.
WEAKER = [
    ("access_grant", "granted", None, "true"),
    ("access_grant", "granted", "(valid_until > now())", "true"),
    ("access_grant", "granted", "c.role", "access_grant.role"),
    ("access_grant", "granted", "c.agency_id", "access_grant.agency_id"),
    ("access_grant", "conflict", None, "true"),
    ("kase", "granted", None, "true"),
    ("case_projection", "granted", None, "true"),
    ("event", "granted", None, "true"),
    ("event", "granted", "g.read_mask", "g.write_mask"),
    ("event", "granted", "& 1) = 1", "& 1) = 0"),
    ("event", "granted", "(event.compartment)::integer", "0"),
    ("case_key", "granted", None, "true"),
    ("case_key", "granted", "g.write_mask", "g.read_mask"),
    ("case_key", "granted", "g.read_mask", "g.write_mask"),
    ("case_summary", "granted", None, "true"),
    ("case_summary", "granted", "g.read_mask & 1", "1 & 1"),
    ("search_token", "granted", None, "true"),
    ("search_token", "granted", "g.read_mask & 1", "1 & 1"),
    ("conflict", "own_conflicts", None, "true"),
]
WEAKER_WRITING = [
    ("event", "adds", None, "true"),
    ("event", "adds", "g.write_mask", "g.read_mask"),
    ("event", "adds", "(event.compartment)::integer", "0"),
]


@pytest.fixture(scope="module")
def worlds() -> list[Built]:
    """Filled by the first test that needs one: a module's fixture comes before the database may be used."""
    return []


@contextmanager
def weakened(table: str, policy: str, part: str | None, by: str, clause: str) -> Iterator[None]:
    """The policy with that part of its condition replaced; afterwards as it was."""
    column = {"using": "polqual", "with check": "polwithcheck"}[clause]
    alter = sql.SQL("alter policy {} on {} {} ({})")
    with administrator() as connection:
        found = connection.execute(
            sql.SQL(
                "select pg_get_expr({}, polrelid) from pg_policy where polname = %s and polrelid = %s::regclass"
            ).format(sql.Identifier(column)),
            [policy, table],
        ).fetchone()
        assert found
        condition = found[0]
        changed = condition.replace(part, by) if part else by
        assert changed != condition, condition
        names = sql.Identifier(policy), sql.Identifier(table), sql.SQL(clause)
        connection.execute(alter.format(*names, sql.SQL(changed)))
        try:
            yield
        finally:
            connection.execute(alter.format(*names, sql.SQL(condition)))


def world_of(worlds: list[Built]) -> Built:
    if not worlds:
        worlds.append(build(Random(7)))
    return worlds[0]


def agrees(built: Built, who: oracle.Asker) -> bool:
    with context.acting(accounts.open_session(who.account)), transaction.atomic():
        return shown(built.cases) == expected(built, who)


@pytest.mark.parametrize(("table", "policy", "part", "by"), WEAKER)
def test_a_weaker_policy_is_noticed(table: str, policy: str, part: str | None, by: str, worlds: list[Built]) -> None:
    built = world_of(worlds)
    with weakened(table, policy, part, by, "using"):
        assert not all(agrees(built, who) for who in built.askers)
    assert agrees(built, built.askers[0])


@pytest.mark.parametrize(("table", "policy", "part", "by"), WEAKER_WRITING)
def test_a_weaker_policy_for_writing_is_noticed(
    table: str, policy: str, part: str | None, by: str, worlds: list[Built]
) -> None:
    built = world_of(worlds)
    chance = Random(8)
    tries = [(who, case, number) for who in built.askers for case in chance.sample(built.cases, 6) for number in (0, 3)]
    with weakened(table, policy, part, by, "with check"):
        assert not all(writes(*each) is oracle.may_write(built.world, *each) for each in tries)
