"""`sanctuary draw`: what does a scheme look like, and where on it is a case?"""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from sanctuary.cli.case import moment, progress_of, scheme_of
from sanctuary.cli.command import WELL, WRONG, Command, UnusableError
from sanctuary.web.pathway import draw

NARROWEST, WIDEST = 300, 2000


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("scheme", metavar="SCHEME", help="the key of a scheme, or the path of its folder")
    parser.add_argument(
        "casefile", metavar="CASEFILE", type=Path, nargs="?", help="a case file, to show where that case is"
    )
    parser.add_argument(
        "--at", metavar="TIME", help="the time asked about, in London, like '2026-03-02 14:30'; now if left out"
    )
    parser.add_argument(
        "--width", metavar="N", type=int, default=960, help="units wide; below 600 one column (960 if left out)"
    )
    parser.add_argument("--out", metavar="FILE", type=Path, help="write to this file instead of the terminal")


def _run(options: Namespace) -> int:
    if not NARROWEST <= options.width <= WIDEST:
        raise UnusableError(f"--width goes from {NARROWEST} to {WIDEST}.")
    at = moment(options.at)
    scheme = scheme_of(options.scheme)
    if scheme is None:
        return WRONG
    progress = progress_of(options.casefile, scheme, at) if options.casefile else None
    if options.casefile and progress is None:
        return WRONG
    _write(draw(scheme, progress, width=options.width) + "\n", options.out)
    return WELL


def _write(picture: str, out: Path | None) -> None:
    if out is None:
        sys.stdout.write(picture)
        return
    try:
        out.write_text(picture, encoding="utf-8")
    except OSError as error:
        raise UnusableError(f"{out} cannot be written: {error.strerror}.") from error


COMMAND = Command(
    name="draw",
    help="draw the pathway of a scheme, with a case on it",
    about="""Draws the pathway of a scheme as one SVG picture with a title and a description, and where a case file is
given, where that case stands on it. It holds titles, roles and times only: nothing that a person said.""",
    arguments=_arguments,
    run=_run,
)
