"""Does another scheme run through the same screens? Uttlesford, from a referral to its single visit."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.support.database import on_the_record
from tests.support.journey import Journey
from tests.support.norfolk import Answers

pytestmark = on_the_record

REFERRAL: Answers = {
    "name": "Rowan Ashdowner",
    "birth_date": "1990-05-17",
    "address": "4 Example Row\nExample Town",
    "postcode": "CB10 1AA",
    "safe_phone": "020 7946 0011",
    "safe_times": "Weekdays from 10am to 2pm",
    "made_by": "referrer",
    "client_agrees": "yes",
    "harm": "domestic_abuse",
    "threat_of_arson": "no",
    "what_happened": "Threats at the garden gate",
}
SCENES: tuple[tuple[str, str, str, Answers | None], ...] = (
    ("2026-03-02 10:00", "housing", "first_contact", {"wants_scheme": "yes", "tenure": "private"}),
    (
        "2026-03-02 10:20",
        "housing",
        "advice",
        {"suitability_explained": "yes", "support_wanted": "no", "plan_made": "no"},
    ),
    ("2026-03-02 10:25", "housing", "agreement", {"given": "yes", "sharing": "yes"}),
    ("2026-03-02 11:00", "housing", "decision", {"outcome": "suitable", "reasons": "They would like to stay"}),
    (
        "2026-03-02 11:30",
        "housing",
        "installer_referral",
        {"nominated_referrer": "Jo Fieldinger", "risks_to_staff": "None known", "permission_needed": "no"},
    ),
    ("2026-03-02 11:45", "coordinator", "acknowledgement", None),
    ("2026-03-02 12:15", "coordinator", "client_contact", {"extra_support": "no"}),
    ("2026-03-02 12:20", "coordinator", "appointment", {"at": "2026-03-03 10:00"}),
    ("2026-03-02 12:30", "coordinator", "appointment_told", None),
    (
        "2026-03-03 10:40",
        "installer",
        "survey",
        {
            "surroundings": "safe",
            "home_suits": "yes",
            "package": "basic",
            "add_ons_needed": "no",
            "safe_room": "no",
            "fire_check": "The way out is clear",
            "smoke_alarms_needed": "1",
        },
    ),
    (
        "2026-03-03 13:00",
        "installer",
        "fitting",
        {
            "completed_on": "2026-03-03",
            "all_fitted": "yes",
            "smoke_alarms": "1",
            "shown": "yes",
            "safety_talk": "yes",
        },
    ),
    ("2026-03-03 14:00", "coordinator", "completion", {"still_to_address": "no"}),
    ("2026-03-03 14:10", "coordinator", "referrer_told", None),
)
DUE = {
    "Contact the client": "due today 23:59",
    "Survey of the home": "due tomorrow 11:30",
    "Fit the measures": "due today 23:59",
}


@pytest.fixture
def uttlesford(journey: Callable[[str, str], Journey]) -> Journey:
    """A journey in Uttlesford."""
    return journey("uttlesford", "uttlesford")


@pytest.mark.covers("U1", "U2", "U3", "U4", "U5", "U6", "U7")
def test_from_a_referral_to_one_visit(uttlesford: Journey) -> None:
    uttlesford.at("2026-03-02 09:10")
    page = uttlesford.refer("referrer", REFERRAL)
    assert page.lines["What would the client like us to know?"] == "Threats at the garden gate"
    assert "Client: Rowan Ashdowner" in page.text
    for at, role, step, said in SCENES:
        uttlesford.at(at)
        turn = uttlesford.look(role).turns[uttlesford.county.scheme.steps[step].title]
        assert (turn.whose, turn.due) == ("Your turn", DUE.get(turn.title, "no target stated"))
        uttlesford.do(role, step, said)
    page = uttlesford.do("housing", "closure", {"reason": "measures_in_place"})
    assert page.standing == "Closed: The measures are in place"
    installer = uttlesford.look("installer")
    assert "Threats at the garden gate" not in installer.text
    assert installer.lines["What should the installer know to be safe?"] == "None known"


@pytest.mark.covers("U7", "A1")
def test_a_no_leads_to_other_help(uttlesford: Journey) -> None:
    uttlesford.at("2026-03-02 09:10")
    uttlesford.refer("housing", {**REFERRAL, "made_by": "council"})
    assert uttlesford.look("installer").status == 404
    for _, role, step, said in SCENES[:3]:
        uttlesford.do(role, step, said)
    page = uttlesford.do("housing", "decision", {"outcome": "not_suitable", "reasons": "Every door is glass"})
    (no,) = page.noes
    assert no.text == "The scheme would not meet the client's needs in this home."
    assert no.source.endswith("Guidance: Housing Options Team, paragraph 6")
    assert "Help from the Housing Options Team under a homelessness application" in no.alternatives
    assert {"Letter to the client", "Help under a homelessness application"} <= set(page.turns)
    uttlesford.start("housing", "not_suitable_letter")
    letter = uttlesford.visitor("housing").click("Read or download the letter that goes with this step")
    assert "Rowan Ashdowner" in letter.text
    assert no.text in letter.text
