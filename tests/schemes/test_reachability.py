"""Is every gate, letter, closing reason, step and way out of every definition reached by one of its examples?"""

from __future__ import annotations

from pathlib import Path

import pytest

from sanctuary.loader import load
from sanctuary.loader.examples import examples
from tests.support.proof import figure
from tests.support.reached import reached, written
from tests.support.source import ROOT

FOLDERS = sorted(path.parent for path in (ROOT / "schemes").glob("*/scheme.yaml"))


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_everything_is_reached_by_some_example(folder: Path) -> None:
    scheme, shown_by = load(folder).scheme, examples(folder)
    assert scheme
    there = written(scheme)
    figure(f"{scheme.key}: {len(there)} rules and ways out reached by {len(shown_by)} examples")
    assert sorted(there - reached(scheme, shown_by)) == []


def test_without_examples_nothing_is_reached() -> None:
    scheme = load(FOLDERS[0]).scheme
    assert scheme
    assert reached(scheme, ()) == frozenset()


def test_there_are_examples_enough() -> None:
    counted = {folder.name: len(examples(folder)) for folder in FOLDERS}
    figure(", ".join(f"{name} {count}" for name, count in counted.items()))
    assert sum(counted.values()) >= 60
    assert all(counted.values())
