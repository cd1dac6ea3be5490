"""Does every cell of the threat model say something, and name a test that there is?"""

from __future__ import annotations

import ast
import re

from tests.support.access.written import tables
from tests.support.source import ROOT

PAGE = ROOT / "docs" / "explanation" / "threat-model.md"
WHO = ("perpetrator", "friend", "left", "administrator", "careless partner", "laptop", "backup", "running server")
WHAT = (
    "session cookie", "dump", "write-ahead log", "login of the application", "login of the door", "login of the owner",
    "master key", "checkpoints", "code app", "passkeys", "link", "letter", "Logs", "Recovery codes", "own sign-in",
)  # fmt: skip


def cells() -> list[tuple[str, str, str]]:
    """Row, column and words of every cell that says something of the row."""
    found = []
    for table in tables(PAGE.read_text(encoding="utf-8")):
        for row in table:
            (_, of), *rest = row.items()
            found += [(of, column, said) for column, said in rest]
    return found


def test_every_cell_says_something_and_names_a_test_that_there_is() -> None:
    named = 0
    for row, column, said in cells():
        tests = re.findall(r"`(tests/\S+?)::(\w+)`", said)
        assert tests, f"{row}, {column}: names no test"
        assert len(re.sub(r"`[^`]*`", "", said).split()) >= 3, f"{row}, {column}: says nothing"
        for path, name in tests:
            assert (ROOT / path).is_file(), f"{row}, {column}: there is no {path}"
            tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
            assert name in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}, f"{path}::{name}"
            named += 1
    assert named > 60


def test_everybody_and_everything_has_a_row() -> None:
    rows = {row for row, _, _ in cells()}
    for wanted in (*WHO, *WHAT):
        assert any(wanted in row for row in rows), wanted


def test_what_is_not_protected_is_said() -> None:
    _, _, said = PAGE.read_text(encoding="utf-8").partition("## What is not protected")
    assert len(re.findall(r"^- \S", said, re.MULTILINE)) >= 6
