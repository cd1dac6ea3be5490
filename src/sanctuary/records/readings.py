"""Who looked at this, and why? What a lead, or somebody who has the case, may know of the audit; and rows for patterns.

The database decides what is shown, and notes that it was.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sanctuary.records import crypto
from sanctuary.records.query import Row, as_owner, row, rows
from sanctuary.records.search import Purpose, normal


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A page that somebody opened. `whats` are what was read, `given` the kinds of events by which they could.

    `listed`: so many cases stood on it, where it was a list. `for_whom`: the colleague for whom they stood in.
    """

    at: datetime
    account: UUID | None
    name: str
    agency: str
    role: str
    case_id: UUID | None
    reference: str
    pages: tuple[str, ...]
    whats: tuple[str, ...]
    turn: bool
    closed: bool
    by_procedure: bool
    given: tuple[str, ...]
    emergency: UUID | None
    for_whom: str
    listed: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Somebody who has looked at a case: on how many pages, when last, and for whom they stood in, if they did."""

    name: str
    for_whom: str
    agency: str
    role: str
    pages: int
    last_at: datetime
    had_turn: bool
    wrote: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted:
    """A row for the patterns."""

    at: datetime
    account: UUID
    case_id: UUID | None
    wrote: bool
    turn: bool
    closed: bool
    leaving: bool


def case_to_audit(reference: str) -> UUID | None:
    """The case of this reference, if this lead may ask who looked at it."""
    found = row("select case_to_audit(%s)", [normal(Purpose.REFERENCE, reference)])
    return found[0] if found else None


def may_audit(case_id: UUID) -> bool:
    """Whether this lead may ask who looked at the case."""
    found = row("select may_audit(%s)", [case_id])
    return bool(found and found[0])


def reference(case_id: UUID) -> str:
    """The reference of a case that this lead may ask about."""
    found = row("select reference_to_audit(%s)", [case_id])
    return str(found[0]) if found and found[0] else ""


def of_case(
    case_id: UUID, since: datetime, before: datetime, *, limit: int = 50, skip: int = 0
) -> tuple[list[Line], int]:
    """The readings of a case, the newest first, and how many there are. Empty where this lead may not ask."""
    found = rows("select * from readings_of_case(%s, %s, %s, %s, %s)", [case_id, since, before, limit, skip])
    return [_of_case(case_id, line) for line in found], _count(found)


def by_person(
    account: UUID, since: datetime, before: datetime, *, limit: int = 50, skip: int = 0
) -> tuple[list[Line], int]:
    """What a colleague read and searched, the newest first, and how much. Empty where this lead may not ask."""
    found = rows("select * from readings_by(%s, %s, %s, %s, %s)", [account, since, before, limit, skip])
    return [_by(account, line) for line in found], _count(found)


def colleagues() -> list[tuple[UUID, str, bool]]:
    """Account, name and whether they still work there, of everybody in this person's agency."""
    return [
        (account, str(name), bool(active))
        for account, name, active in rows(
            "select id, name, is_active from account where agency_id = (select (ctx()).agency_id) order by name, id"
        )
    ]


def readers(case_id: UUID, since: datetime) -> list[Reader]:
    """Who has looked at the case, each once. Empty without the case."""
    return [
        Reader(
            name=name, for_whom=for_whom, agency=agency, role=role, pages=pages, last_at=last_at, had_turn=had_turn,
            wrote=wrote,
        )
        for name, for_whom, agency, role, pages, last_at, had_turn, wrote in rows(
            "select * from readers_of(%s, %s)", [case_id, since]
        )
    ]  # fmt: skip


def say_leaving(account: UUID, leaves: bool) -> bool:
    """Whether it is now noted that a colleague leaves, or that they do not."""
    found = row("select say_leaving(%s, %s)", [account, leaves])
    return bool(found and found[0])


def is_leaving(account: UUID) -> bool:
    """Whether that is known of a colleague of this lead."""
    found = row("select is_leaving(%s)", [account])
    return bool(found and found[0])


def tell_who_read(after: datetime) -> int:
    """Queue a notice for those whose case others read since then without a turn; how many. By the owner's login."""
    with as_owner():
        found = row("select tell_who_read(%s)", [after], using="owner")
    return int(found[0]) if found else 0


def since(after: datetime) -> list[Noted]:
    """What was read and searched after that, by everybody. By the owner's login."""
    with as_owner():
        found = rows("select * from readings_for_patterns(%s)", [after], using="owner")
    return [
        Noted(at=at, account=account, case_id=case, wrote=wrote, turn=turn, closed=closed, leaving=leaving)
        for at, account, case, wrote, turn, closed, leaving in found
    ]


def surnames(cases: Sequence[UUID]) -> dict[UUID, frozenset[int]]:
    """The search tokens of the last names in these cases. By the owner's login."""
    with as_owner():
        values = [list(cases), Purpose.SURNAME.value]
        found = rows("select case_id, tokens from surnames_of(%s, %s::smallint)", values, using="owner")
    return {case: frozenset(tokens) for case, tokens in found}


def last_names() -> Mapping[UUID, tuple[int, int]]:
    """For each account its agency and the token of its last name. By the owner's login."""
    with as_owner():
        found = rows("select id, agency_id, name from account", using="owner")
    return {account: (agency, _token(str(name))) for account, agency, name in found}


def told(after: datetime) -> set[tuple[str, UUID | None, UUID]]:
    """Pattern, case and person of the alarms that were raised after that. By the owner's login."""
    with as_owner():
        return {(detail, case, about) for detail, case, about in rows(
            "select * from patterns_told(%s)", [after], using="owner")}  # fmt: skip


def _token(name: str) -> int:
    return crypto.token(Purpose.SURNAME.name, normal(Purpose.SURNAME, name.split()[-1] if name.split() else ""))


def _count(found: Sequence[Row]) -> int:
    return int(found[0][-1]) if found else 0


def _of_case(case_id: UUID, line: Row) -> Line:
    at, account, name, agency, role, pages, whats, turn, closed, by_procedure, given, emergency, for_whom, _ = line
    return Line(
        at=at, account=account, name=name, agency=agency, role=role, case_id=case_id, reference="",
        pages=tuple(filter(None, pages)), whats=tuple(whats), turn=turn, closed=closed, by_procedure=by_procedure,
        given=tuple(given), emergency=emergency, for_whom=for_whom,
    )  # fmt: skip


def _by(account: UUID, line: Row) -> Line:
    at, case_id, reference, role, pages, whats, turn, closed, by_procedure, given, emergency, listed, for_whom, _ = line
    return Line(
        at=at, account=account, name="", agency="", role=role, case_id=case_id, reference=reference or "",
        pages=tuple(filter(None, pages)), whats=tuple(whats), turn=turn, closed=closed, by_procedure=by_procedure,
        given=tuple(given), emergency=emergency, for_whom=for_whom, listed=listed or 0,
    )  # fmt: skip
