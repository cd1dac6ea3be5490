"""Does the page behind "Why" tell what a rule looked at and what would change it, as far as the reader may know?"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.journey.test_uttlesford import REFERRAL
from tests.support.database import on_the_record
from tests.support.journey import Journey

pytestmark = on_the_record


@pytest.fixture
def uttlesford(journey: Callable[[str, str], Journey]) -> Journey:
    """A case in Uttlesford whose client does not agree to work with the council."""
    made = journey("uttlesford", "uttlesford")
    made.at("2026-03-02 09:10")
    made.refer("referrer", REFERRAL)
    made.do("housing", "first_contact", {"wants_scheme": "yes", "tenure": "private"})
    made.do("housing", "agreement", {"given": "no", "sharing": "yes"})
    return made


@pytest.mark.covers("A1", "A3")
def test_a_stop_leads_to_its_rule_and_what_would_change_it(uttlesford: Journey) -> None:
    uttlesford.look("housing")
    link = next(words for words in uttlesford.visitor("housing").page.links if words.startswith("Why, and what would"))
    page = uttlesford.visitor("housing").click(link)
    assert page.heading == "Why: Has the client agreed to work with the council?"
    assert "It says no." in page.text
    assert "The rule: It says no if the answer to “Does the client agree to work with the council" in page.text
    assert page.lines["Does the client agree to work with the council to prevent homelessness?"] == "“No”"
    assert "“Yes”: It does not stand in the way." in page.text
    assert "Source: Guidance: Housing Options Team, paragraph 1" in page.text
    assert "The scheme, if the client would like it later" in page.text


@pytest.mark.covers("A3")
def test_what_a_role_may_not_read_is_held_back(uttlesford: Journey) -> None:
    page = uttlesford.visitor("referrer").open(f"{uttlesford.case}/why/gate.working_together")
    assert "It rests on what you may not read." in page.text
    (held,) = (text for label, text in page.lines.items() if label.startswith("Does the client agree to work"))
    assert held == "Not for you to read; Housing options officer holds it"
    assert "What would change it" not in page.text


def test_a_clock_and_a_gate_that_somebody_waits_for_lead_there_too(uttlesford: Journey) -> None:
    page = uttlesford.look("housing")
    clocks = [href for href in page.links.values() if "/why/clock." in href]
    page = uttlesford.visitor("housing").open(clocks[0])
    assert "The document states no target, so nobody is late" in page.text


def test_what_the_scheme_does_not_have_is_not_there(uttlesford: Journey) -> None:
    for rule in ("gate.none", "clock.none", "nothing", "found.none"):
        assert uttlesford.visitor("housing").open(f"{uttlesford.case}/why/{rule}").status == 404
