"""Do imports point inwards? The contracts of pyproject.toml hold, and each catches a breach planted in a copy."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.source import ROOT

LAYERS = "Arrows point inwards only"
PURE = "Decisions are made without a framework"
BARE = "The core needs nothing but the standard library"
DATABASE = "Only the record and the gateway to the database"
SCREENS = "Screens do not import each other"
CYCLES = "No cycles"

# Contract, where the breach is planted, the breach.
BREACHES = (
    (LAYERS, "core/planted.py", "import sanctuary.records"),
    (LAYERS, "records/planted.py", "import sanctuary.actions"),
    (LAYERS, "records/planted.py", "import sanctuary.loader"),
    (LAYERS, "actions/planted.py", "import sanctuary.web"),
    (LAYERS, "web/planted.py", "import sanctuary.config"),
    (LAYERS, "newcomer.py", "import sanctuary.core"),
    (PURE, "loader/planted.py", "import django"),
    (BARE, "core/planted.py", "import pydantic"),
    (DATABASE, "actions/planted.py", "import psycopg"),
    (SCREENS, "web/screens/planted_a.py", "import sanctuary.web.screens.planted_b"),
    (CYCLES, "core/planted_a.py", "import sanctuary.core.planted_b"),
)


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    """lint-imports on the project in `folder`."""
    code = "import sys; from importlinter.cli import lint_imports_command; sys.exit(lint_imports_command())"
    return subprocess.run(
        [sys.executable, "-c", code, "--no-cache"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder / "src"), "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )


def broken(output: str) -> list[str]:
    """The contracts that an output of lint-imports calls broken."""
    return [line.rpartition(" ")[0] for line in output.splitlines() if line.endswith("BROKEN")]


def test_every_contract_is_kept() -> None:
    result = lint(ROOT)

    assert result.returncode == 0, result.stdout + result.stderr


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the package, to plant breaches in."""
    folder = tmp_path_factory.mktemp("copy")
    shutil.copytree(
        ROOT / "src" / "sanctuary", folder / "src" / "sanctuary", ignore=shutil.ignore_patterns("__pycache__")
    )
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


@pytest.mark.parametrize(("contract", "file", "breach"), BREACHES)
def test_a_planted_breach_is_caught(copy: Path, contract: str, file: str, breach: str) -> None:
    planted = copy / "src" / "sanctuary" / file
    files = {planted: breach}
    if planted.name == "planted_a.py":
        package = ".".join(Path(file).parent.parts)
        files[planted.with_name("planted_b.py")] = f"import sanctuary.{package}.planted_a" if contract == CYCLES else ""
    for path, text in files.items():
        path.write_text(text + "\n")
    result = lint(copy)
    for path in files:
        path.unlink()

    assert any(name.startswith(contract) for name in broken(result.stdout)), result.stdout + result.stderr
