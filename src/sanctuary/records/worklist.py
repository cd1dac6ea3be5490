"""What needs us now, and what else do we have? The grants of the person's own role, in the order of need."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sanctuary.records import audit, crypto
from sanctuary.records.query import Row, row, rows

# The grants are cut to one page before anything is joined to them: what follows costs the same for any number of cases.
# Whose grants they are needs no saying: their policy shows each person the ones of their own agency and role.
PAGE = """
    select g.case_id, k.reference, k.scheme, k.area, g.stage, g.needs_us, g.is_open, g.due_at, g.opens_at, g.next_step,
           g.waiting_on, g.last_at, s.nonce, s.ciphertext, y.wrapped
      from (select * from access_grant g where {which} order by {order} limit %s offset %s) g
      join kase k on k.id = g.case_id
      left join case_summary s on s.case_id = g.case_id
      left join case_key y on y.case_id = g.case_id and y.compartment = 0
     order by {order}
"""
TURN = "g.needs_us and (g.opens_at is null or g.opens_at <= %s)"
OUR_TURN = f"g.is_open and g.in_list and {TURN}"
NOT_OUR_TURN = f"g.is_open and g.in_list and not ({TURN})"
COUNTS = f"select count(*) filter (where {TURN}), count(*) from access_grant g where g.is_open and g.in_list"  # noqa: S608
BY_NEED = "g.due_at nulls last, g.case_id"
LATEST = "g.last_at desc, g.case_id"
THESE = PAGE.format(which="g.in_list and g.case_id = any(%s)", order=f"g.is_open desc, {LATEST}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Within:
    """What a list is narrowed to: the key of a scheme, of an area, both or ("") neither."""

    scheme: str = ""
    area: str = ""

    @property
    def clause(self) -> str:
        """The condition, for `values`."""
        wanted = " and ".join(f"k.{name} = %s" for name in ("scheme", "area") if getattr(self, name))
        return f" and g.case_id in (select k.id from kase k where {wanted})" if wanted else ""  # noqa: S608

    @property
    def values(self) -> list[str]:
        """What `clause` compares with."""
        return [value for value in (self.scheme, self.area) if value]


EVERYWHERE = Within()


@dataclass(frozen=True, slots=True, kw_only=True)
class WorklistRow:
    """One case as a list shows it. `summary` None: this person may not read the names, or they were erased."""

    case_id: UUID
    reference: str
    scheme: str
    area: str
    stage: str
    needs_us: bool
    is_open: bool
    due_at: datetime | None
    opens_at: datetime | None
    next_step: str
    waiting_on: str
    last_at: datetime
    summary: bytes | None


def both(
    now: datetime, limit: int | None = 50, skip: int = 0, within: Within = EVERYWHERE
) -> tuple[list[WorklistRow], list[WorklistRow]]:
    """`needing_us` and `waiting`, which stand on one page: noted as one list."""
    needing, others = (rows(each, [now, *within.values, limit, skip]) for each in (_needing(within), _waiting(within)))
    _note([*needing, *others])
    return _shown(needing), _shown(others)


def needing_us(now: datetime, limit: int | None = 50, skip: int = 0, within: Within = EVERYWHERE) -> list[WorklistRow]:
    """Cases where it is this role's turn at `now`: longest overdue first, then soonest due, then those with no date."""
    return _listed(_needing(within), [now, *within.values, limit, skip])


def waiting(now: datetime, limit: int | None = 50, skip: int = 0, within: Within = EVERYWHERE) -> list[WorklistRow]:
    """Open cases of this role in which it is not its turn at `now`: the most recently moved first."""
    return _listed(_waiting(within), [now, *within.values, limit, skip])


def counts(now: datetime, within: Within = EVERYWHERE) -> tuple[int, int]:
    """How many cases `needing_us` and `waiting` would give without a limit."""
    found = row(COUNTS + within.clause, [now, *within.values])
    ours, all_open = found or (0, 0)
    return ours, all_open - ours


def lately(limit: int | None = 50, skip: int = 0) -> list[WorklistRow]:
    """All open cases of this role, whatever they wait for: the most recently moved first."""
    return _listed(PAGE.format(which="g.is_open and g.in_list", order=LATEST), [limit, skip])


def these(case_ids: Sequence[UUID]) -> list[WorklistRow]:
    """The cases with these ids that this person may see, closed ones too: for showing what a search found."""
    return _listed(THESE, [list(case_ids), len(case_ids), 0], "search")


def _needing(within: Within) -> str:
    return PAGE.format(which=OUR_TURN + within.clause, order=BY_NEED)


def _waiting(within: Within) -> str:
    return PAGE.format(which=NOT_OUR_TURN + within.clause, order=LATEST)


def _listed(statement: str, values: Sequence[Any], what: str = "worklist") -> list[WorklistRow]:
    found = rows(statement, values)
    _note(found, what)
    return _shown(found)


def _note(found: Sequence[Row], what: str = "worklist") -> None:
    audit.list_read([line[0] for line in found], what)


def _shown(found: Sequence[Row]) -> list[WorklistRow]:
    return [
        WorklistRow(
            case_id=line[0], reference=line[1], scheme=line[2], area=line[3], stage=line[4], needs_us=line[5],
            is_open=line[6], due_at=line[7], opens_at=line[8], next_step=line[9], waiting_on=line[10], last_at=line[11],
            summary=_summary(line[0], *line[12:]),
        )
        for line in found
    ]  # fmt: skip


def _summary(case_id: UUID, nonce: bytes | None, ciphertext: bytes | None, wrapped: bytes | None) -> bytes | None:
    if nonce is None or ciphertext is None or wrapped is None:
        return None
    return crypto.unseal(crypto.unwrap(wrapped, case_id, 0), nonce, ciphertext, crypto.summary_about(case_id))
