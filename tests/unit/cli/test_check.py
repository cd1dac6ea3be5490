"""Does `sanctuary check` tell every problem of a definition, and of its examples, where it stands?"""

from __future__ import annotations

from pathlib import Path

import pytest

from sanctuary.cli import find
from tests.unit.cli.conftest import Run

EXAMPLE = """\
title: The assessment comes next
events:
  - {at: 2026-03-02 09:00, opened: {area: town}}
  - {at: 2026-03-02 09:10, did: referral, as: support}
expect:
  - at: 2026-03-02 10:00
    stage: assessment
    outcome: open
"""


def _example(here: Path, text: str) -> None:
    path = here / "schemes" / "ours" / "examples" / "first.yaml"
    path.parent.mkdir()
    path.write_text(text, encoding="utf-8")


def test_a_good_scheme_is_counted(here: Path, run: Run) -> None:
    _example(here, EXAMPLE)
    code, said, _ = run("check", "schemes/ours")
    assert code == 0
    assert said.startswith("A small scheme, version ")
    first, unsaid, second = said.splitlines()
    assert unsaid == "  nothing is said of how long records are kept, so none is ever due to go"
    assert first.endswith(": 6 steps, 9 questions, 2 rules, 1 clock; 1 example as expected.")
    assert second.startswith("  no contact details for: ")


def test_without_a_path_all_schemes_here_are_checked(here: Path, run: Run) -> None:
    code, said, _ = run("check")
    assert (code, said.count("as expected.\n")) == (0, 2)


def test_agencies_without_contact_details_here_are_named_and_none_is_made_up(here: Path, run: Run) -> None:
    scheme = find.scheme("schemes/ours").scheme
    assert scheme
    name, *others = scheme.agencies
    assert run("check", "schemes/ours")[1].endswith(f"for: {'; '.join(scheme.agencies.values())}\n")
    (here / "home").mkdir()
    file = here / "home" / "contacts.yaml"
    file.write_text(f"agencies:\n  {name}: {{telephone: 020 7946 0000}}\n", encoding="utf-8")
    assert run("check", "schemes/ours")[1].endswith(f"for: {'; '.join(scheme.agencies[each] for each in others)}\n")
    file.write_text("agencies:\n" + "".join(f"  {each}: {{address: 1 Example Row}}\n" for each in scheme.agencies))
    assert "contact details" not in run("check", "schemes/ours")[1]


def test_what_is_wrong_with_the_contact_details_is_a_problem(here: Path, run: Run) -> None:
    (here / "home").mkdir()
    (here / "home" / "contacts.yaml").write_text("agencies:\n  counsil: {}\n", encoding="utf-8")
    code, said, _ = run("check", "schemes/ours")
    assert code == 1
    assert f"{here / 'home' / 'contacts.yaml'}:2:3: no scheme here has an agency 'counsil'" in said


def test_elsewhere_schemes_are_those_of_the_checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert find.folder("uttlesford") == find.CHECKOUT / "uttlesford"
    assert [path.name for path in find.folders(find.root())] == find.keys(find.CHECKOUT)


def test_every_problem_is_told_and_ends_with_1(here: Path, run: Run) -> None:
    path = here / "schemes" / "ours" / "2-assessment.yaml"
    path.write_text(path.read_text().replace("after: [assessment]", "after: [asessment]").replace("== 'no'", "== 'on'"))
    code, said, _ = run("check", "schemes/ours")
    assert code == 1
    assert said.splitlines() == [
        "schemes/ours/2-assessment.yaml:16:13: there is no step 'asessment'; did you mean 'assessment'?",
        "schemes/ours/2-assessment.yaml:23:43: 'on' is not one of the options; there is no, yes",
        "2 problems found.",
    ]


def test_an_expectation_that_does_not_hold_is_told_at_its_line(here: Path, run: Run) -> None:
    _example(here, EXAMPLE.replace("outcome: open", "outcome: stopped"))
    code, said, _ = run("check", "schemes/ours")
    assert code == 1
    assert said.startswith("schemes/ours/examples/first.yaml:8:5: ")
    assert said.endswith("1 problem found.\n")


def test_a_misspelt_example_is_told_even_where_the_definition_is_broken(here: Path, run: Run) -> None:
    _example(here, EXAMPLE.replace("outcome:", "outcom:"))
    (here / "schemes" / "ours" / "scheme.yaml").write_text("extends: bass\nscheme: ours\n")
    code, said, _ = run("check", "schemes/ours")
    assert code == 1
    assert "schemes/ours/scheme.yaml:1:10: there is no scheme 'bass'; did you mean 'base'?" in said
    assert "schemes/ours/examples/first.yaml:8:5: there is no key 'outcom' here; did you mean 'outcome'?" in said


def test_what_is_no_folder_of_schemes_ends_with_2(here: Path, run: Run) -> None:
    assert run("check", "nowhere")[::2] == (2, "sanctuary: There is no folder nowhere.\n")
    (here / "empty").mkdir()
    complaint = "sanctuary: There is no scheme in empty: a scheme is a folder with a file scheme.yaml.\n"
    assert run("check", "empty")[::2] == (2, complaint)
