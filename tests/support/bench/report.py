"""How is what was measured written down? The page `docs/reference/performance.md`, laid out the same way each time."""

from __future__ import annotations

import os
import platform
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sanctuary.core.clocks import LONDON
from tests.support.bench.result import Result
from tests.support.source import ROOT

PAGE = ROOT / "docs" / "reference" / "performance.md"
HEAD = ("what", "median", "95th percentile", "floor", "times its floor", "target", "met")
FLAT = 1.5

INTRODUCTION = """\
# Performance

Written by `make bench`; no test judges it. Each figure stands beside its floor, measured in the same run, turn and turn
about, on the same database. The targets are design.md's.

{facts}

## What is measured

- **The register** is fictional: the stories of all schemes' examples, told of one person after another, as often in
  each area. Three in four cases have ended. All is as the site leaves it: events sealed with each case's own keys,
  grants, progress, summaries, search tokens.
- **A page** is asked for through the WSGI application with all its middleware, by somebody signed in as the council,
  the police or the support agency of {area}. Timed are the signed context, row-level security, decrypting, the note
  of what was read, its commit to disk and the whole HTML; not a network, and one request at a time.
- **The floor of a page** is a bare Django view behind the same middleware but the record's, over a connection of the
  same kind: the same queries with agency and role written out, over a login that no policy holds, and a plain Jinja
  template with as many table rows as the page has lines. It decrypts, notes and commits nothing, and has no
  components, links or pictures.
- **The engine** is timed by what its core spent on it, so that other work on the machine weighs less.
- **The floor of a condition** is one look into a dictionary and one comparison in Python; that of a case of 50
  events is opening their ciphertexts and reading the JSON.
- **Opening and recording** are the actions alone, with all that they conclude and their commit to disk, without a
  page.
"""

AGAIN = """\
## Again

    make bench                                    # {sizes} cases, about {minutes} minutes on two cores
    make bench ARGS="--cases 10000 100000 1000000" # with a million: some 20 GB of disk, most of an hour
    make bench ARGS="--keep"                      # keep the register, and measure on the kept one the next time
    make bench ARGS="--short"                     # only whether it runs: a thousand cases, printed, not written

The bench has a database of its own beside the installation's and drops it at the end. With `DATABASE_URL` it uses that
server, whose login must be a superuser's. Other work on the machine shows in the 95th percentiles first.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Everything that was measured: of the engine, and by the number of cases in the register."""

    engine: Sequence[Result]
    pages: Mapping[int, Sequence[Result]]
    server: str
    area: str


def page(report: Report) -> str:
    """The page, in Markdown."""
    parts = [
        INTRODUCTION.format(facts=_facts(report), area=report.area),
        "## The engine, on one core",
        table(report.engine),
    ]
    for cases, results in report.pages.items():
        parts += [f"## With {cases:,} cases", table(results)]
    if len(report.pages) > 1:
        parts += ["## Growth", _growth(report.pages)]
    sizes = " and ".join(f"{cases:,}" for cases in report.pages)
    return "\n\n".join(part.strip() for part in [*parts, AGAIN.format(sizes=sizes, minutes=10)]) + "\n"


def table(results: Sequence[Result]) -> str:
    """The results in columns."""
    return _table(HEAD, [_line(result) for result in results])


def _line(result: Result) -> tuple[str, ...]:
    target = (
        f"< {_time(result.within)}" if result.within else f"< {result.times_floor:g} ×" if result.times_floor else ""
    )
    return (
        result.what,
        _time(result.timing.median),
        _time(result.timing.p95),
        _time(result.floor.median) if result.floor else "",
        f"{result.ratio:.1f} ×" if result.ratio else "",
        target,
        {True: "yes", False: "**no**", None: ""}[result.met],
    )


def _growth(pages: Mapping[int, Sequence[Result]]) -> str:
    fewest, most = min(pages), max(pages)
    lines = [
        (
            few.what,
            _time(few.timing.median),
            _time(many.timing.median),
            f"{many.timing.median / few.timing.median:.2f} ×",
        )
        for few, many in zip(pages[fewest], pages[most], strict=True)
    ]
    head = ("median", f"{fewest:,} cases", f"{most:,} cases", "growth")
    flat = (
        f"Below {FLAT:g} × counts as flat. A search shows everybody of the name, up to 50: in a larger register, more."
    )
    return f"{_table(head, lines)}\n\n{flat}"


def _table(head: Sequence[str], lines: Sequence[Sequence[str]]) -> str:
    rows = [head, ["---", *["---:"] * (len(head) - 1)], *lines]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _time(seconds: float) -> str:
    """Three digits in the unit that suits."""
    for unit, size in (("s", 1.0), ("ms", 1e-3), ("µs", 1e-6)):
        if seconds >= size:
            return f"{seconds / size:.3g} {unit}"
    return f"{seconds / 1e-9:.0f} ns"


def _facts(report: Report) -> str:
    load = os.getloadavg()[0]
    lines = (
        ("Machine", f"{_processor()}, {os.cpu_count()} cores, {_memory()} of memory, {platform.system()}"),
        ("Software", f"Python {platform.python_version()}, {report.server}"),
        (
            "Commit",
            _git("rev-parse", "--short=12", "HEAD") + (" and changes" if _git("status", "--porcelain", "src") else ""),
        ),
        ("Date", datetime.now(LONDON).date().isoformat()),
        ("Load", f"{load:.1f} processes wanted a core in the last minute of the run"),
    )
    return "\n".join(f"- {name}: {text}" for name, text in lines)


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    lines = info.read_text(encoding="utf-8").splitlines() if info.exists() else []
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.machine())


def _memory() -> str:
    return f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.0f} GiB"


def _git(*words: str) -> str:
    return subprocess.run(["git", "-C", str(ROOT), *words], capture_output=True, text=True, check=False).stdout.strip()
