"""`sanctuary why`: where does a case stand, and why?"""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from sanctuary.cli import standing
from sanctuary.cli.case import moment, progress_of, scheme_of
from sanctuary.cli.command import WELL, WRONG, Command


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("scheme", metavar="SCHEME", help="the key of a scheme, or the path of its folder")
    parser.add_argument("casefile", metavar="CASEFILE", type=Path, help="a case file: a YAML list of what happened")
    parser.add_argument(
        "--at", metavar="TIME", help="the time asked about, in London, like '2026-03-02 14:30'; now if left out"
    )
    parser.add_argument("--json", action="store_true", help="answer in JSON")


def _run(options: Namespace) -> int:
    at = moment(options.at)
    scheme = scheme_of(options.scheme)
    progress = progress_of(options.casefile, scheme, at) if scheme else None
    if scheme is None or progress is None:
        return WRONG
    if options.json:
        sys.stdout.write(json.dumps(standing.as_json(progress), indent=2, ensure_ascii=False) + "\n")
    else:
        sys.stdout.write(standing.in_words(scheme, progress))
    return WELL


COMMAND = Command(
    name="why",
    help="say where a case stands and why",
    about="""Says where the case in a case file stands: what is next and whose turn it is, what waits for what, what
says no with the reason, the source and what else there is, and what would settle what is undecided.""",
    arguments=_arguments,
    run=_run,
)
