"""What should each person see? Twenty lines that know nothing of SQL, for the policies to be compared with."""

from __future__ import annotations

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


def grant(world: World, who: Asker, case: UUID) -> Held | None:
    """The grant by which `who` holds anything in `case`."""
    if (who.account, case) in world.conflicts:
        return None
    wanted = (who.agency, who.role, case)
    held = (each for each in world.grants if (each.agency, each.role, each.case) == wanted and each.until > world.now)
    return next(held, None)


def sees_case(world: World, who: Asker, case: UUID) -> bool:
    """Whether the case exists for `who`."""
    return grant(world, who, case) is not None


def may_read(world: World, who: Asker, case: UUID, compartment: int) -> bool:
    """Whether `who` may read what the compartment holds."""
    held = grant(world, who, case)
    return held is not None and bool(held.reads >> compartment & 1)


def may_write(world: World, who: Asker, case: UUID, compartment: int) -> bool:
    """Whether `who` may add to the compartment."""
    held = grant(world, who, case)
    return held is not None and bool(held.writes >> compartment & 1)
