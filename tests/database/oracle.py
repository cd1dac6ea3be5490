"""What should each person see? A few lines for each table that know nothing of SQL, for the policies to be compared with."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

# A row as it was put into the database.
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asker:
    """Who asks: as a deputy with the role and the areas (None: all) of a colleague, with duties of their own."""

    account: UUID
    agency: int
    role: str
    duties: frozenset[str] = frozenset()
    areas: frozenset[str] | None = None
    stepped_up: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """Everything that was put into the database, by its table."""

    rows: Mapping[str, list[Row]]
    now: datetime

    def held(self, who: Asker, case: UUID) -> list[Row]:
        """The grants that count for `who` in the case; none for one who is shut out of it."""
        if any((each["user_id"], each["case_id"]) == (who.account, case) for each in self.rows["conflict"]):
            return []
        return [each for each in self.rows["access_grant"] if each["case_id"] == case and self._counts(who, each)]

    def _counts(self, who: Asker, grant: Row) -> bool:
        if (grant["agency_id"], grant["role"]) != (who.agency, who.role) or grant["valid_until"] <= self.now:
            return False
        if grant["account_id"] is not None:
            return bool(grant["account_id"] == who.account)
        return who.areas is None or grant["area"] in who.areas

    def person(self, account: UUID) -> Row:
        """Somebody's account."""
        return next(each for each in self.rows["account"] if each["id"] == account)


def sees_case(world: World, who: Asker, case: UUID) -> bool:
    """Whether the case exists for `who`."""
    return bool(world.held(who, case))


def may_read(world: World, who: Asker, case: UUID, compartment: int) -> bool:
    """Whether `who` may read what the compartment holds: by any of the grants."""
    return any(grant["read_mask"] >> compartment & 1 for grant in world.held(who, case))


def may_write(world: World, who: Asker, case: UUID, compartment: int) -> bool:
    """Whether `who` may add to the compartment."""
    return any(grant["write_mask"] >> compartment & 1 for grant in world.held(who, case))


def may_open(world: World, who: Asker, case: UUID, compartment: int) -> bool:
    """Whether `who` is given the compartment's key."""
    return may_read(world, who, case, compartment) or may_write(world, who, case, compartment)


def _shut_out(world: World, who: Asker, case: UUID | None) -> bool:
    return any((each["user_id"], each["case_id"]) == (who.account, case) for each in world.rows["conflict"])


def _deputy(world: World, who: Asker, row: Row) -> bool:
    """Whose deputy somebody is, is for their own agency."""
    return bool(world.person(row["account_id"])["agency_id"] == who.agency)


def _grant(world: World, who: Asker, row: Row) -> bool:
    return any(each is row for each in world.held(who, row["case_id"]))


def _proposal(world: World, who: Asker, row: Row) -> bool:
    """What one proposed, and what one's agency has to answer, but never about oneself nor where one is shut out."""
    answers = row["agency_id"] == who.agency and "oversight" in who.duties
    about_them = row["subject"] == str(who.account) or _shut_out(world, who, row["case_id"])
    return not about_them and (row["proposed_by"] == who.account or answers)


# What is asked for, by table: what names a row, and whether somebody signed in should see it.
Rule = Callable[[World, Asker, Row], bool]
RULES: Mapping[str, tuple[tuple[str, ...], Rule]] = {
    "agency": (("id",), lambda world, who, row: True),
    "account": (("id",), lambda world, who, row: True),
    "team": (("id",), lambda world, who, row: True),
    "deputy": (("id",), _deputy),
    "kase": (("id",), lambda world, who, row: sees_case(world, who, row["id"])),
    "access_grant": (("case_id", "agency_id", "role", "basis"), _grant),
    "case_projection": (("case_id",), lambda world, who, row: sees_case(world, who, row["case_id"])),
    "case_summary": (("case_id",), lambda world, who, row: may_read(world, who, row["case_id"], 0)),
    "search_token": (("case_id",), lambda world, who, row: may_read(world, who, row["case_id"], 0)),
    "conflict": (("case_id", "user_id"), lambda world, who, row: row["user_id"] == who.account),
    "event": (
        ("case_id", "seq"),
        lambda world, who, row: may_read(world, who, row["case_id"], row["compartment"]),
    ),
    "case_key": (
        ("case_id", "compartment"),
        lambda world, who, row: may_open(world, who, row["case_id"], row["compartment"]),
    ),
    "idempotency": (("key",), lambda world, who, row: row["account_id"] == who.account),
    "proposal": (("id",), _proposal),
    "agency_provider": (
        ("agency_id",),
        lambda world, who, row: row["agency_id"] == who.agency and "administrator" in who.duties,
    ),
}


def expected(world: World, who: Asker | None) -> dict[str, set[Any]]:
    """What each table should show; nothing to nobody."""
    return {
        table: {_key(row, key) for row in world.rows.get(table, ()) if who and rule(world, who, row)}
        for table, (key, rule) in RULES.items()
    }


def _key(row: Row, columns: tuple[str, ...]) -> Any:
    return tuple(row[column] for column in columns)
