"""Does a new partnership get a scheme that works by doing what the how-to says? Its snippets, made into a folder."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from sanctuary.core.clocks import Period, Unit
from sanctuary.core.scheme import Scheme
from sanctuary.loader import load
from sanctuary.loader.contacts import contacts, unreached
from sanctuary.loader.examples import examples, run
from tests.support.source import ROOT

PAGE = ROOT / "docs" / "how-to" / "start-a-new-scheme.md"
SNIPPET = re.compile(r"^`(?P<file>[^`]+\.yaml)`\n\n```yaml\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder that the how-to tells to make, beside the model that it extends."""
    shutil.copytree(ROOT / "schemes" / "national_model", tmp_path / "national_model")
    shutil.copy(ROOT / "schemes" / "meanings.yaml", tmp_path)
    made = tmp_path / "exampleton"
    for found in SNIPPET.finditer(PAGE.read_text(encoding="utf-8")):
        path = made / found["file"]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(found["text"], encoding="utf-8")
    return made


@pytest.fixture
def started(folder: Path) -> Scheme:
    """The scheme in it."""
    loaded = load(folder)
    assert [str(problem) for problem in loaded.problems] == []
    assert loaded.scheme
    return loaded.scheme


def model() -> Scheme:
    """What it extends."""
    loaded = load(ROOT / "schemes" / "national_model")
    assert loaded.scheme
    return loaded.scheme


@pytest.mark.covers("E1", "E7")
def test_it_loads_and_is_all_that_the_model_is_but_for_what_it_says(started: Scheme) -> None:
    base = model()
    assert [*started.steps] == [*base.steps]
    assert [*started.gates] == [*base.gates]
    assert (started.about, started.letters) == (base.about, base.letters)
    assert [*started.areas] == ["exampleton"]
    assert {"county_council", "district_council", "unitary_council"}.isdisjoint(started.agencies)
    assert started.areas["exampleton"].agencies.keys() == base.areas["unitary"].agencies.keys()


@pytest.mark.covers("E3")
def test_the_model_names_no_times_and_the_new_scheme_fills_them_in(started: Scheme) -> None:
    assert [clock.name for clock in model().clocks if clock.within is not None] == []
    assert {clock.name: clock.within for clock in started.clocks if clock.within is not None} == {
        "supporter": Period(count=1, unit=Unit.WORKING_DAYS),
        "referral_to_fitting": Period(count=14, unit=Unit.DAYS),
    }


def test_its_example_holds(folder: Path, started: Scheme) -> None:
    (example,) = examples(folder)
    assert [str(problem) for problem in run(example, started)] == []


def test_what_it_adds_is_there(started: Scheme) -> None:
    assert "smoke_alarms" in {question.name for question in started.steps["survey"].questions}
    assert started.steps["follow_up"].opens


def test_it_holds_no_contact_details_and_says_so(folder: Path, started: Scheme) -> None:
    assert list(unreached(started, contacts(folder)[0])) == list(started.agencies.values())
