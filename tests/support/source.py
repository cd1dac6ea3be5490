"""What does the source say? Files that are or will be committed, and their syntax trees, for tests of the style."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SRC = ROOT / "src" / "sanctuary"


@cache
def committed() -> tuple[Path, ...]:
    """Every file that is committed, or would be by `git add`."""
    command = ["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split("\0")
    return tuple(path for name in sorted(set(names)) if name and (path := ROOT / name).is_file())


def modules(*packages: str) -> Iterator[Path]:
    """The Python files of the packages of `sanctuary` named, or of everything where none is."""
    within = [SRC / package for package in packages] or [ROOT]
    for path in committed():
        if path.suffix == ".py" and any(folder in path.parents for folder in within):
            yield path


@cache
def tree(path: Path) -> ast.Module:
    """The syntax tree of a Python file."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def imported(module: ast.Module) -> Iterator[tuple[int, str]]:
    """Line and dotted name of all that a file imports: `from a import b` gives a.b."""
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                yield node.lineno, f"{node.module}.{alias.name}"


def dotted(node: ast.expr) -> str:
    """A name with its attributes as written: `datetime.now`; what is not a plain name becomes an ellipsis."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return "…"


def place(path: Path, line: int) -> str:
    """`src/sanctuary/core/facts.py:12`, to click on."""
    return f"{path.relative_to(ROOT)}:{line}"
