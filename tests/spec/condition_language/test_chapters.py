"""Is what the reference says about conditions so? Every example and every mistake in it is tried."""

from __future__ import annotations

import pytest

from sanctuary.core.conditions import Problem, compile_condition
from tests.spec.condition_language.chapters import CHAPTERS, Example
from tests.spec.condition_language.page import PAGE, mistakes, page
from tests.support.questions import NAMES, decided


@pytest.mark.parametrize("example", [example for chapter in CHAPTERS for example in chapter.examples], ids=str)
def test_an_example_comes_out_as_it_says(example: Example) -> None:
    outcome = set(example.outcome) if isinstance(example.outcome, tuple) else example.outcome
    assert decided(example.condition, example.answers) == outcome


@pytest.mark.parametrize(("marked", "message"), [(marked, message) for _, marked, message in mistakes()])
def test_a_mistake_is_found_at_its_place(marked: str, message: str) -> None:
    offset, text = marked.index("▸"), marked.replace("▸", "")
    assert compile_condition(text, NAMES) == (Problem(offset=offset, message=message),)


def test_the_page_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "write it anew: python -m tests.spec.condition_language.page"
