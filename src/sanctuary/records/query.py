"""How is a question put to the database in this request's transaction? Statements are constants; values are bound."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import InterfaceError, OperationalError, connections, transaction

Row = tuple[Any, ...]
# What is raised where the database cannot be reached, or does not answer in time.
AWAY = (InterfaceError, OperationalError)


def rows(statement: str, values: Sequence[Any] = (), *, using: str = "default") -> list[Row]:
    """All rows that the statement finds."""
    with connections[using].cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())


def row(statement: str, values: Sequence[Any] = (), *, using: str = "default") -> Row | None:
    """The first row, if there is one."""
    with connections[using].cursor() as cursor:
        cursor.execute(statement, values)
        found: Row | None = cursor.fetchone()
        return found


def run(statement: str, values: Sequence[Any] = (), *, using: str = "default") -> int:
    """Carry out a statement that finds nothing; return how many rows it touched."""
    with connections[using].cursor() as cursor:
        cursor.execute(statement, values)
        return int(cursor.rowcount)


@contextmanager
def as_owner() -> Iterator[None]:
    """A transaction of the owner, to which the few policies that name it apply. For arranging, never for requests."""
    with transaction.atomic(using="owner"):
        run("set local row_security = on", using="owner")
        yield
