"""What does the database show and let write, put as plain statements on a bare connection, in somebody's context?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from random import Random
from typing import Any

import psycopg
from psycopg import sql

from tests.database import oracle
from tests.database.worlds import COMPARTMENTS, EVENTS, Built, Context

Connection = psycopg.Connection[Any]
APPEND = (
    "insert into event (case_id, seq, compartment, kind, happened_at, nonce, ciphertext) "
    "values (%s, %s, %s, 'answered', now(), decode(repeat('00', 12), 'hex'), '')"
)
EVALUATION = "select c, e.seq from unnest(%s::uuid[]) c cross join lateral events_for_evaluation(c) e"
NOTE = "insert into audit_entry (case_id, what) values (%s, 'case')"
NOTE_OF_A_LIST = "insert into audit_entry (listed, what) values (array[%s]::uuid[], 'worklist')"
ONCE = "insert into idempotency (key) values (gen_random_uuid())"
# In somebody else's name: no column for it is open, and a policy stands behind that.
EVENT_OF_ANOTHER = (
    "insert into event (case_id, seq, compartment, kind, happened_at, nonce, ciphertext, author_user) "
    "values (%s, %s, %s, 'answered', now(), decode(repeat('00', 12), 'hex'), '', %s)"
)
NOTE_OF_ANOTHER = "insert into audit_entry (case_id, what, account_id) values (%s, 'case', %s)"
NOTE_OF_WRITING = "insert into audit_entry (case_id, what) values (%s, 'write')"
ONCE_OF_ANOTHER = "insert into idempotency (key, account_id) values (gen_random_uuid(), %s)"


@contextmanager
def asking(connection: Connection, token: str | None, role: str = "") -> Iterator[None]:
    """In this context, and as this role of the server where given; whatever is written is taken back."""
    with connection.transaction(force_rollback=True):
        if role:
            connection.execute(sql.SQL("set local role {}").format(sql.Identifier(role)))
        if token is not None:
            connection.execute("select begin_ctx(%s)", [token])
        yield


def shown(connection: Connection, built: Built, only: str = "") -> dict[str, set[Any]]:
    """What each table (`only`: this one) shows of the world's rows, and the whole cases that are handed out."""
    asked = {table: key for table, (key, _) in oracle.RULES.items() if only in ("", table)}
    found = {table: _rows(connection, built, table, key) for table, key in asked.items()}
    whole = {} if only else {"evaluation": set(connection.execute(EVALUATION, [built.cases]).fetchall())}
    return {**found, **whole}


def should_be_shown(built: Built, who: oracle.Asker | None) -> dict[str, set[Any]]:
    """What the oracle says of the same."""
    whole = {
        (event["case_id"], event["seq"])
        for event in built.world.rows["event"]
        if who and oracle.sees_case(built.world, who, event["case_id"])
    }
    return {**oracle.expected(built.world, who), "evaluation": whole}


def _rows(connection: Connection, built: Built, table: str, key: tuple[str, ...]) -> set[Any]:
    wanted = [row[key[0]] for row in built.world.rows.get(table, ())]
    names = sql.SQL(", ").join(map(sql.Identifier, key))
    statement = sql.SQL("select {} from {} where {} = any(%s)").format(
        names, sql.Identifier(table), sql.Identifier(key[0])
    )
    return set(connection.execute(statement, [wanted]).fetchall()) if wanted else set()


def attempts(built: Built, who: oracle.Asker, chance: Random, tries: int) -> Iterator[tuple[str, Sequence[Any], bool]]:
    """Statements that go around our own checks, their values, and whether the oracle lets them through."""
    others = [row for row in built.world.rows["account"] if row["id"] != who.account]
    mine = [case for case in built.cases if oracle.sees_case(built.world, who, case)]
    shut = sorted(case for account, case in built.world.conflicts if account == who.account)
    for case in [*chance.sample(mine, min(len(mine), tries // 2)), *chance.sample(built.cases, tries // 2), *shut]:
        part, other = chance.choice(COMPARTMENTS), chance.choice(others)["id"]
        may, sees = oracle.may_write(built.world, who, case, part), oracle.sees_case(built.world, who, case)
        yield APPEND, [case, EVENTS + 1, part], may
        yield EVENT_OF_ANOTHER, [case, EVENTS + 1, part, other], False
        yield NOTE, [case], sees
        yield NOTE_OF_ANOTHER, [case, other], False
        yield NOTE_OF_WRITING, [case], False
    yield NOTE_OF_A_LIST, [built.cases[0]], True
    yield ONCE, [], True
    yield ONCE_OF_ANOTHER, [chance.choice(others)["id"]], False


def is_written(connection: Connection, statement: str, values: Sequence[Any]) -> bool:
    """Whether it goes through; it is taken back. Any other fault than a policy's refusal is one of the probe."""
    try:
        with connection.transaction(force_rollback=True):
            connection.execute(statement, values)
    except psycopg.errors.InsufficientPrivilege:
        return False
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectation:
    """What the oracle says for one context: what is shown, and what of some attempts to write goes through."""

    token: str
    shown: dict[str, set[Any]]
    attempts: tuple[tuple[str, Sequence[Any], bool], ...]


def expectation(built: Built, context: Context, chance: Random) -> Expectation:
    """Worked out once, however often the database is asked."""
    tries = tuple(attempts(built, context.who, chance, 4)) if context.who else ()
    return Expectation(token=context.token, shown=should_be_shown(built, context.who), attempts=tries)


def disagreement(connection: Connection, built: Built, wanted: Expectation, role: str = "", only: str = "") -> str:
    """In what database and oracle differ for this context (`only`: of this table); "" where in nothing."""
    with asking(connection, wanted.token, role):
        found = shown(connection, built, only)
        wrong = [table for table in found if found[table] != wanted.shown[table]]
        if wrong:
            return f"reading {', '.join(wrong)}"
        for statement, values, may in wanted.attempts:
            table = statement.split()[2]
            if only in ("", table) and is_written(connection, statement, values) is not may:
                return f"writing {table}"
    return ""
