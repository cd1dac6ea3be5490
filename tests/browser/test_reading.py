"""Can everybody use the pages? By keyboard alone, in print, in colours of their own, on what goes wrong."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.support.access.signing import code, with_app
from tests.support.county import County
from tests.support.database import PASSWORD, make_agency, make_person, on_the_record
from tests.support.visits.shortcut import recorded
from tests.support.visits.story import told
from tests.support.visits.visitor import PATIENCE, Visitor

pytestmark = on_the_record

STORY = Path(__file__).with_name("story.yaml")
Visit = Callable[..., Visitor]

SAVED = re.compile(r"\?now=saved$")
# What marks the element that has the focus: an outline, a shadow or a ground that it has not otherwise.
MARK = (
    "e => { const s = getComputedStyle(e); return [s.outline, s.boxShadow, s.backgroundColor, s.borderColor].join() }"
)


def test_a_step_by_keyboard_alone(district: County, visit: Visit) -> None:
    case = f"/cases/{recorded(district, told(district.scheme, STORY, until='temporary_accommodation'))}"
    support = visit("support")
    support.go(case)
    tab_to(support.page, "Skip to main content")
    support.page.keyboard.press("Enter")
    assert support.page.evaluate("document.activeElement.id") == "main-content"
    tab_to(support.page, "Somewhere safe meanwhile")
    enter(support)
    assert support.heading == "Somewhere safe meanwhile"
    tab_to(support.page, "Continue")
    enter(support)
    assert "There is a problem" in support.page.evaluate("document.activeElement.innerText")
    support.page.keyboard.press("Tab")
    support.page.keyboard.press("Enter")
    assert support.page.evaluate("document.activeElement.name") == "needed"
    support.page.keyboard.press("ArrowDown")
    assert support.page.locator("[name=needed][value=no]").is_checked()
    tab_to(support.page, "agreed", attribute="name")
    support.page.keyboard.press("Space")
    tab_to(support.page, "Continue")
    enter(support)
    tab_to(support.page, "Confirm")
    enter(support)
    assert "Recorded." in support.text


def test_what_is_hidden_until_asked_for_is_hidden(district: County, visit: Visit) -> None:
    case = f"/cases/{recorded(district, told(district.scheme, STORY, until='temporary_accommodation'))}"
    support = visit("support")
    support.go(f"{case}/steps/temporary_accommodation/form/questions")
    where = support.page.get_by_label("Where is it?")
    assert not where.is_visible()
    support.page.locator("[name=needed][value=yes]").check()
    assert where.is_visible()
    support.look()


def test_on_paper_and_in_colours_of_ones_own(district: County, visit: Visit) -> None:
    case = f"/cases/{recorded(district, told(district.scheme, STORY, until='works'))}"
    housing = visit("housing")
    for address in ("/work", f"{case}/steps/works/form/questions", case):
        housing.go(address)
        housing.page.emulate_media(forced_colors="active")  # only now: axe cannot tell colours that are forced
        tab_to(housing.page, "Continue" if "steps" in address else "Worklist")
        housing.page.emulate_media(forced_colors="none")
    housing.page.emulate_media(media="print")
    for gone in (".sanctuary-header", ".sanctuary-footer", ".sanctuary-turn .govuk-button"):
        assert not housing.page.locator(gone).first.is_visible(), gone
    for stays in ("#safe", "#next", ".sanctuary-timeline"):
        assert housing.page.locator(stays).first.is_visible(), stays
    assert len(housing.page.pdf()) > 10_000


def test_a_letter_as_a_file(district: County, visit: Visit) -> None:
    case = f"/cases/{recorded(district, told(district.scheme, STORY, until='acceptance_letter'))}"
    housing = visit("housing")
    housing.go(f"{case}/steps/acceptance_letter/letter")
    assert "Dear Marian Heron" in housing.text
    with housing.page.expect_download() as download:
        housing.page.get_by_text("Download as PDF").click()
    assert Path(download.value.path()).read_bytes().startswith(b"%PDF-")
    assert download.value.suggested_filename.startswith("letter-NOR-")


def test_the_same_words_for_what_is_not_there_and_what_is_not_theirs(district: County, visit: Visit) -> None:
    case = f"/cases/{recorded(district, told(district.scheme, STORY, until='initial_assessment'))}"
    district.people["elsewhere"] = make_person(make_agency(), "housing")
    elsewhere, stranger = visit("elsewhere"), visit("")
    said = []
    for address in (f"{case[:-4]}0000", case, f"{case}/pathway", "/no/such/page"):
        elsewhere.go(address)
        said.append(elsewhere.text)
    assert len(set(said)) == 1
    stranger.go(case)
    assert stranger.heading == "Sign in"
    stranger.page.get_by_label("Email address").fill(with_app(district.people["housing"]).email)
    stranger.page.get_by_label("Password", exact=True).fill(PASSWORD)
    stranger.press("Sign in")
    stranger.enter_code(code(district.now))
    assert stranger.heading.startswith("Case NOR-")


def test_a_double_click_and_the_way_back_do_nothing_twice(district: County, visit: Visit) -> None:
    case_id = recorded(district, told(district.scheme, STORY, until="temporary_accommodation"))
    support = visit("support", scripted=False)  # scripts would hold the second click back
    support.go(f"/cases/{case_id}/steps/case_conference/form/questions")
    support.page.locator("[name=why]").fill("To agree who speaks")
    support.press("Save and come back later")
    support.page.go_back()
    support.look()
    support.page.get_by_role("button", name="Save and come back later").dblclick()
    expect(support.page).to_have_url(SAVED, timeout=PATIENCE)  # the first click's page may be given up half-way
    support.page.wait_for_load_state("networkidle")
    support.look()
    told_of = support.page.locator(".sanctuary-timeline").first.inner_text()
    assert told_of.count("Case conference: answers saved") == 1, told_of


def tab_to(page: Page, name: str, *, attribute: str = "innerText") -> None:
    """Press Tab until something called `name` has the focus; whatever has it on the way can be told from the rest."""
    for _ in range(120):
        page.keyboard.press("Tab")
        focused = page.evaluate_handle("document.activeElement").as_element()
        if focused is None or focused.evaluate("e => e === document.body"):
            continue
        marked = focused.evaluate(MARK)
        focused.evaluate("e => e.blur()")
        assert focused.evaluate(MARK) != marked, (
            f"no sign that it has the focus: {focused.evaluate('e => e.outerHTML')}"
        )
        focused.evaluate("e => e.focus()")
        if name in str(focused.evaluate(f"e => e.{attribute}")):
            return
    raise AssertionError(f"Tab never comes to {name!r}")


def enter(visitor: Visitor) -> None:
    """Press Enter on what has the focus, and look at the page that comes."""
    with visitor.page.expect_navigation():
        visitor.page.keyboard.press("Enter")
    visitor.look()
