"""Is the pathway a picture that everyone can read, and does it show where a case is and nothing that a person said?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from sanctuary.core.clocks import LONDON
from sanctuary.core.events import fold
from sanctuary.core.progress import Progress, evaluate
from sanctuary.core.scheme import Scheme, StepKind
from sanctuary.core.stages import Stage
from sanctuary.loader import load
from sanctuary.loader.casefile import read_case
from sanctuary.web.pathway import draw
from sanctuary.web.pathway.marks import COLOURS, KIND_NAMES, badge
from sanctuary.web.pathway.plan import plan
from sanctuary.web.pathway.standing import State
from sanctuary.web.pathway.text import moment, width, wrap
from tests.unit.cli import town

SVG = "{http://www.w3.org/2000/svg}"
WIDTHS = (960, 320)


@pytest.fixture
def scheme(tmp_path: Path) -> Scheme:
    loaded = load(town.schemes(tmp_path) / "ours")
    assert loaded.scheme is not None
    return loaded.scheme


def _progress(scheme: Scheme, day: int, hour: int = 12) -> Progress:
    at = datetime(2026, 3, day, hour, tzinfo=LONDON)
    events, problems = read_case(town.CASE, scheme)
    assert events is not None, problems
    return evaluate(scheme, fold([event for event in events if event.at <= at]), at)


def _words(picture: str) -> str:
    return " ".join("".join(each.itertext()) for each in ET.fromstring(picture).iter(f"{SVG}text"))  # noqa: S314


@pytest.mark.parametrize("wide", WIDTHS)
def test_the_picture_names_and_describes_itself(scheme: Scheme, wide: int) -> None:
    root = ET.fromstring(draw(scheme, _progress(scheme, 2), width=wide))  # noqa: S314
    assert root.get("role") == "img"
    name, said = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert name is not None
    assert said is not None
    assert (root.get("aria-labelledby"), root.get("aria-describedby")) == (name.get("id"), said.get("id"))
    assert name.text == "A small scheme: the pathway, and where this case is on it"
    assert said.text == (
        "The case is in stage 2 of 7, assessment. Steps done: 2. Open now: What the police know, Turn of: Police,"
        " Asked 2 March, 11am, Due 3 March, 11am; First visit, Turn of: Support agency or Police."
        " Waiting: Follow-up at 3 months, Opens 2 June, 10am."
    )


def test_without_a_case_the_description_tells_the_stages(scheme: Scheme) -> None:
    said = ET.fromstring(draw(scheme)).findtext(f"{SVG}desc")  # noqa: S314
    assert said is not None
    assert said.startswith("Stage 1, referral: Referral. Stage 2, assessment: Assessment; ")
    assert "Is the way clear?" in said


@pytest.mark.parametrize("wide", WIDTHS)
@pytest.mark.parametrize("day", [None, 2, 3, 5])
def test_there_is_no_style_no_script_and_no_link(scheme: Scheme, day: int | None, wide: int) -> None:
    picture = draw(scheme, _progress(scheme, day) if day else None, width=wide)
    assert not re.search(r"style=|<style|<script|href|url\(|\bon[a-z]+=", picture)


@pytest.mark.covers("A3")
@pytest.mark.parametrize("day", [2, 5])
def test_nothing_that_a_person_said_is_in_it(scheme: Scheme, day: int) -> None:
    picture = draw(scheme, _progress(scheme, day))
    assert not re.search("Ashdown|7946|Example Row|too dangerous|advise against", picture)


def test_two_widths_can_share_a_page(scheme: Scheme) -> None:
    ids = [set(re.findall(r'id="([^"]+)"', draw(scheme, width=wide))) for wide in WIDTHS]
    assert ids[0].isdisjoint(ids[1])


def test_states_are_said_in_words(scheme: Scheme) -> None:
    at_first = _words(draw(scheme, _progress(scheme, 2)))
    for word in ("Done 2 March", "Open now", "Turn of: Police", "Due 3 March, 11am", "Clear so far", "Can be done now"):
        assert word in at_first
    assert "Overdue" in _words(draw(scheme, _progress(scheme, 4)))
    stopped = _words(draw(scheme, _progress(scheme, 5)))
    assert "Stopped: the answer is" in stopped
    assert "Does not go ahead" in stopped


def test_a_closed_case_has_ended_somewhere(scheme: Scheme) -> None:
    at = datetime(2026, 3, 6, 12, tzinfo=LONDON)
    closing = "- {at: 2026-03-06 09:00, did: closure, as: housing, answers: {reason: withdrawn}}\n"
    events, problems = read_case(town.CASE + closing, scheme)
    assert events is not None, problems
    picture = draw(scheme, evaluate(scheme, fold(events), at))
    assert "The case ended here" in _words(picture)
    assert "Waits for" not in _words(picture)


def test_one_stage_can_be_drawn_alone(scheme: Scheme) -> None:
    words = _words(draw(scheme, only=Stage.AFTERCARE))
    assert "Follow-up at 3 months" in words
    assert "Assessment" not in words


def test_each_state_has_a_sign_of_its_own() -> None:
    shapes = {re.sub(r"#[0-9a-f]{6}", "", badge(state, 0, 0)) for state in State}
    assert len(shapes) == len(State)
    assert set(KIND_NAMES) == set(StepKind)


def test_every_step_and_gate_is_drawn_once(scheme: Scheme) -> None:
    whole = plan(scheme)
    shown = [name for stage in whole.stages for layer in (*stage.layers, stage.apart) for name in layer]
    assert sorted([*shown, *whole.any_time]) == sorted([*scheme.steps, "gate.wanted"])


def test_lines_follow_what_has_to_come_before(scheme: Scheme) -> None:
    shown = plan(scheme).shown
    assert shown["visit"] == {"gate.wanted"}
    assert shown["gate.wanted"] == {"assessment", "police_enquiry"}


@pytest.mark.parametrize("key", ["norfolk", "uttlesford"])
@pytest.mark.parametrize("wide", WIDTHS)
def test_no_box_leaves_the_sheet_and_no_two_overlap(key: str, wide: int) -> None:
    scheme = load(Path(__file__).parents[3] / "schemes" / key).scheme
    assert scheme is not None
    picture = ET.fromstring(draw(scheme, width=wide))  # noqa: S314
    _, _, sheet_width, sheet_height = map(float, picture.attrib["viewBox"].split())
    cards = [box for box in _boxes(picture) if box[4] == "8"]
    assert len(cards) == len(scheme.steps)
    for x, y, across, down, _ in _boxes(picture):
        assert 0 <= x <= x + across <= sheet_width
        assert 0 <= y <= y + down <= sheet_height
    for index, (x, y, across, down, _) in enumerate(cards):
        for other in cards[index + 1 :]:
            assert (
                x >= other[0] + other[2] or other[0] >= x + across or y >= other[1] + other[3] or other[1] >= y + down
            )


def _boxes(picture: ET.Element) -> Iterator[tuple[float, float, float, float, str]]:
    for box in picture.iter(f"{SVG}rect"):
        at = (float(box.attrib[name]) for name in ("x", "y", "width", "height"))
        yield (*at, box.attrib["rx"])  # type: ignore[misc]


@pytest.mark.parametrize("state", list(State))
def test_words_and_signs_stand_out_enough(state: State) -> None:
    ink, paper = COLOURS[state]
    assert _contrast(ink, paper) >= 4.5
    assert _contrast("#0b0c0c", paper) >= 4.5


def _contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_words_are_broken_where_the_room_ends() -> None:
    lines = wrap("The landlord’s permission for the works", 15, 120, bold=True)
    assert " ".join(lines) == "The landlord’s permission for the works"
    assert len(lines) > 1
    assert all(width(line, 15, bold=True) <= 120 for line in lines)
    assert wrap("Incomprehensibilities", 15, 10) == ("Incomprehensibilities",)


def test_a_time_has_its_year_where_that_is_another() -> None:
    now = datetime(2026, 3, 2, 12, tzinfo=LONDON)
    assert moment(datetime(2026, 7, 1, 15, 5, tzinfo=LONDON), now) == "1 July, 3:05pm"
    assert moment(datetime(2027, 1, 1, 0, 0, tzinfo=LONDON), now) == "1 January 2027, 12am"
