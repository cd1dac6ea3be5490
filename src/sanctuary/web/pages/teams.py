"""How are the teams of an agency told? Their areas and their people, each by name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sanctuary.records.people import Person
from sanctuary.records.teams import Team


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedTeam:
    """A team. One with nobody in it can be ended."""

    id: UUID
    title: str
    areas: tuple[str, ...]
    people: tuple[str, ...]


def listed_teams(teams: Sequence[Team], people: Sequence[Person], places: Mapping[str, str]) -> tuple[ListedTeam, ...]:
    """The teams; an area that no scheme here has any more is said as it was written."""
    return tuple(
        ListedTeam(
            id=team.id,
            title=team.title,
            areas=tuple(sorted(places.get(area, area) for area in team.areas)),
            people=tuple(each.name for each in people if each.team == team.id and each.is_active),
        )
        for team in teams
    )
