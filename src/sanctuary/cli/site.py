"""How does the site start from the terminal, and the county start again? The commands behind `make run`."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser, Namespace

from sanctuary.cli.command import WELL, Command, UnusableError


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--port", type=int, default=int(os.environ.get("PORT") or 8000), help="where to listen")


def _none(parser: ArgumentParser) -> None:
    del parser


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def _serve(options: Namespace) -> int:
    from sanctuary.config import server

    try:
        server.serve(options.port, _say)
    except server.STOPS as error:
        raise UnusableError(str(error)) from error
    return WELL


def _reset(options: Namespace) -> int:
    from sanctuary.config import server

    del options
    try:
        server.prepare(_say, afresh=True)
    except server.STOPS as error:
        raise UnusableError(str(error)) from error
    return WELL


def _replay(options: Namespace) -> int:
    from sanctuary.config import server

    del options
    try:
        server.replay(_say)
    except server.STOPS as error:
        raise UnusableError(str(error)) from error
    return WELL


SERVE = Command(
    name="serve",
    help="start the site on this machine",
    about="Starts the database where it is the embedded one, brings it up to date, and serves the site on 127.0.0.1.",
    arguments=_arguments,
    run=_serve,
)
RESET = Command(
    name="demo-reset",
    help="start the fictional county again, from nothing",
    about="Throws away everything recorded in this installation's database and makes the fictional county anew.",
    arguments=_none,
    run=_reset,
)
REPLAY = Command(
    name="replay-erasures",
    help="destroy again what a restored backup brought back",
    about=(
        "Compares the database with the ledger of records that were destroyed, and destroys again what an old copy has "
        "brought back. The site does the same when it starts with the owner's login, and does not start otherwise."
    ),
    arguments=_none,
    run=_replay,
)
