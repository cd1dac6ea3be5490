"""What does the foundation promise, and does it hold? Runs each proof; one line a claim, with its figure.

`python -m tests.support.prove`; SHORT=1 draws fewer examples and leaves out what `make test` has shown already.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.support.proof import FIGURES, SHORT

ROOT = Path(__file__).parents[2]
PYTEST = ("tools/pytest", "-q", "--no-header", "-p", "no:cacheprovider")


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """Something promised, and the command that fails where it does not hold. `long`: left out of the short form."""

    says: str
    shown_by: tuple[str, ...]
    long: bool = False


def tests(*paths: str) -> tuple[str, ...]:
    """The tests at `paths`, without a browser."""
    return (*PYTEST, "--ignore=tests/browser", *paths)


DEBIAN = ("tools/debian_postgres", *tests("tests/database"))
FOUNDATION = (
    Claim(says="Every key of the language is specified, and does what its page says", shown_by=tests("tests/spec")),
    Claim(
        says="Generated pages, the coverage of requirements among them, are current",
        shown_by=(".venv/bin/python", "-m", "tests.support.generate", "--check"),
    ),
    Claim(says="All schemes do what their examples say", shown_by=(".venv/bin/sanctuary", "check", "schemes")),
    Claim(
        says="Weakening any rule of any scheme is noticed by one of its examples",
        shown_by=(".venv/bin/python", "-m", "tests.support.scheme_mutants"),
    ),
    Claim(says="What is wrong in a definition is told at its place", shown_by=tests("tests/unit/loader")),
    Claim(
        says="No condition is decided otherwise than by Google's CEL",
        shown_by=tests("tests/properties/test_conditions_against_cel.py"),
    ),
    Claim(
        says="Knowing more never overturns a definite answer; evaluation is pure and total",
        shown_by=tests(
            "tests/properties",
            "--deselect=tests/properties/test_conditions_against_cel.py::test_no_rule_is_decided_otherwise_than_by_cel",
        ),
    ),
    Claim(says="The record is append-only", shown_by=tests("tests/database/test_append_only.py")),
    Claim(says="Policies answer as an independent oracle does", shown_by=tests("tests/database/test_oracle.py")),
    Claim(says="Weakening any policy is noticed", shown_by=tests("tests/database/test_mutants.py"), long=True),
    Claim(says="Forged and replayed contexts see nothing", shown_by=tests("tests/database/test_contexts.py")),
    Claim(says="Migrations keep a populated record", shown_by=tests("tests/database/test_migrations.py")),
    Claim(says="The pitfalls that were really hit stay closed", shown_by=tests("tests/database/test_pitfalls.py")),
    Claim(says="No plain personal data in a decoded dump", shown_by=tests("tests/database/test_canaries.py")),
    Claim(
        says="Of writers at once one wins and the others learn who; the same key acts once",
        shown_by=tests("tests/database/test_races.py", "tests/database/test_actions.py"),
    ),
    Claim(says="The whole record holds on Debian's PostgreSQL too", shown_by=DEBIAN, long=True),
    Claim(
        says="The Norfolk journey, by its roles, through Django's client", shown_by=tests("tests/journey"), long=True
    ),
    Claim(
        says="The journey in Chromium with axe on every page, and without JavaScript",
        shown_by=(*PYTEST, "tests/browser"),
        long=True,
    ),
    Claim(says="The house keeps its layers, purity and style", shown_by=tests("tests/architecture")),
    Claim(says="Every branch of the core is tested", shown_by=("tools/core_coverage",)),
    Claim(says="Speed is measured beside its floor", shown_by=("make", "bench", "ARGS=--short")),
)


def main(promised: Sequence[Claim]) -> int:
    """Show every claim; 0 where all hold."""
    claims = [claim for claim in promised if not (SHORT and claim.long)]
    fallen = [claim for claim in claims if not shown(claim)]
    print(f"\n{len(claims) - len(fallen)} of {len(claims)} claims hold.")
    return 1 if fallen else 0


def shown(claim: Claim) -> bool:
    """Run the proof and say what it came to."""
    with tempfile.TemporaryDirectory() as place:
        figures = Path(place) / "figures"
        told = {**os.environ, FIGURES: str(figures)}
        done = subprocess.run(claim.shown_by, cwd=ROOT, capture_output=True, text=True, env=told, check=False)
        said = figures.read_text(encoding="utf-8").splitlines() if figures.exists() else []
    holds = done.returncode == 0
    print(f"{'holds ' if holds else 'FALLS '} {claim.says}: {'; '.join([*said, *counted(done.stdout)])}", flush=True)
    if not holds:
        print(done.stdout[-6000:], done.stderr[-2000:], sep="\n", flush=True)
    return holds


def counted(output: str) -> Sequence[str]:
    """The figures that a command's last lines give: pytest's counts, or what it says of itself, notes left out."""
    counts = re.findall(r"^(?:.*\s)?(\d+ passed.*?) in ", output, re.MULTILINE)
    told = [line for line in output.splitlines() if line.strip() and not line.startswith(" ")]
    return counts[-1:] or told[-6:]


if __name__ == "__main__":
    sys.exit(main(FOUNDATION))
