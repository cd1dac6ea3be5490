"""Is a decision made of facts alone? No clock and no chance in what decides, and tables only in the record."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator

import pytest

from tests.support.source import dotted, imported, modules, place, tree

CLOCKS = re.compile(r"(?:^|\.)(?:(?:datetime|date)\.(?:now|utcnow|today)|timezone\.(?:now|localtime|localdate))$")
CHANCE = (
    "random",
    "secrets",
    "uuid",
    "time",
    "os",
    "sys",
    "io",
    "pathlib",
    "socket",
    "subprocess",
    "threading",
    "asyncio",
)
ESCAPES = ("eval", "exec", "compile", "open", "print", "input", "__import__", "globals", "id", "hash")
# What may be asked of the database outside the record: to keep several writes together.
OUTSIDE = "django.db.transaction"


def clocks(module: ast.Module) -> Iterator[tuple[int, str]]:
    """Every place where the clock is read, or a name imported that reads it."""
    for node in ast.walk(module):
        if isinstance(node, ast.Attribute) and CLOCKS.search(name := dotted(node)):
            yield node.lineno, name
    for line, name in imported(module):
        if name == "time" or name.startswith("time.") or name == "django.utils.timezone.now":
            yield line, name


def strangers(module: ast.Module) -> Iterator[tuple[int, str]]:
    """Everything imported into core that is neither the standard library nor core, or gives chance or the world."""
    for line, name in imported(module):
        top = name.partition(".")[0]
        if not (name.startswith("sanctuary.core") or (top in sys.stdlib_module_names and top not in CHANCE)):
            yield line, name


def escapes(module: ast.Module) -> Iterator[tuple[int, str]]:
    """Every call of a built-in that runs text, reaches the world, or differs from one process to the next."""
    for node in ast.walk(module):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ESCAPES:
            yield node.lineno, node.func.id


def test_core_imports_the_standard_library_and_itself() -> None:
    assert [f"{place(path, line)} {name}" for path in modules("core") for line, name in strangers(tree(path))] == []


def test_core_runs_no_text_and_reaches_nothing() -> None:
    assert [f"{place(path, line)} {name}" for path in modules("core") for line, name in escapes(tree(path))] == []


@pytest.mark.parametrize("package", ["core", "loader", "actions"])
def test_now_is_always_an_argument(package: str) -> None:
    assert [f"{place(path, line)} {name}" for path in modules(package) for line, name in clocks(tree(path))] == []


@pytest.mark.parametrize("package", ["actions", "cli", "core", "gateways", "jobs", "loader", "web"])
def test_only_the_record_touches_tables(package: str) -> None:
    found = [(path, line, name) for path in modules(package) for line, name in imported(tree(path))]

    assert [
        f"{place(p, line)} {name}" for p, line, name in found if name.startswith("django.db") and name != OUTSIDE
    ] == []


@pytest.mark.parametrize(
    ("source", "rule"),
    [
        ("from datetime import datetime\nwhen = datetime.now()", clocks),
        ("from datetime import date\nwhen = date.today()", clocks),
        ("import time", clocks),
        ("from django.utils.timezone import now", clocks),
        ("import random", strangers),
        ("from uuid import uuid4", strangers),
        ("import yaml", strangers),
        ("from sanctuary.loader import yaml", strangers),
        ("eval('1')", escapes),
        ("open('facts')", escapes),
    ],
)
def test_each_rule_sees_a_breach(source: str, rule: object) -> None:
    assert callable(rule)
    assert list(rule(ast.parse(source)))
