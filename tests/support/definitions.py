"""Copies of the small scheme that tests may break."""

from __future__ import annotations

import shutil
from functools import cache
from pathlib import Path

from sanctuary.core.scheme import Scheme
from sanctuary.loader import Loaded, load

SCHEMES = Path(__file__).parent / "schemes"
SMALL = SCHEMES / "small"


@cache
def small_scheme() -> Scheme:
    """The small scheme."""
    scheme = load(SMALL).scheme
    if scheme is None:
        raise AssertionError("the small scheme has problems; tests/unit/loader says which")
    return scheme


def copy_small(place: Path) -> Path:
    """A copy of the small scheme's folder in `place`, with the catalogue of meanings beside it."""
    shutil.copy(SCHEMES / "meanings.yaml", place)
    return Path(shutil.copytree(SMALL, place / "small", ignore=shutil.ignore_patterns("examples")))


def change(folder: Path, file: str, old: str | None, new: str) -> None:
    """In `file`, put `new` for the first `old`; without `old`, for all that the file says."""
    path = folder / file
    text = new if old is None else path.read_text(encoding="utf-8")
    if old is not None and old not in text:
        raise AssertionError(f"{file} does not hold {old!r}")
    path.write_text(text if old is None else text.replace(old, new, 1), encoding="utf-8")


def told(folder: Path, loaded: Loaded) -> list[str]:
    """The problems found in the definition in `folder`, as they are printed, with paths from there."""
    return [str(problem).replace(f"{folder}/", "") for problem in loaded.problems]
