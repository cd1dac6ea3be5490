"""Make, change or end a team: people who see cases of some areas only."""

from __future__ import annotations

from uuid import UUID

from sanctuary.actions import definitions
from sanctuary.actions.arranging import Outcome, arranged
from sanctuary.actions.parts_played import places
from sanctuary.actions.results import Faulty, Missing
from sanctuary.records import accounts, teams


def save_team(team: UUID, title: str, areas: frozenset[str]) -> Outcome:
    """It counts from the next request of everybody in the team."""
    staff = accounts.current()
    if staff is None:
        return Missing()
    if not areas or not areas <= places(definitions.running(), staff.agency).keys():
        return Faulty(faults={"areas": "Choose the areas in which the team works"})
    return arranged(lambda: teams.save(team, title, areas))


def end_team(team: UUID) -> Outcome:
    """`Missing` where somebody is in the team or invited to it: without it they would see more."""
    return arranged(lambda: teams.end(team))
