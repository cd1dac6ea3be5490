"""Is the house style kept where a machine can tell? Sizes, names, docstrings; nothing of one machine in the tree."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

from tests.support.source import ROOT, committed, modules, place, tree

LONGEST_FILE, LONGEST_FUNCTION, LONGEST_DOCSTRING = 400, 50, 5
VAGUE = {"utils", "util", "helpers", "helper", "common", "manager", "managers", "service", "services", "misc"}
PICTURES = {".png", ".jpg", ".pdf", ".ttf", ".woff2"}

# A letter of each stands in brackets, or this file would find itself.
MACHINE = re.compile(r"(?<![\w.:/\-}])/(?:[w]ork|[r]oot|[t]mp|[h]ome)/")
REGISTRIES = re.compile(r"[p]ypi\.org|[p]ythonhosted\.org|[n]pmjs\.(?:org|com)|[y]arnpkg\.com")
EXCUSES = re.compile(
    r"mark\.(?:[s]kip|[x]fail)|pytest\.[s]kip\(|[T]ODO|[F]IXME|[N]otImplementedError|pragma: [n]o cover"
)


def texts() -> Iterator[tuple[Path, str]]:
    """Every committed file that people read."""
    for path in committed():
        if path.suffix not in PICTURES:
            yield path, path.read_text(encoding="utf-8")


def lines_with(pattern: re.Pattern[str]) -> list[str]:
    """Places and lines where the pattern stands in a committed file."""
    return [
        f"{place(path, number)} {line.strip()[:100]}"
        for path, text in texts()
        for number, line in enumerate(text.splitlines(), start=1)
        if pattern.search(line)
    ]


def functions(module: ast.Module) -> Iterator[tuple[ast.FunctionDef | ast.AsyncFunctionDef, int]]:
    """The functions of a file, with their lengths in lines."""
    for node in ast.walk(module):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node, (node.end_lineno or node.lineno) - node.lineno + 1


def test_no_file_is_long() -> None:
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in modules()}

    assert [f"{place(path, count)}" for path, count in lengths.items() if count > LONGEST_FILE] == []


def test_no_function_is_long() -> None:
    long = [
        f"{place(path, node.lineno)} {node.name}: {length} lines"
        for path in modules()
        for node, length in functions(tree(path))
        if length > LONGEST_FUNCTION
    ]

    assert long == []


def test_no_file_or_folder_has_a_vague_name() -> None:
    names = {path: {part.partition(".")[0] for part in path.relative_to(ROOT).parts} for path in committed()}

    assert [str(path) for path, parts in names.items() if parts & VAGUE] == []


def test_every_module_says_briefly_what_it_answers() -> None:
    told = (path for path in modules() if tree(path).body and "migrations" not in path.parts)
    docstrings = {path: ast.get_docstring(tree(path)) for path in told}

    assert [place(path, 1) for path, text in docstrings.items() if not text] == []
    assert [
        place(path, 1) for path, text in docstrings.items() if text and len(text.splitlines()) > LONGEST_DOCSTRING
    ] == []


def test_no_committed_file_names_a_place_on_a_machine() -> None:
    assert lines_with(MACHINE) == []


def test_no_committed_file_names_a_package_registry() -> None:
    assert lines_with(REGISTRIES) == []


def test_nothing_is_put_off_or_left_out() -> None:
    assert lines_with(EXCUSES) == []


def test_locked_packages_carry_hashes_and_no_address() -> None:
    for lock in (ROOT / "package-lock.json", ROOT / "tools" / "fallback_browser" / "package-lock.json"):
        packages = json.loads(lock.read_text())["packages"]
        assert [name for name, package in packages.items() if "resolved" in package] == []
        assert [name for name, package in packages.items() if name and "integrity" not in package] == []
    for lock in (ROOT / "requirements.lock", ROOT / "requirements-dev.lock"):
        text = lock.read_text()
        assert text.count("==") == len(re.findall(r"==\S+ \\\n +--hash=sha256:", text))
        assert "://" not in text


def test_third_party_assets_are_not_committed() -> None:
    tops = {path.relative_to(ROOT).parts[0] for path in committed()}

    assert tops & {"node_modules", "build", "var", ".venv"} == set()
