"""Is every mistake in a condition found at once, at its place, with what to write instead?"""

from __future__ import annotations

import pytest

from sanctuary.core.conditions import RESERVED, Condition, FactType, Kind, Problem, compile_condition
from sanctuary.core.conditions.parse import MOST_CHARACTERS
from tests.support.questions import NAMES


@pytest.mark.parametrize("text", ["", " ", "\n \t\r\f"])
def test_a_condition_says_something(text: str) -> None:
    assert compile_condition(text, NAMES) == (Problem(offset=0, message="the condition is empty"),)


def test_all_mistakes_are_found_at_once() -> None:
    text = "referal.safe == 'no' and home.rooms > '2' || money.savings > 2000 && referral.area == 'Norwich'"
    found = compile_condition(text, NAMES)
    assert not isinstance(found, Condition)
    assert [text[problem.offset :].split()[0] for problem in found] == [
        "referal.safe",
        "and",
        "'2'",
        "2000",
        "'Norwich'",
    ]


def test_a_mistake_is_told_once_wherever_it_stands() -> None:
    wrong = "referal.safe"
    for text in (
        f"!({wrong} == 'no')",
        f"has({wrong})",
        f"size({wrong}) > 1",
        f"{wrong} in ['a']",
        f"'a' in {wrong}",
        f"{wrong} + 1 > home.rooms",
        f"home.rooms > {wrong}",
        f"{wrong}.exists(x, x.a == 1)",
        f"home.children.all(x, x.age > {wrong})",
        f"({wrong} == 1 ? home.rooms : home.doors) > 1",
        f"{wrong} == 1 || has(home.rooms)",
    ):
        found = compile_condition(text, NAMES)
        assert not isinstance(found, Condition)
        assert [problem.offset for problem in found] == [text.index(wrong)], text


def test_a_text_too_long_is_not_read() -> None:
    (problem,) = compile_condition(" " * MOST_CHARACTERS + "!", NAMES)  # type: ignore[misc]
    assert problem == Problem(offset=MOST_CHARACTERS, message="a condition has at most 4000 characters; split this one")


def test_a_choice_without_options_takes_any_text() -> None:
    assert isinstance(compile_condition("referral.town == 'anywhere'", NAMES), Condition)
    text = "(has(home.rooms) ? referral.town : referral.safe) == 'anywhere'"
    assert isinstance(compile_condition(text, NAMES), Condition)


def test_a_choice_without_options_is_shown_with_yes() -> None:
    assert compile_condition("referral.town", NAMES) == (Problem(offset=0, message="say which answer: == 'yes'"),)


def test_rows_inside_rows_are_not_asked() -> None:
    inner = FactType(kind=Kind.ROWS, columns={"age": FactType(kind=Kind.NUMBER)})
    names = {"home.children": FactType(kind=Kind.ROWS, columns={"toys": inner})}
    text = "home.children.exists(c, c.toys.exists(t, t.age > 1))"
    message = "exists() asks about rows of a step, and c.toys is inside a row"
    assert compile_condition(text, names) == (Problem(offset=text.rindex("exists"), message=message),)


def test_reserved_words_cannot_be_used_as_steps_at_all() -> None:
    assert RESERVED
    for word in RESERVED:
        names = {f"{word}.question": FactType(kind=Kind.NUMBER)}
        assert not isinstance(compile_condition(f"{word}.question > 1", names), Condition), word
