"""Do the schemes contradict each other where their documents do, and nowhere else than is known?"""

from __future__ import annotations

from pathlib import Path

import pytest

from sanctuary.core.meanings import Catalogue
from sanctuary.loader.disagreements import Contradiction, contradictions, run
from sanctuary.loader.meanings import catalogue
from tests.support.pages.journey import schemes
from tests.support.proof import figure

SCHEMES = Path(__file__).parents[2] / "schemes"
KNOWN = contradictions(SCHEMES)


@pytest.mark.covers("H14")
@pytest.mark.parametrize("found", KNOWN, ids=[each.name for each in KNOWN])
def test_what_each_scheme_says_to_the_same_facts(found: Contradiction) -> None:
    known = catalogue(SCHEMES)[0]
    assert run(found, schemes(), known or Catalogue()) == ()


def test_every_known_contradiction_is_there() -> None:
    sides = sum(len(each.shape.schemes) for each in KNOWN if each.shape)
    figure(f"{len(KNOWN)} contradictions, {sides} sides")
    assert sides >= 2 * len(KNOWN)
