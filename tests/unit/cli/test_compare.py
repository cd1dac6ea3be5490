"""Does `sanctuary compare` tell where schemes differ, and what is wrong with what it is given?"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.support.neighbours import neighbours
from tests.unit.cli.conftest import Run

AT = ("--at", "2026-03-04 12:00")
CASE = """\
- at: 2026-03-02 09:00
  opened: {area: town}
- at: 2026-03-02 09:10
  did: referral
  as: support
- at: 2026-03-02 10:00
  did: visit
  as: support
  answers: {tenure: owner, wanted: "no", needs: [lock]}
"""


@pytest.fixture
def town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The terminal beside the neighbours' schemes, with a file of facts and a case."""
    (tmp_path / "schemes").mkdir()
    neighbours(tmp_path / "schemes")
    (tmp_path / "facts.yaml").write_text("facts: {wanted: no, tenure: owner}\n", encoding="utf-8")
    (tmp_path / "case.yaml").write_text(CASE, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.covers("H14")
def test_differences_are_told_with_reasons_and_sources(town: Path, run: Run) -> None:
    code, said, _ = run("compare", "north", "south", "facts.yaml", *AT)
    assert code == 0
    assert (
        "The North: The person does not want it.\n    Advice on other homes\n    Where it says so: north guide, 4"
        in said
    )
    assert "The South: The person wants the scheme: this is not asked." in said
    assert "The North: Support agency\n" not in said
    assert "The North: Support agency\n" in run("compare", "north", "south", "--all", *AT)[1]


def test_a_case_of_one_is_put_to_the_other(town: Path, run: Run) -> None:
    code, said, _ = run("compare", "north", "south", "case.yaml", "--json", *AT)
    found = json.loads(said)
    asks = next(topic for topic in found["topics"] if topic["topic"] == "asks")
    assert code == 0
    assert [scheme["scheme"] for scheme in found["schemes"]] == ["north", "south"]
    assert {row["about"]: [one and one["value"] for one in row["says"]] for row in asks["rows"]} == {
        "tenure": ["decides", "decides"],
        "wanted": ["decides", "not asked"],
        "needs": ["asked", "not asked"],
    }


def test_two_versions_are_put_the_case_as_it_is(town: Path, run: Run) -> None:
    for path in (town / "schemes").rglob("*"):
        if path.is_file():
            copy = town / "next" / path.relative_to(town / "schemes")
            copy.parent.mkdir(parents=True, exist_ok=True)
            text = path.read_text(encoding="utf-8").replace("in: 1 month", "in: 2 months")
            copy.write_text(text, encoding="utf-8")
    code, said, _ = run("compare", "schemes/north", "next/north", "case.yaml", *AT)
    assert code == 0
    assert said.startswith("What follows afterwards\n")
    assert "2 months after" in said


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("facts: {wantd: yes}\n", "facts.yaml:1:9: there is no meaning 'wantd'; did you mean 'wanted'?"),
        ("facts: {wanted: maybe}\n", "facts.yaml:1:17: the meaning 'wanted' has no answer 'maybe'; there is no, yes"),
        ("facts: {tenure: [council, ownr]}\n", "the meaning 'tenure' has no answer 'ownr'; did you mean 'owner'?"),
        ("", "facts.yaml:1:1: this file is empty; it holds facts"),
        ("fakts: {}\n", "facts.yaml:1:1: there is no key 'fakts' here; did you mean 'facts'?"),
        ("- {at: 2026-03-02 09:00, opened: {area: city}}\n", "facts.yaml:1:41: there is no area 'city'; there is town"),
    ],
)
def test_what_is_wrong_with_the_facts_is_told_where(town: Path, run: Run, text: str, complaint: str) -> None:
    (town / "facts.yaml").write_text(text, encoding="utf-8")
    code, said, _ = run("compare", "north", "south", "facts.yaml", *AT)
    assert (code, complaint in said) == (1, True), said


def test_files_and_schemes_that_are_not_there_cannot_be_used(town: Path, run: Run) -> None:
    assert run("compare", "north", "south", "none.yaml", *AT)[0] == 2
    assert run("compare", "north", "sooth", *AT)[0] == 2


def test_a_broken_scheme_or_catalogue_is_told(town: Path, run: Run) -> None:
    (town / "schemes/meanings.yaml").write_text("facts: []\n", encoding="utf-8")
    code, said, _ = run("compare", "base", "base", *AT)
    assert (code, "meanings.yaml:1:8" in said) == (1, True)
    (town / "schemes/base/scheme.yaml").write_text("scheme: [base]\n", encoding="utf-8")
    assert run("compare", "base", "base", *AT)[0] == 1
