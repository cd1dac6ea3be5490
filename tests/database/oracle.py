"""What should each person see? Twenty lines that know nothing of SQL, for the policies to be compared with."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Asker:
    """Who asks."""

    account: UUID
    agency: int
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A grant as it was made."""

    agency: int
    role: str
    case: UUID
    reads: int
    writes: int
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """Everything that was put into the database."""

    grants: tuple[Held, ...]
    conflicts: frozenset[tuple[UUID, UUID]]
    events: tuple[tuple[UUID, int, int], ...]  # case, seq, compartment
    now: datetime


def masks(world: World, who: Asker, case: UUID) -> tuple[int, int]:
    """What `who` may read and write in `case`."""
    if (who.account, case) in world.conflicts:
        return 0, 0
    for grant in world.grants:
        if (grant.agency, grant.role, grant.case) == (who.agency, who.role, case) and grant.until > world.now:
            return grant.reads, grant.writes
    return 0, 0


def sees_case(world: World, who: Asker, case: UUID) -> bool:
    """Whether the case exists for `who`."""
    return (who.account, case) not in world.conflicts and any(
        (grant.agency, grant.role, grant.case) == (who.agency, who.role, case) and grant.until > world.now
        for grant in world.grants
    )


def readable(world: World, who: Asker, case: UUID) -> set[int]:
    """Numbers of the events that `who` may read."""
    reads, _ = masks(world, who, case)
    return {seq for of, seq, compartment in world.events if of == case and reads >> compartment & 1}


def with_bit(world: World, who: Asker, cases: Iterable[UUID], bit: int) -> set[UUID]:
    """Cases where `who` may read compartment `bit`."""
    return {case for case in cases if masks(world, who, case)[0] >> bit & 1}
