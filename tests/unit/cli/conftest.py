"""What the tests of the command line share: the town's schemes in a folder, and the terminal standing in it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from sanctuary.cli import main
from tests.unit.cli import town

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with `schemes/base`, `schemes/ours`, `case.yaml` and the installation `home`, and the terminal in it."""
    monkeypatch.setenv("SANCTUARY_HOME", str(tmp_path / "home"))
    town.schemes(tmp_path / "schemes")
    town.case(tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run the command line: its exit code, what it said, and what it complained of."""

    def running(*arguments: str) -> tuple[int, str, str]:
        code = main(arguments)
        said = capsys.readouterr()
        return code, said.out, said.err

    return running
