"""Who read what? One row for each reading, in the transaction that reads; who may look at them comes with access."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sanctuary.records.query import run


def case_read(case_id: UUID, what: str, seq: int | None = None) -> None:
    """Note that this person read `what` ("case", "events" …) of a case, as of event `seq`.

    An exception here must end the request: what cannot be noted must not be shown.
    """
    run("insert into read_audit (case_id, what, seq) values (%s, %s, %s)", [case_id, what, seq])


def list_read(case_ids: Sequence[UUID], what: str) -> None:
    """Note that a list ("worklist", "search") showed these cases to this person."""
    if case_ids:
        run("insert into read_audit (listed, what) values (%s, %s)", [list(case_ids), what])
