"""Is each way of breaking a definition told in plain words, at its place, together with all others?"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from sanctuary.loader import load
from tests.support.definitions import change, copy_small, told

BROKEN: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("broken.yaml").read_text(encoding="utf-8"))


def problems_of(folder: Path) -> list[str]:
    """What is printed about the definition in `folder`."""
    return told(folder, load(folder))


@pytest.mark.parametrize("broken", BROKEN, ids=[row["name"] for row in BROKEN])
def test_the_problem_is_told_where_it_is(broken: dict[str, Any], tmp_path: Path) -> None:
    folder = copy_small(tmp_path)
    change(folder, broken["file"], broken.get("old"), broken["new"])
    loaded = load(folder)
    assert told(folder, loaded) == broken["problems"]
    assert loaded.scheme is None


@pytest.mark.parametrize("problem", sorted({problem for row in BROKEN for problem in row["problems"]}))
def test_messages_are_for_people(problem: str) -> None:
    message = re.sub(r"^[^:]+:\d+:\d+: ", "", problem)
    assert message != problem
    assert not re.search(r"[Ii]nput|valid|pydantic|Error|None|mapping values|scalar|token|regex|str\b|dict", message)
    assert not message.endswith(".")
    assert len(message) < 170


def test_all_problems_of_all_files_come_at_once_and_in_order(tmp_path: Path) -> None:
    folder = copy_small(tmp_path)
    names = ("role in who", "step in guards", "period", "fact in a condition", "compartment read", "letter's file")
    chosen = [row for row in BROKEN if row["name"] in names]
    for row in chosen:
        change(folder, row["file"], row["old"], row["new"])
    assert problems_of(folder) == [
        "2-assessment.yaml:31:14: there is no step 'work'; did you mean 'works'?",
        "3-decision.yaml:18:21: the step 'decision' has no question 'outcom'; did you mean 'outcome'?",
        "5-works.yaml:5:11: there is no role 'housign'; did you mean 'housing'?",
        "6-aftercare.yaml:8:44: write a length of time like 24 hours, 1 working day, 7 days or 3 months",
        "scheme.yaml:22:16: there is no compartment 'mony'; did you mean 'money'?",
        "scheme.yaml:57:57: there is no file letters/yes_leter.md; did you mean 'letters/yes_letter.md'?",
    ]


def test_a_file_that_cannot_be_read_hides_no_other_file(tmp_path: Path) -> None:
    folder = copy_small(tmp_path)
    change(folder, "5-works.yaml", "who: [housing]", "who: [housing")
    change(folder, "4-survey.yaml", "kind: specification", "kind: specificaton")
    change(folder, "letters/yes_letter.md", "{officer}", "{nobody}")
    assert problems_of(folder) == [
        "4-survey.yaml:3:11: 'specificaton' cannot stand here; did you mean 'specification'?",
        "5-works.yaml:5:10: this list has no closing ], or a comma is missing in it",
    ]


def test_a_folder_without_a_scheme_is_a_problem_and_no_error(tmp_path: Path) -> None:
    assert problems_of(tmp_path) == ["scheme.yaml:1:1: this file is missing"]
    assert problems_of(tmp_path / "nowhere") == ["scheme.yaml:1:1: this file is missing"]


def test_a_scheme_without_a_needed_part_is_told(tmp_path: Path) -> None:
    folder = copy_small(tmp_path)
    change(folder, "scheme.yaml", None, "scheme: small\n")
    parts = ("title", "compartments", "agencies", "roles", "areas", "header")
    assert problems_of(folder) == sorted(f"scheme.yaml:1:1: this needs the key '{part}'" for part in parts)
