"""How is everyone stopped, and let in again, by whoever runs the server? Two commands."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace

from sanctuary.cli.command import WELL, Command, UnusableError


def _none(parser: ArgumentParser) -> None:
    del parser


def _connected() -> None:
    from sanctuary.config import server

    try:
        server.connect()
    except server.STOPS as error:
        raise UnusableError(str(error)) from error


def _stop(options: Namespace) -> int:
    del options
    _connected()
    from sanctuary.records import standstill

    standstill.stop_by_owner()
    sys.stdout.write("Every session has ended, and nobody can sign in. People come in again with: sanctuary let-in\n")
    return WELL


def _let_in(options: Namespace) -> int:
    del options
    _connected()
    from sanctuary.records import standstill

    were = standstill.let_in()
    sys.stdout.write("People can sign in again.\n" if were else "Nobody was kept out.\n")
    return WELL


STOP = Command(
    name="stop-everyone",
    help="end every session at once, and let nobody sign in",
    about="Ends every session at once and closes the way in, for when something has gone wrong. let-in opens it again.",
    arguments=_none,
    run=_stop,
)
LET_IN = Command(
    name="let-in",
    help="let people sign in again after stop-everyone",
    about="Opens the way in again. Nobody is signed in by it: each signs in anew.",
    arguments=_none,
    run=_let_in,
)
