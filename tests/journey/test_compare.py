"""Can two schemes be compared on a page, by facts that are nobody's?"""

from __future__ import annotations

import pytest

from tests.support.database import on_the_record
from tests.support.journey import Journey

pytestmark = on_the_record
FACTS = {"one": "norfolk", "other": "uttlesford", "wants_scheme": "", "accepts_police_support": "no"}


@pytest.mark.covers("H14")
def test_two_schemes_say_what_they_say_to_the_same_facts(norfolk: Journey) -> None:
    visitor = norfolk.visitor("housing")
    visitor.open("/work")
    page = visitor.click("Compare what schemes say to the same facts")
    assert page.heading == "Compare schemes"
    page = visitor.press("Compare", FACTS)
    assert (
        page.address.endswith("accepts_support=&works_with_council=&children=")
        or "accepts_police_support=no" in page.address
    )
    assert "The scheme needs you to accept support from the police unit or an advocate" in page.text
    assert "The person accepts support from the police: this is not asked." in page.text
    assert "Source: Initial assessment form, question 2" in page.text


def test_what_is_not_there_to_be_chosen_is_left_out(norfolk: Journey) -> None:
    page = norfolk.visitor("housing").open("/compare?one=nowhere&other=norfolk&harm=Robin&tenure=castle&x=1")
    assert page.status == 200
    assert "Robin" not in page.text
    assert "What says no with these facts" not in page.text
