"""Does `sanctuary draw` give a picture, to the terminal or to a file?"""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as ET

from tests.unit.cli.conftest import Run


def test_a_scheme_is_drawn(here: Path, run: Run) -> None:
    code, said, _ = run("draw", "ours")
    assert code == 0
    assert ET.fromstring(said).tag.endswith("svg")  # noqa: S314 - our own picture
    assert "Follow-up at 3" in said


def test_a_case_is_drawn_on_it(here: Path, run: Run) -> None:
    _, said, _ = run("draw", "ours", "case.yaml", "--at", "2026-03-02 12:00", "--width", "320")
    assert "The case is here" in said
    assert 'viewBox="0 0 320' in said


def test_a_picture_goes_to_a_file(here: Path, run: Run) -> None:
    assert run("draw", "ours", "--out", "ours.svg") == (0, "", "")
    assert (here / "ours.svg").read_text(encoding="utf-8").startswith("<svg ")


def test_a_wrong_call_is_told_and_ends_with_2(here: Path, run: Run) -> None:
    assert run("draw", "ours", "--width", "20")[::2] == (2, "sanctuary: --width goes from 300 to 2000.\n")
    code, _, complained = run("draw", "ours", "--out", "nowhere/ours.svg")
    assert (code, complained) == (2, "sanctuary: nowhere/ours.svg cannot be written: No such file or directory.\n")


def test_a_broken_case_file_ends_with_1(here: Path, run: Run) -> None:
    (here / "case.yaml").write_text("- {at: 2026-03-02 09:00, opened: {area: twon}}\n")
    code, said, _ = run("draw", "ours", "case.yaml")
    assert (code, said) == (1, "case.yaml:1:41: there is no area 'twon'; did you mean 'town'?\n")
