"""Does every scheme run through the same pages, from referral to aftercare, by whoever's turn it is?

Each scheme's longest example is lived once, with Django's client: every role signs in, finds the step on the page of
the case, fills in its form, checks it and hands it in.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from sanctuary.loader import load
from tests.support.database import on_the_record
from tests.support.journey import Journey
from tests.support.proof import figure
from tests.support.retold import Scene, longest
from tests.support.source import ROOT

pytestmark = on_the_record

FOLDERS = sorted(path.parent for path in (ROOT / "schemes").glob("*/scheme.yaml"))


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_from_referral_to_aftercare(journey: Callable[[str, str], Journey], folder: Path) -> None:
    scheme = load(folder).scheme
    assert scheme
    story = longest(scheme, folder)
    lived = journey(scheme.key, story.area)
    first, *others = story.scenes
    lived.at(first.at)
    lived.refer(first.role, first.answers)
    for scene in others:
        lived.at(scene.at)
        play(lived, scene)
    last = others[-1].role
    assert lived.look(last).standing == f"Closed: {scheme.closing_reasons[story.outcome].title}"
    assert not lived.visitor(last).page.turns
    figure(f"{scheme.key}: {len(story.scenes)} steps of '{story.name}'")


def play(journey: Journey, scene: Scene) -> None:
    """Do a scene on the pages, as the role that the example names."""
    if scene.verb == "did":
        journey.do(scene.role, scene.step, scene.answers)
    elif scene.verb == "asked":
        assert "Recorded as sent." in journey.ask(scene.role, scene.step).text
    else:
        assert "Recorded." in journey.confirm(scene.role, scene.step).text
