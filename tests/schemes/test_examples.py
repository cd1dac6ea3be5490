"""Does every scheme load without a problem, and does it do what each of its examples says?"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from sanctuary.loader import Loaded, load
from sanctuary.loader.examples import Example, examples, run

SCHEMES = Path(__file__).parents[2] / "schemes"
FOLDERS = sorted(path.parent for path in SCHEMES.glob("*/scheme.yaml"))
EXAMPLES = [(folder, example) for folder in FOLDERS for example in examples(folder)]


@cache
def loaded(folder: Path) -> Loaded:
    """The scheme in `folder`."""
    return load(folder)


def test_there_are_schemes() -> None:
    assert FOLDERS


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_the_definition_has_no_problems(folder: Path) -> None:
    assert [str(problem) for problem in loaded(folder).problems] == []


@pytest.mark.parametrize(("folder", "example"), EXAMPLES, ids=[f"{folder.name}-{one.name}" for folder, one in EXAMPLES])
def test_the_example_holds(folder: Path, example: Example) -> None:
    scheme = loaded(folder).scheme
    assert scheme is not None, "the definition does not load"
    assert "\n".join(map(str, run(example, scheme))) == ""
