"""Are the generators honest? Stale pages are named, no requirement is left out, and marks are found in tests."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
import yaml

from sanctuary.core.events import EventKind
from tests.support import generate
from tests.support.pages import coverage, events
from tests.support.requirements import COVERED, PARTS, REQUIREMENTS, SOURCES, WAITING, covered


def test_stale_pages_are_named_and_brought_up_to_date(tmp_path: Path) -> None:
    made = {"docs/reference/events.md": "new\n", "docs/journey/works.md": "new\n"}
    old = tmp_path / "docs/journey/old.md"
    old.parent.mkdir(parents=True)
    old.write_text("old\n")
    (tmp_path / "docs/journey/works.md").write_text("old\n")
    assert sorted(generate.stale(made, tmp_path)) == sorted([*made, "docs/journey/old.md"])
    generate.write(made, tmp_path)
    assert list(generate.stale(made, tmp_path)) == []
    assert not old.exists()


def test_check_names_what_is_stale_and_ends_with_1(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(generate, "pages", lambda: {"docs/reference/never.md": "never\n"})
    monkeypatch.setattr(generate, "WHOLE", ())
    assert generate.main(["--check"]) == 1
    assert capsys.readouterr().out == "docs/reference/never.md is stale: run make docs\n"
    monkeypatch.setattr(generate, "pages", dict)
    assert generate.main(["--check"]) == 0


def test_every_requirement_has_its_line() -> None:
    counts = {"N": 32, "H": 15, "U": 8, "W": 7, "E": 14, "A": 5}
    assert list(SOURCES) == list(counts)
    assert list(REQUIREMENTS) == [
        f"{letter}{number}" for letter, most in counts.items() for number in range(1, most + 1)
    ]
    page = coverage.pages()["docs/reference/requirements-coverage.md"]
    assert all(f"\n### {name}\n" in page for name in REQUIREMENTS)


def test_what_waits_says_for_which_later_part() -> None:
    waiting = yaml.safe_load(WAITING.read_text(encoding="utf-8"))
    assert {*waiting} <= {*REQUIREMENTS}
    assert {part for later in waiting.values() for part in later} <= {*PARTS}
    assert all(what.strip() for later in waiting.values() for what in later.values())


def test_every_requirement_is_covered_or_waits_and_what_was_covered_still_is() -> None:
    now = coverage.covered((coverage.definitions(), coverage.exemplified(), coverage.tests()))
    assert [name for name, each in REQUIREMENTS.items() if name not in now and not each.later] == []
    assert [name for name in covered() if name not in now] == []


def test_the_list_of_what_is_covered_only_grows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(coverage, "definitions", dict)
    monkeypatch.setattr(coverage, "tests", lambda: {"N4": ["a test"]})
    monkeypatch.setattr(coverage, "covered_before", lambda: ("N2",))
    pages = coverage.pages()
    assert pages[str(COVERED.relative_to(coverage.ROOT))] == "N2\nN4\n"


def test_a_definition_covers_only_with_an_example_and_a_test_by_itself() -> None:
    found = {"N1": ["a step"], "N2": ["a step"]}, {"N2": ["an example"], "N3": ["an example"]}, {"N4": ["a test"]}
    assert coverage.covered(found) == ("N2", "N4")


def test_marks_are_found_on_tests_classes_and_files() -> None:
    tree = ast.parse(
        "pytestmark = [pytest.mark.covers('N1')]\n"
        "@pytest.mark.covers('N2', 'N3')\n"
        "def test_one(): ...\n"
        "def test_two(): ...\n"
        "def not_a_test(): ...\n"
        "@pytest.mark.covers('N4')\n"
        "class Several:\n"
        "    @pytest.mark.covers('N1')\n"
        "    def test_three(self): ...\n"
    )
    assert dict(coverage.marked(tree)) == {
        "test_one": ("N1", "N2", "N3"),
        "test_two": ("N1",),
        "test_three": ("N1", "N4"),
    }


def test_every_kind_of_event_is_told() -> None:
    page = events.pages()["docs/reference/events.md"]
    assert page.count("\n| `") == len(EventKind)
