"""Which real failure is answered by which tests, and which waits for what? From a list and the marks of tests."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from tests.support.pages.markdown import page

ROOT = Path(__file__).parents[3]
LIST = ROOT / "docs" / "reference" / "real-failures.yaml"
_INTRODUCTION = """
What went wrong elsewhere, where it was found out and written about, and what here is to keep it from happening again.
Tests are marked with the number of the failure that they stand for (`@pytest.mark.failure`); what is not built yet says
which part of the work it waits for. The list itself is in `real-failures.yaml`.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """Something that happened. `waits`: what of the answer is still to come, by the part of the work."""

    happened: str
    rule: str
    waits: Mapping[str, str]


def failures() -> Mapping[int, Failure]:
    """By number."""
    told = yaml.safe_load(LIST.read_text(encoding="utf-8"))
    return {
        number: Failure(happened=one["happened"], rule=one["rule"], waits=one.get("waits", {}))
        for number, one in told.items()
    }


def shown_by() -> Mapping[int, list[str]]:
    """The tests that are marked with each number."""
    found: dict[int, list[str]] = defaultdict(list)
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        for name, numbers in _marked(ast.parse(path.read_text(encoding="utf-8"))):
            for number in numbers:
                found[number].append(f"`{path.relative_to(ROOT)}::{name}`")
    return found


def pages() -> Mapping[str, str]:
    """The page."""
    tested = shown_by()
    strays = sorted(tested.keys() - failures().keys())
    if strays:
        raise ValueError(f"no failure has the numbers {strays}")
    parts = [_told(number, failure, tested.get(number, [])) for number, failure in failures().items()]
    return {"docs/reference/real-failures.md": page("Failures that really happened", _INTRODUCTION, *parts)}


def _told(number: int, failure: Failure, tests: list[str]) -> str:
    lines = [f"## {number}\n", f"{failure.happened} **{failure.rule}**\n"]
    lines += [f"- {test}" for test in tests]
    lines += [f"- Waits for {part}: {what}" for part, what in failure.waits.items()]
    return "\n".join(lines)


def _marked(tree: ast.Module) -> Iterator[tuple[str, list[int]]]:
    """The tests of a file, each with the numbers of its own marks and of the file's."""
    whole = [number for node in tree.body if isinstance(node, ast.Assign) for number in _numbers(node.value)]
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            own = [number for mark in node.decorator_list for number in _numbers(mark)]
            yield node.name, list(dict.fromkeys((*whole, *own)))


def _numbers(node: ast.expr) -> Iterator[int]:
    """The numbers in pytest.mark.failure(…), alone or in a list."""
    for call in ast.walk(node):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr == "failure":
            yield from (
                each.value for each in call.args if isinstance(each, ast.Constant) and isinstance(each.value, int)
            )
