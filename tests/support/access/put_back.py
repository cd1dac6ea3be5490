"""What if the record said otherwise? It does for the length of a test, and is true again when others verify it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import pytest

from tests.support.database import administrator

Kept = list[tuple[Any, ...]]


@pytest.fixture
def changed_audit() -> Iterator[Kept]:
    """Entries as they were before the test changed them, oldest change first; put back at its end."""
    kept: Kept = []
    yield kept
    with administrator() as connection:
        connection.execute("set session_replication_role = replica")
        for number, at, turn in reversed(kept):
            connection.execute("update audit_entry set at = %s, turn = %s where id = %s", [at, turn, number])


def change(kept: Kept, what: str, which: str, *values: Any) -> None:
    """Let entries of the audit have another time or turn until the end of the test."""
    with administrator() as connection:
        connection.execute("set session_replication_role = replica")
        found = connection.execute(f"select id, at, turn from audit_entry where {which}", list(values)).fetchall()
        kept += found
        connection.execute(f"update audit_entry set {what} where id = any(%s)", [[line[0] for line in found]])


@contextmanager
def put_back(case_id: UUID, *tables: str) -> Iterator[None]:
    """Whatever happens to the case's rows of these tables meanwhile, they are afterwards as they were."""
    with administrator() as connection:
        found = {
            table: connection.execute(f"select * from {table} where case_id = %s", [case_id]).fetchall()
            for table in tables
        }
    try:
        yield
    finally:
        with administrator() as connection:
            connection.execute("set session_replication_role = replica")
            for table, lines in found.items():
                connection.execute(f"delete from {table} where case_id = %s", [case_id])
                places = ", ".join(["%s"] * len(lines[0]))
                connection.cursor().executemany(f"insert into {table} values ({places})", lines)
