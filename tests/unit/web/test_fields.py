"""Is each question drawn with its label, what was typed and what is wrong, and do the links lead to its boxes?"""

from __future__ import annotations

from html.parser import HTMLParser

import pytest

from sanctuary.core.facts import Silence
from sanctuary.core.scheme import Question, QuestionType
from sanctuary.web.forms.asking import asked, only_if, sections
from sanctuary.web.forms.kept import kept
from sanctuary.web.forms.page import Typing, body, problems
from sanctuary.web.forms.reveals import place
from tests.unit.web import sample

SCHEME = sample.scheme()
REFERRAL = SCHEME.steps["referral"]
EMPTY: dict[str, str] = {}


class Page(HTMLParser):
    """The elements of a page, by tag, with their attributes; and its text."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.feed(markup)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text.append(data.strip())

    def all(self, *tags: str) -> list[dict[str, str | None]]:
        """The attributes of every element with one of these tags."""
        return [attributes for tag, attributes in self.elements if tag in tags]


def drawn(typing: Typing, questions: tuple[Question, ...] = REFERRAL.questions) -> Page:
    """The questions on a page."""
    return Page("".join(body("referral", questions, typing).fields))


def test_every_type_is_drawn_and_no_two_boxes_share_an_id() -> None:
    kinds = {question.type for question in REFERRAL.questions}
    assert kinds | {QuestionType.TEXT} == set(QuestionType)
    page = drawn(Typing(plain=kept(REFERRAL, sample.ANSWERS)))
    ids = [attributes["id"] for _, attributes in page.elements if attributes.get("id")]
    assert len(ids) == len(set(ids))


def test_every_box_has_a_label() -> None:
    page = drawn(Typing())
    labelled = {attributes.get("for") for attributes in page.all("label")}
    boxes = [box["id"] for box in page.all("input", "select", "textarea") if box.get("type") != "hidden"]
    assert boxes
    assert set(boxes) <= labelled


def test_what_was_typed_is_kept() -> None:
    page = drawn(Typing(plain=kept(REFERRAL, sample.ANSWERS)))
    values = {box.get("name"): box.get("value") for box in page.all("input") if box.get("type") == "text"}
    assert values["name"] == "Amina Example"
    assert (values["born-day"], values["born-month"], values["born-year"]) == ("3", "4", "1990")
    assert values["visit-time"] == "14:00"
    assert values["wages-amount"] == "310.00"
    assert values["children-1-name"] == "Cora Example"
    checked = {(box["name"], box["value"]) for box in page.all("input") if "checked" in box}
    assert {
        ("owns", "rent"),
        ("threats", "fire"),
        ("debts-silence", "declined"),
        ("children-1-born-silence", "not_known"),
    } <= checked
    assert [box["value"] for box in page.all("option") if "selected" in box] == ["week", "month"]


def test_lines_of_an_address_come_back_as_they_were() -> None:
    page = drawn(Typing(plain=kept(REFERRAL, sample.ANSWERS)))
    assert any(text == "1 Sample Street\nNorthtown" for text in page.text)


def test_what_was_typed_is_text_and_never_markup() -> None:
    nasty = "<script>alert(1)</script>\"'&{{ 7*7 }}"
    for name in ("name", "story", "address"):
        markup = "".join(body("referral", REFERRAL.questions, Typing(plain={name: nasty}, faults={name: nasty})).fields)
        assert "<script" not in markup
        assert "49" not in markup


def test_each_fault_stands_beside_its_box_and_is_linked_to_it() -> None:
    faults = {
        "name": "Enter a name", "born-month": "Enter a month", "owns": "Select one", "rent-amount": "Enter an amount",
        "children-1-name": "Enter the child’s name", "children-1-born-year": "Enter a year", "threats": "Select some",
    }  # fmt: skip
    plain = kept(REFERRAL, sample.ANSWERS)
    found = body("referral", REFERRAL.questions, Typing(plain=plain, faults=faults))
    page = Page("".join(found.fields))
    ids = {attributes["id"] for _, attributes in page.elements if attributes.get("id")}
    assert {problem.text for problem in found.problems} == set(faults.values())
    assert {problem.href.removeprefix("#") for problem in found.problems} <= ids
    hrefs = {problem.text: problem.href for problem in found.problems}
    assert hrefs["Enter a month"] == "#born-month"
    assert hrefs["Enter an amount"] == "#rent-amount"
    assert hrefs["Enter a year"] == "#children-1-born-year"


def test_a_fault_of_no_question_is_still_told() -> None:
    assert [problem.href for problem in problems(REFERRAL.questions, {"strange": "No such question"})] == [
        "#main-content"
    ]


def test_a_question_appears_under_the_option_that_calls_for_it() -> None:
    home = next(section for section in REFERRAL.sections if section.name == "home")
    placed = {each.question.name: each.revealed for each in place("referral", home.questions)}
    assert [question.name for question in placed["owns"]["rent"]] == ["landlord", "landlord_phone"]
    # Between it and its cause stands another question: there it stays, and says when it applies.
    assert "leaves" in placed
    leaves = next(question for question in home.questions if question.name == "leaves")
    assert only_if(SCHEME, leaves, EMPTY, sample.NOW) == (
        "Only if the answer to “Does the perpetrator live there?” is “Yes”."
    )
    assert only_if(SCHEME, leaves, {"referral.lives_there": "yes"}, sample.NOW) == ""


def test_questions_that_an_answer_on_the_page_may_call_for_stay_on_it() -> None:
    home = next(section for section in REFERRAL.sections if section.name == "home")
    names = [each.name for each in asked(SCHEME, REFERRAL, home, {"referral.owns": "own"}, sample.NOW)]
    assert "landlord" in names
    assert [section.name for section in sections(SCHEME, REFERRAL, EMPTY, sample.NOW)] == ["person", "home", "money"]


@pytest.mark.parametrize("count", [2, 30])
def test_many_options_make_a_list_to_choose_from(count: int) -> None:
    options = {f"option_{number}": f"Option {number}" for number in range(count)}
    question = sample.question(
        "pick", "Which?", QuestionType.CHOICE, options=options, allow=(Silence.NOT_KNOWN,)
    )  # fmt: skip
    page = drawn(Typing(plain={"pick": "option_1"}), (question,))
    assert bool(page.all("select")) is (count == 30)
    chosen = [box["value"] for box in page.all("option", "input") if "selected" in box or "checked" in box]
    assert chosen == ["option_1"]
