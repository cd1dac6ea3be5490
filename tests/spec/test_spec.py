"""Does the definition language do what its reference says, and does the reference leave no key out?"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest
from pydantic import BaseModel

from sanctuary.loader.entries import CaseShape, ExampleFile
from sanctuary.loader.procedure import StageFile
from sanctuary.loader.shape import MeasuresFile, SchemeFile
from tests.spec.contents import CHAPTERS
from tests.support.chapter import Case, Chapter, Decided, Refused
from tests.support.chapters import differences, outcomes, refusals

FILES = (SchemeFile, StageFile, MeasuresFile, ExampleFile, CaseShape)


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
    keys = {f"{shape.__name__}.{name}" for shape in _shapes() for name in shape.model_fields}
    told = {key for chapter in CHAPTERS for key in _keys(chapter, keys)}
    assert sorted(keys - told) == []


def test_chapters_tell_of_no_key_that_is_gone() -> None:
    keys = {f"{shape.__name__}.{name}" for shape in _shapes() for name in shape.model_fields}
    assert [key for chapter in CHAPTERS for key in chapter.keys if not _keys_of(key, keys)] == []


def _keys(chapter: Chapter, keys: set[str]) -> set[str]:
    return {each for key in chapter.keys for each in _keys_of(key, keys)}


def _keys_of(key: str, keys: set[str]) -> set[str]:
    if key.endswith(".*"):
        return {each for each in keys if each.startswith(key.removesuffix("*"))}
    return {key} & keys


def _shapes() -> Iterator[type[BaseModel]]:
    """Every shape that a file of the language can hold."""
    ahead: list[object] = list(FILES)
    seen: set[object] = set()
    while ahead:
        kind = ahead.pop()
        if kind in seen:
            continue
        seen.add(kind)
        ahead.extend(get_args(kind))
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            yield kind
            ahead.extend(field.annotation for field in kind.model_fields.values())
            ahead.extend(entry for field in kind.model_fields.values() for entry in field.metadata)
