"""Is YAML read as the author meant it, with every piece at its place?"""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml as pyyaml
from hypothesis import given
from hypothesis import strategies as st

from sanctuary.loader.yaml import MOST_BYTES, Map, Text, libyaml, parse, plain, read_file


def held(text: str) -> object:
    """What `text` holds, where nothing is wrong with it."""
    tree, problems = parse(text, "a.yaml")
    assert problems == []
    return None if tree is None else plain(tree)


@pytest.mark.parametrize("word", ["no", "yes", "on", "off", "y", "NO", "12:30", "010", "0x1F", "1_000", "2026-03-02"])
def test_words_times_and_numbers_stay_as_they_are_written(word: str) -> None:
    assert held(f"key: {word}\n{word}: value") == {"key": word, word: "value"}


@pytest.mark.parametrize("word", ["", "~", "null", "Null", "NULL"])
def test_only_null_is_nothing(word: str) -> None:
    assert held(f"key: {word}") == {"key": None}
    assert held(f"key: '{word}'") == {"key": word}


def test_an_empty_file_holds_nothing() -> None:
    assert held("") is None
    assert held("# only a comment\n") is None


def test_order_is_kept() -> None:
    tree = held("b: 1\na: 2\nc: [z, y]")
    assert isinstance(tree, dict)
    assert list(tree) == ["b", "a", "c"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: 1\nb: 2\na: 3", "a.yaml:3:1: 'a' is here twice; the first is on line 1"),
        ("a:\n\tb: 1", "a.yaml:2:1: indent with spaces: there is a tab here"),
        ("a: *b", "a.yaml:1:4: write this out again: references like *b are not used here"),
        ("a: &b 1", "a.yaml:1:4: remove &b: anchors are not used here"),
        ("a: !!python/name:os.system x", "a.yaml:1:4: put the text in quotes: an exclamation mark cannot start it"),
        ("? [a, b]\n: c", "a.yaml:1:3: a key is a single word, not a list or a mapping"),
        ("a: 'b", "a.yaml:1:4: this text is never closed: a quotation mark is missing at its end"),
        ('a: "\\q"', "a.yaml:1:5: use single quotes, or write the backslash twice"),
        ("a: {b: c", "a.yaml:1:4: this has no closing }, or a comma is missing in it"),
        ("a: @b", "a.yaml:1:4: put the text in quotes: it cannot start like this"),
        ("a: - b", "a.yaml:1:4: start the list on a line of its own"),
        ("- a\nb: c", "a.yaml:2:1: this is indented like an item of the list above, but has no '- '"),
        ("a: |b\n  c", "a.yaml:1:5: start the text on the next line, below the > or |"),
        ("a: {b: c}}", "a.yaml:1:10: this does not line up with what is above it; check indentation and quotes"),
        ("a: b\n---\nc: d", "a.yaml:2:1: remove the line ---: a file holds one document"),
        ("a: \x07", "a.yaml:1:4: remove the character U+0007, which cannot be seen"),
        ("[" * 50, "a.yaml:1:41: this is nested more than 40 levels deep"),
    ],
)
def test_what_cannot_be_read_is_told_plainly(text: str, message: str) -> None:
    assert [str(problem) for problem in parse(text, "a.yaml")[1]] == [message]


def test_a_bomb_of_references_is_refused_at_its_first_anchor() -> None:
    bomb = "a: &a [x, x]\n" + "".join(
        f"{chr(98 + n)}: &{chr(98 + n)} [*{chr(97 + n)}, *{chr(97 + n)}]\n" for n in range(20)
    )
    tree, problems = parse(bomb, "a.yaml")
    assert tree is None
    assert [str(problem) for problem in problems] == ["a.yaml:1:4: remove &a: anchors are not used here"]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("a: one == two", {0: (1, 4), 4: (1, 8), 9: (1, 13), 10: (1, 14)}),
        ("a: 'it''s so'", {0: (1, 5), 3: (1, 9), 5: (1, 11)}),
        ('a: "say \\"x\\" now"', {4: (1, 9), 5: (1, 11), 8: (1, 15)}),
        ('a: "\\u00e9t\\x41"', {0: (1, 5), 1: (1, 11), 2: (1, 12)}),
        ("a: >-\n  one\n  two", {0: (2, 3), 3: (2, 6), 4: (3, 3), 6: (3, 5)}),
        ("a: >- # why\n\n  one\n    two", {1: (3, 3), 7: (4, 5)}),
        ("a: |\n  one\n  two", {0: (2, 3), 4: (3, 3)}),
        ("a: one\n  two", {0: (1, 4), 4: (2, 3)}),
        ('a: "one\\\n   two"', {0: (1, 5), 3: (2, 4)}),
        ("a: é ü x", {4: (1, 8)}),
    ],
)
def test_every_character_of_a_text_has_its_place(text: str, places: dict[int, tuple[int, int]]) -> None:
    tree, _ = parse(text, "a.yaml")
    assert isinstance(tree, Map)
    value = tree.entries["a"].value
    assert isinstance(value, Text)
    assert {offset: (value.at(offset).line, value.at(offset).column) for offset in places} == places


def test_files_are_read_as_utf_8_up_to_a_size(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes("\ufeffa: é\r\nb: c\r\n".encode())
    tree, problems = read_file(path)
    assert tree is not None
    assert (plain(tree), problems) == ({"a": "é", "b": "c"}, [])
    path.write_bytes(b"a: b\nc: \xe9\n")
    assert str(read_file(path)[1][0]).endswith(
        "a.yaml:2:4: this character is not UTF-8; save the file in the encoding UTF-8"
    )
    path.write_bytes(b"#" * (MOST_BYTES + 1))
    assert str(read_file(path)[1][0]).endswith(
        "a.yaml:1:1: this file is larger than 1,000,000 bytes; split it or shorten it"
    )
    assert str(read_file(tmp_path)[1][0]).endswith(":1:1: this file cannot be read")


@given(st.text() | st.text(alphabet="ab:-[]{}'\"|>#&*!%@` \n\t,?"))
def test_any_text_gives_a_tree_or_a_problem(text: str) -> None:
    tree, problems = parse(text, "a.yaml")
    lines = text.count("\n") + text.count("\r") + 1
    assert all(1 <= problem.line <= lines and problem.column >= 1 for problem in problems)
    if tree is not None:
        plain(tree)


def test_without_libyaml_the_reason_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(pyyaml, "CSafeLoader")
    with pytest.raises(ImportError, match="built without libyaml"):
        libyaml()
