"""Does the definition language do what its reference says, and does the reference leave no key out?"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.spec.contents import CHAPTERS
from tests.support.chapter import Case, Decided, Refused
from tests.support.chapters import differences, outcomes, refusals
from tests.support.pages.language import keys, shapes
from tests.support.proof import figure


def _each(kind: type) -> list[object]:
    return [
        pytest.param(case, id=f"{chapter.name}: {case.title}")
        for chapter in CHAPTERS
        for case in chapter.cases
        if isinstance(case, kind)
    ]


@pytest.mark.parametrize("case", _each(Case))
def test_the_engine_says_what_the_reference_says(case: Case, tmp_path: Path) -> None:
    assert differences(case, tmp_path) == ()


@pytest.mark.parametrize("refused", _each(Refused))
def test_what_is_wrong_is_told_at_its_place(refused: Refused, tmp_path: Path) -> None:
    assert refusals(refused, tmp_path) == refused.problems
    assert refused.problems


@pytest.mark.parametrize("decided", _each(Decided))
def test_conditions_come_to_what_the_reference_says(decided: Decided, tmp_path: Path) -> None:
    assert outcomes(decided, tmp_path) == decided.outcomes


def test_every_key_of_the_language_has_a_chapter() -> None:
    known = {(shape, name) for shape, kind in shapes().items() for name in kind.model_fields}
    told = {key for chapter in CHAPTERS for key in keys(chapter)}
    figure(f"{len(known)} keys in {len(CHAPTERS)} chapters")
    assert sorted(known - told) == []


def test_chapters_tell_of_no_key_that_is_gone() -> None:
    for chapter in CHAPTERS:
        told = {f"{shape}.{name}" for shape, name in keys(chapter)} | {f"{shape}.*" for shape, _ in keys(chapter)}
        assert set(chapter.keys) - told == set()
