"""Does what was destroyed stay destroyed when an old copy of the database is put back? On a server of its own.

Everything is done as an installation does it: by processes, a real server, its own dump and its own files.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from sanctuary.gateways.home import CHECKOUT
from tests.support.access.drill import CASES, canaries
from tests.support.source import ROOT

pytestmark = pytest.mark.covers("A5")
_STOP = "from sanctuary.gateways import embedded; embedded.stop()"
_DUMP = """
import os, subprocess, sys
from sanctuary.gateways import database, embedded
database.ensure_server()
there = database.administrator()
program, *rest = sys.argv[1:]
place = {"PGHOST": there.host, "PGPORT": there.port, "PGUSER": there.role, "PGDATABASE": there.database}
subprocess.run([str(embedded.programs() / program), *rest], env={**os.environ, **place}, check=True)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Installation:
    """A home with an embedded server of its own."""

    home: Path

    @property
    def environment(self) -> dict[str, str]:
        """Its processes' environment."""
        dropped = ("DATABASE_", "SANCTUARY_", "DJANGO_")
        kept = {name: value for name, value in os.environ.items() if not name.startswith(dropped)}
        return {**kept, "SANCTUARY_HOME": str(self.home), "PYTHONPATH": f"{CHECKOUT / 'src'}{os.pathsep}{ROOT}"}

    def run(self, *command: str) -> None:
        """Run Python with these arguments, to the end."""
        done = subprocess.run(
            [sys.executable, *command], env=self.environment, cwd=ROOT, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr[-3000:]

    def act(self, name: str) -> dict[str, Any]:
        """Do one act of the drill; what is known after it."""
        file = self.home / "drill.json"
        self.run("-m", "tests.support.access.drill", name, str(file))
        known: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
        return known

    def server(self, program: str, *rest: str) -> None:
        """One of PostgreSQL's own programs, as its administrator."""
        self.run("-c", _DUMP, program, *rest)


@pytest.fixture(scope="module")
def place() -> Iterator[Installation]:
    with tempfile.TemporaryDirectory(prefix="sanctuary-drill-") as name:
        Path(name).chmod(0o711)
        made = Installation(home=Path(name) / "home")
        made.home.mkdir(mode=0o711)
        try:
            yield made
        finally:
            made.run("-c", _STOP)


def whole(number: int) -> list[str]:
    return sorted(canaries(number).values())


@pytest.mark.slow
def test_a_restored_backup_brings_nothing_back(place: Installation) -> None:
    copy = place.home / "yesterday.sql"
    place.act("plant")
    assert place.act("scan")["found"] == {str(number): whole(number) for number in range(CASES)}
    place.server("pg_dump", "--file", str(copy))

    known = place.act("erase")
    erased = known["erased"]
    kept = [number for number in known["cases"] if number not in erased]
    gone = {number: whole(int(number)) if number in kept else [] for number in known["cases"]}
    assert place.act("scan")["found"] == gone
    assert place.act("start")["started"]

    place.act("throw_away")
    place.server("psql", "--quiet", "--output", os.devnull, "--set", "ON_ERROR_STOP=1", "--file", str(copy))
    back = place.act("scan")["found"]
    assert back == {str(number): whole(number) for number in range(CASES)}  # so the scan can find them

    refused = place.act("start")
    assert not refused["started"]
    assert f"{len(erased)} records that were destroyed are here again" in refused["said"]

    assert f"destroyed again: {len(erased)}" in place.act("replay")["said"]
    assert place.act("scan")["found"] == gone
    assert place.act("start")["started"]
    assert place.act("prepare")["again"] == 0


@pytest.mark.slow
def test_starting_the_site_does_the_same_by_itself(place: Installation) -> None:
    """With the ledger lost as well, the database tells it anew; with a line of it changed, nothing starts."""
    ledger = place.home / "erasures"
    whole_ledger = ledger.read_bytes()
    ledger.unlink()
    assert place.act("prepare")["again"] == 0
    assert len(ledger.read_bytes().splitlines()) == len(whole_ledger.splitlines())
    ledger.write_bytes(whole_ledger.replace(b"retention", b"retentiom", 1))
    with pytest.raises(AssertionError, match="Altered"):
        place.act("start")
    ledger.write_bytes(whole_ledger)
    copy = place.home / "yesterday.sql"
    place.act("throw_away")
    place.server("psql", "--quiet", "--output", os.devnull, "--set", "ON_ERROR_STOP=1", "--file", str(copy))
    known = place.act("prepare")
    assert known["again"] == len(known["erased"])
    assert place.act("start")["started"]
