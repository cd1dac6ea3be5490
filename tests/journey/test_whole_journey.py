"""Does a Norfolk case get from the first call to twelve months after through the screens, by whoever owns each step?"""

from __future__ import annotations

import pytest

from tests.support.database import on_the_record
from tests.support.journey import Journey
from tests.support.norfolk import REFERRAL, SCENES, Scene, actor

pytestmark = on_the_record

# What is said of each step on the day, just before it is done: when it is due.
DUE = {
    "initial_assessment": "no target stated",
    "permission": "no target stated",
    "police_enquiry": "due tomorrow 09:50",
    "assessment_appointment": "due tomorrow 09:30",
    "housing_section": "due tomorrow 09:30",
    "money_section": "due tomorrow 09:30",
    "police_section": "due tomorrow 09:30",
    "support_section": "due tomorrow 09:30",
    "repossession_risk": "due tomorrow 11:40",
    "opinion_housing": "due tomorrow 11:40",
    "opinion_police": "due tomorrow 11:40",
    "opinion_support": "due tomorrow 11:40",
    "owner_approval": "no target stated",
    "inspection": "due tomorrow 16:00",
    "works": "due Monday 09:10",
    "follow_up_3_months": "no target stated",
}


@pytest.mark.covers("N3", "N4", "N5", "N6", "N7", "N9", "N10", "N11", "N12", "N13", "N14", "N15", "N16", "N17", "N18")
@pytest.mark.covers("N19", "N20", "N23", "N25", "N29", "N32")
@pytest.mark.parametrize("first", ["police"])
def test_from_the_first_call_to_twelve_months_after(norfolk: Journey, first: str) -> None:
    norfolk.at("2026-06-01 09:10")
    norfolk.refer(first, {**REFERRAL, "approached": first})
    for scene in SCENES:
        norfolk.at(scene.at)
        play(norfolk, scene, first)
    assert norfolk.look("housing").standing == "Closed: Works done and followed up for twelve months"
    assert not norfolk.visitor("housing").page.turns


def play(journey: Journey, scene: Scene, first: str) -> None:
    """Do a scene through the screens, as whoever's turn the case's page says it is."""
    role, title = actor(scene.role, first), journey.county.scheme.steps[scene.step].title
    turn = journey.look(role).turns[title]
    assert turn.whose == "Your turn", (scene, turn)
    if scene.verb == "do":
        assert turn.due == DUE.get(scene.step, turn.due), (scene, turn)
        journey.do(role, scene.step, scene.answers)
    elif scene.verb == "ask":
        assert "Recorded as sent." in journey.ask(role, scene.step).text
    else:
        assert "Recorded." in journey.confirm(role, scene.step).text
