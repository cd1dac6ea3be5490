"""Are the generators honest? Stale pages are named, no requirement is left out, and marks are found in tests."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from sanctuary.core.events import EventKind
from tests.support import generate
from tests.support.pages import coverage, events
from tests.support.requirements import REQUIREMENTS, SOURCES


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


def test_later_parts_are_those_of_the_roadmap() -> None:
    parts = {part for requirement in REQUIREMENTS.values() for part in requirement.later}
    assert parts <= {"Schemes", "Access", "Doors", "Home", "After", "Proof"}


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
