"""Is a contradiction between schemes that no longer holds, or that is written wrongly, told at its place?"""

from __future__ import annotations

from pathlib import Path

import pytest

from sanctuary.cli import main
from sanctuary.loader.disagreements import contradictions, run
from tests.support.neighbours import neighbours

GOOD = """\
title: Whether the person has to want it
meets: [H14]
at: 2026-03-04 12:00
facts: {wanted: no}
schemes:
  north:
    words: It stops there.
    source: north guide, 4
    stops: [willing.not_wanted]
    says: {asks: {wanted: decides}, measures: {camera: allowed}}
  south:
    words: It is not asked.
    source: south guide, 1
    stops: []
    says: {asks: {wanted: not asked}}
"""


def problems(root: Path, text: str) -> list[str]:
    """What is wrong with a contradiction between the neighbours."""
    north, south, catalogue = neighbours(root)
    (root / "contradictions").mkdir()
    (root / "contradictions" / "one.yaml").write_text(text, encoding="utf-8")
    (found,) = contradictions(root)
    told = run(found, {"north": north, "south": south}, catalogue)
    return [str(problem).removeprefix(f"{root}/contradictions/") for problem in told]


def test_a_contradiction_that_holds_has_no_problem(tmp_path: Path) -> None:
    assert problems(tmp_path, GOOD) == []
    (found,) = contradictions(tmp_path)
    assert (found.title, found.meets) == ("Whether the person has to want it", ("H14",))


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("[willing.not_wanted]", "[]", "one.yaml:9:5: stops should be [], and is [willing.not_wanted]"),
        ("{wanted: decides}", "{wanted: asked}", "one.yaml:10:27: 'wanted' should be 'asked', and is 'decides'"),
        (
            "{wanted: decides}",
            "{wantd: decides}",
            "one.yaml:10:19: nothing is said about 'wantd' here; did you mean 'wanted'?",
        ),
        ("measures:", "measurs:", "one.yaml:10:37: there is no topic 'measurs'; did you mean 'measures'?"),
        ("  south:", "  sooth:", "one.yaml:11:3: there is no scheme 'sooth'; did you mean 'south'?"),
        ("{wanted: no}", "{wnted: no}", "one.yaml:4:9: there is no meaning 'wnted'; did you mean 'wanted'?"),
        ("title: W", "titel: W", "one.yaml:1:1: there is no key 'titel' here; did you mean 'title'?"),
        (GOOD, "", "one.yaml:1:1: this file is empty; it has a title, facts and schemes"),
    ],
)
def test_what_no_longer_holds_is_told(tmp_path: Path, old: str, new: str, problem: str) -> None:
    assert problems(tmp_path, GOOD.replace(old, new)) == [problem]


def test_schemes_that_agree_are_no_contradiction(tmp_path: Path) -> None:
    text = GOOD[: GOOD.index("  south:")]
    assert problems(tmp_path, text) == [
        "one.yaml:5:1: these schemes all say the same; a contradiction has two sides",
    ]


def test_one_that_is_not_written_well_is_called_by_its_file(tmp_path: Path) -> None:
    problems(tmp_path, "")
    (found,) = contradictions(tmp_path)
    assert (found.title, found.meets) == ("one", ())


def test_the_check_of_a_folder_runs_them(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    problems(tmp_path, GOOD)
    assert main(["check", str(tmp_path)]) == 0
    assert "1 contradiction as known." in capsys.readouterr().out
    (tmp_path / "contradictions/one.yaml").write_text(GOOD.replace("[willing.not_wanted]", "[]"), encoding="utf-8")
    assert main(["check", str(tmp_path)]) == 1
