"""Can the pages of conflicts of interest be used by everybody? Axe, a narrow screen, and what is said of them."""

from __future__ import annotations

import pytest

from tests.browser.conftest import Visit
from tests.support.access.knowing import asked, declares_case, forget, give_duties, gives_own
from tests.support.county import ASSESSMENT, County
from tests.support.database import make_person

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner", "door"])


@pytest.fixture
def known(district: County) -> County:
    """Two cases with the same people, and colleagues who are kept from one; the reader has every duty."""
    forget()
    one = district.case()
    other = district.case(name="Max Example", safe_phone="020 7946 0188", postcode="ZZ1 1AB")
    told = {**ASSESSMENT, "perpetrator_name": "Ada Example", "perpetrator_phone": "020 7946 0188"}
    district.do("police", other, "initial_assessment", told)
    give_duties(district.people["housing"], "oversight", "specialist")
    gives_own(make_person(district.people["housing"].agency, "housing", "Robin Ashworth"), names=("Ada Example",))
    reference = str(asked("select reference from kase where id = %s", one)[0][0])
    declares_case(make_person(district.people["housing"].agency, "housing", "Kim Yardley"), reference)
    return district


PAGES = (
    "/conflicts",
    "/conflicts/somebody",
    "/conflicts/case",
    "/conflicts/own",
    "/oversight",
    "/oversight/conflicts",
    "/oversight/crossings",
)


@pytest.mark.parametrize("width", [1100, 320])
def test_every_page_passes_and_none_is_wider_than_the_screen(known: County, visit: Visit, width: int) -> None:
    visitor = visit("housing")
    visitor.page.set_viewport_size({"width": width, "height": 900})
    crossing = asked("select id from crossing")[0][0]
    for path in (*PAGES, f"/oversight/crossings/{crossing}"):
        visitor.go(path)
        assert visitor.heading != "Page not found", path


def test_an_error_stands_beside_its_field_and_nothing_typed_is_lost(known: County, visit: Visit) -> None:
    visitor = visit("housing", scripted=False)
    visitor.press("say so", "footer")
    visitor.press("Say that you know somebody")
    visitor.page.get_by_label("Their full name").fill("Ada")
    visitor.press("Send")
    assert visitor.page.locator("#name-error").is_visible()
    assert visitor.page.get_by_label("Their full name").input_value() == "Ada"
    visitor.page.get_by_label("Their full name").fill("Ada Wren")
    visitor.press("Send")
    assert "Thank you. It counts from now on." in visitor.text
