"""Does a pause name one of the causes that its scheme has, from the page to the record?"""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

import pytest
from django.urls import reverse

from sanctuary.actions import definitions
from sanctuary.actions.pause_clock import pause_clock
from sanctuary.actions.results import Faulty, Recorded
from sanctuary.core.clocks import PauseCause
from sanctuary.core.scheme import Scheme
from tests.database.test_screens import hidden, signed_in, step
from tests.support.county import County, county
from tests.support.database import on_the_record

pytestmark = on_the_record

CAUSES = {
    "landlord": PauseCause(name="landlord", title="Waiting for the landlord", charged_to="the landlord"),
    "away": PauseCause(name="away", title="The person is away"),
}
STEP = "initial_assessment"


@pytest.fixture
def norfolk(monkeypatch: pytest.MonkeyPatch) -> County:
    """Norfolk, were it to have causes for a pause."""
    as_published = definitions.version

    def version(identity: str) -> Scheme:
        return replace(as_published(identity), pauses=CAUSES)

    monkeypatch.setattr(definitions, "version", version)
    return county()


def test_a_pause_names_one_of_the_causes(norfolk: County) -> None:
    case = norfolk.case()
    with norfolk.acting("police"):
        for cause in ("", "weather"):
            refused = pause_clock(case_id=case, step=STEP, reason="Snow", cause=cause, key=uuid4(), now=norfolk.now)
            assert refused == Faulty(faults={"cause": "Choose what it has to wait for"})
        paused = pause_clock(case_id=case, step=STEP, reason="", cause="landlord", key=uuid4(), now=norfolk.now)
    assert isinstance(paused, Recorded)
    seen = norfolk.see("police", case)
    assert seen is not None
    (pause,) = seen.facts.pauses
    assert (pause.cause, pause.reason) == ("landlord", "Waiting for the landlord")


def test_the_page_offers_the_causes_and_says_which_it_is(norfolk: County) -> None:
    case = norfolk.case()
    client = signed_in(norfolk.people["police"])
    address = step(STEP, case, "pause")
    shown = client.get(address).content.decode()
    assert "Waiting for the landlord" in shown
    tokens = hidden(shown)
    refused = client.post(address, {"reason": "Not at home", **tokens})
    assert refused.status_code == 422
    markup = refused.content.decode()
    assert 'href="#cause"' in markup
    assert "Not at home" in markup
    assert client.post(address, {"cause": "away", "reason": "", **tokens}).status_code == 302
    page = client.get(reverse("case", kwargs={"case_id": case})).content.decode()
    assert "The clock stands still: The person is away" in page
