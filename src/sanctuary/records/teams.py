"""Which teams has this agency, and where does each work? Who is in one is said in people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from sanctuary.records.arranging import deciding
from sanctuary.records.query import row, rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    """People who see cases of these areas only, each "scheme/area"."""

    id: UUID
    title: str
    areas: frozenset[str]


def of_agency() -> Sequence[Team]:
    """The teams of the asker's agency, in the order of their titles."""
    found = rows(
        "select id, title, areas from team where agency_id = (select (ctx()).agency_id) order by lower(title), title"
    )
    return [Team(id=UUID(str(identity)), title=title, areas=frozenset(areas)) for identity, title, areas in found]


def save(team: UUID, title: str, areas: Iterable[str]) -> None:
    """A new team, or another title and other areas for one. Raises arranging.RuleBroken or arranging.NotTheirs."""
    with deciding():
        row("select save_team(%s, %s, %s::text[])", [team, title, sorted(areas)])


def end(team: UUID) -> None:
    """Take away a team that nobody is in. Raises arranging.NotTheirs where somebody is, or there is none."""
    with deciding():
        row("select end_team(%s)", [team])
