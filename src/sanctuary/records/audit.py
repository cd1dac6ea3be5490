"""Who read or searched what, on which page? One row each, in the transaction that reads; the database chains them.

What cannot be noted must not be shown: `NotNoted` and `TooMuch` end the request.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any
from uuid import UUID

from django.db import DatabaseError

from sanctuary.records.query import AWAY, run

TOO_MUCH = "SB429"
_page: ContextVar[str] = ContextVar("page", default="")


class NotNoted(Exception):
    """A reading could not be noted, so that nothing of it may leave."""


class TooMuch(Exception):
    """This person has opened or searched for as many cases as one person has in an hour."""


@contextmanager
def on_page(name: str) -> Iterator[None]:
    """Let what is noted inside stand beside the name of this page."""
    mark = _page.set(name)
    try:
        yield
    finally:
        _page.reset(mark)


def case_read(case_id: UUID, what: str, seq: int | None = None) -> None:
    """Note that this person read `what` ("case", "events" …) of a case, as of event `seq`."""
    _noted("insert into audit_entry (case_id, what, seq, page) values (%s, %s, %s, %s)", [case_id, what, seq])


def list_read(case_ids: Sequence[UUID], what: str) -> None:
    """Note that a list ("worklist", "search") showed these cases to this person."""
    if case_ids:
        _noted("insert into audit_entry (listed, what, page) values (%s, %s, %s)", [list(case_ids), what])


def searched(purpose: str) -> None:
    """Note that this person searched by a name, a postcode …: never what they typed."""
    _noted("insert into audit_entry (what, page) values (%s, %s)", [f"searched_{purpose}"])


def failure(error: DatabaseError) -> Exception:
    """What a failure to note something is, for the page that says so."""
    return TooMuch() if getattr(error.__cause__, "sqlstate", "") == TOO_MUCH else NotNoted()


def _noted(statement: str, values: Sequence[Any]) -> None:
    try:
        run(statement, [*values, _page.get()])
    except AWAY:
        raise
    except DatabaseError as error:
        raise failure(error) from error
