"""Does the installation's own file say how agencies are reached, and is what it lacks or misspells told?"""

from __future__ import annotations

from pathlib import Path

import pytest

from sanctuary.loader.contacts import CONTACTS, contacts, named, unreached
from tests.support.definitions import SMALL, small_scheme


def _file(folder: Path, text: str) -> Path:
    (folder / CONTACTS).write_text(text, encoding="utf-8")
    return folder


def test_without_a_file_nobody_is_reached_and_nothing_is_wrong(tmp_path: Path) -> None:
    assert contacts(tmp_path) == ({}, ())
    scheme = small_scheme()
    assert list(unreached(scheme, {})) == list(scheme.agencies.values())


def test_one_way_of_reaching_an_agency_is_enough(tmp_path: Path) -> None:
    scheme = small_scheme()
    one, *others = scheme.agencies
    known, problems = contacts(_file(tmp_path, f"agencies:\n  {one}: {{telephone: 020 7946 0000}}\n"))
    assert problems == ()
    assert known[one].telephone == "020 7946 0000"
    assert list(unreached(scheme, known)) == [scheme.agencies[name] for name in others]


def test_an_agency_without_any_way_is_still_missing(tmp_path: Path) -> None:
    scheme = small_scheme()
    known, problems = contacts(_file(tmp_path, "agencies:\n  " + f"{next(iter(scheme.agencies))}: {{}}\n"))
    assert problems == ()
    assert list(unreached(scheme, known)) == list(scheme.agencies.values())


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("telephone: ask at the desk", ":2:22: write a telephone number in digits and spaces, like 020 7946 0000"),
        ("email: council.example", ":2:18: write an e-mail address, like scheme@council.example"),
        ("telefone: 020 7946 0000", ":2:11: there is no key 'telefone' here; did you mean 'telephone'?"),
    ],
)
def test_what_is_no_contact_is_told_where_it_stands(tmp_path: Path, text: str, told: str) -> None:
    known, problems = contacts(_file(tmp_path, f"agencies:\n  house: {{{text}}}\n"))
    assert [str(problem).removeprefix(str(tmp_path / CONTACTS)) for problem in problems] == [told]
    assert not any(known.values()) or not known["house"].telephone


def test_a_file_that_is_no_yaml_is_told(tmp_path: Path) -> None:
    known, problems = contacts(_file(tmp_path, "agencies: [one\n"))
    assert (known, len(problems)) == ({}, 1)


def test_an_agency_that_no_scheme_here_has_is_told_with_the_nearest(tmp_path: Path) -> None:
    agencies = named(SMALL.parent)
    assert {*small_scheme().agencies} <= agencies
    name = sorted(small_scheme().agencies)[0]
    _, problems = contacts(_file(tmp_path, f"agencies:\n  {name}x: {{email: desk@council.example}}\n"), agencies)
    assert [problem.message for problem in problems] == [
        f"no scheme here has an agency '{name}x'; did you mean '{name}'?"
    ]


def test_a_list_where_agencies_belong_is_told_once(tmp_path: Path) -> None:
    _, problems = contacts(_file(tmp_path, "agencies: [one]\n"), {"one"})
    assert len(problems) == 1
    assert contacts(_file(tmp_path, "{}\n"), {"one"}) == ({}, ())
