"""What does `make bench` do? Measures the engine, then pages at each size of register; writes, or in short prints."""

from __future__ import annotations

import argparse
import sys
import warnings
from collections.abc import Sequence
from datetime import datetime

from sanctuary.core.clocks import LONDON
from tests.support.bench import installation, report
from tests.support.bench.result import Result

RUNS, FEW = 200, 20
SIZES, SMALL = (10_000, 100_000), (1_000,)


def main() -> None:
    """Run the bench as asked on the command line."""
    asked = _asked()
    warnings.filterwarnings("ignore", message="No directory at")  # static files are not asked for
    runs = FEW if asked.short else RUNS
    installation.move_in()
    say("Setting up a database of its own\n")
    installed = installation.set_up(say, afresh=not asked.keep)
    say("Measuring the engine\n")
    engine = _engine(runs)
    pages = {}
    for wanted in sorted(asked.cases or (SMALL if asked.short else SIZES)):
        cases = installation.fill(wanted, installed.staff, datetime.now(LONDON), say)
        if cases not in pages:  # where a register that was kept has more already
            say(f"\nMeasuring pages with {cases:,} cases\n")
            pages[cases] = _pages(installed.staff, runs)
    _tell(report.Report(engine=engine, pages=pages, server=installed.server, area="Norwich"), short=asked.short)
    if not asked.keep:
        installation.move_out()


def say(text: str) -> None:
    """Show how far it is."""
    sys.stderr.write(text)
    sys.stderr.flush()


def _asked() -> argparse.Namespace:
    words = argparse.ArgumentParser(prog="make bench", description=__doc__)
    words.add_argument("--cases", type=int, nargs="+", help="sizes of the register (10000 and 100000; short 1000)")
    words.add_argument("--short", action="store_true", help="few runs, printed: only shows that it runs")
    words.add_argument(
        "--keep", action="store_true", help="leave the register for next time, and use one that was left"
    )
    return words.parse_args()


def _engine(runs: int) -> Sequence[Result]:
    from tests.support.bench import engine

    return engine.measured(runs)


def _pages(staff: installation.Staff, runs: int) -> Sequence[Result]:
    from tests.support.bench import pages

    return pages.measured(staff, runs)


def _tell(found: report.Report, *, short: bool) -> None:
    text = report.page(found)
    if short:
        sys.stdout.write(text)
    else:
        report.PAGE.write_text(text, encoding="utf-8")
        say(f"Written to {report.PAGE.relative_to(report.ROOT)}\n")


if __name__ == "__main__":  # processes that make cases import this file, too
    main()
