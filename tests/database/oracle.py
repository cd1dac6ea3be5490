"""What should each person see? A few lines for each table, which know nothing of SQL, to compare policies with."""

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
    grants: Mapping[UUID, list[Row]]
    conflicts: frozenset[tuple[UUID, UUID]]

    def held(self, who: Asker, case: UUID) -> list[Row]:
        """The grants that count for `who` in the case; none for one who is shut out of it."""
        if (who.account, case) in self.conflicts:
            return []
        return [each for each in self.grants.get(case, ()) if self._counts(who, each)]

    def _counts(self, who: Asker, grant: Row) -> bool:
        if (grant["agency_id"], grant["role"]) != (who.agency, who.role) or grant["valid_until"] <= self.now:
            return False
        if grant["account_id"] is not None:
            return bool(grant["account_id"] == who.account)
        return who.areas is None or grant["area"] in who.areas

    def person(self, account: UUID) -> Row:
        """Somebody's account."""
        return next(each for each in self.rows["account"] if each["id"] == account)


def world(rows: Mapping[str, list[Row]], now: datetime) -> World:
    """The world that these rows make."""
    grants: dict[UUID, list[Row]] = {}
    for each in rows["access_grant"]:
        grants.setdefault(each["case_id"], []).append(each)
    conflicts = frozenset((each["user_id"], each["case_id"]) for each in rows["conflict"])
    return World(rows=rows, now=now, grants=grants, conflicts=conflicts)


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


def _shut_out(world: World, who: Asker, case: UUID) -> bool:
    return (who.account, case) in world.conflicts


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


def _looks_after_people(world: World, who: Asker, row: Row) -> bool:
    return row["agency_id"] == who.agency and bool({"administrator", "oversight"} & who.duties)


def _message(world: World, who: Asker, row: Row) -> bool:
    """Until it is opened or over: one's own; to one's role, where one sees the case; or to a duty that one has."""
    if row["opened"] or row["valid_until"] <= world.now or _shut_out(world, who, row["case_id"]):
        return False
    if row["account_id"] is not None or row["agency_id"] != who.agency:
        return bool(row["account_id"] == who.account)
    to_role = row["role"] == who.role and sees_case(world, who, row["case_id"])
    return bool(to_role or row["duty"] in who.duties)


def _emergency(world: World, who: Asker, row: Row) -> bool:
    """One's own, and those that one's agency is to review; not where one is shut out."""
    reviews = "oversight" in who.duties and who.agency in row["agencies"]
    return not _shut_out(world, who, row["case_id"]) and (row["account_id"] == who.account or reviews)


def _pack(world: World, who: Asker, row: Row) -> bool:
    """Where one sees the case, or was asked to agree to its release; not where one is shut out."""
    asked = any(
        each["kind"] == "release" and each["subject"] == str(row["id"]) and each["case_id"] == row["case_id"]
        for each in world.rows["proposal"]
        if _proposal(world, who, each)
    )
    return not _shut_out(world, who, row["case_id"]) and (asked or sees_case(world, who, row["case_id"]))


def _figure(world: World, who: Asker, row: Row) -> bool:
    """What is left of a case, for the roles that could count it, in their areas; not for who was kept from it."""
    agency = next(each for each in world.rows["agency"] if each["id"] == who.agency)
    here = who.areas is None or f"{row['scheme']}/{row['area']}" in who.areas
    return here and f"{agency['key']}/{who.role}" in row["seen_by"] and who.account not in row["unseen_by"]


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
    "pack": (("id",), _pack),
    "message": (("id",), _message),
    "emergency": (("id",), _emergency),
    "invitation": (("id",), _looks_after_people),
    "people_log": (("id",), _looks_after_people),
    "disposal": (
        ("number",),
        lambda world, who, row: (
            who.agency in row["agencies"] and "oversight" in who.duties and not _shut_out(world, who, row["case_id"])
        ),
    ),
    "figure": (("id",), _figure),
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
