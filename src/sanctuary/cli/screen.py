"""How are colleagues and what they gave screened again, by whoever runs the server? One command, after an upgrade."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace

from sanctuary.cli.command import WELL, Command, UnusableError


def _none(parser: ArgumentParser) -> None:
    del parser


def _again(options: Namespace) -> int:
    del options
    from sanctuary.config import server

    try:
        server.connect()
    except server.STOPS as error:
        raise UnusableError(str(error)) from error
    from sanctuary.records import screening

    sys.stdout.write(f"Screened again: {screening.screen_again()}. Conflicts that it finds stand under Oversight.\n")
    return WELL


COMMAND = Command(
    name="screen-again",
    help="screen for conflicts again, after a release that reads names or numbers in another way",
    about="Screens the names and email addresses of accounts, and the details that colleagues gave of themselves and "
    "of people they know, by the spellings of this release. Conflicts come by it, none goes, and nothing of what was "
    "given is shown.",
    arguments=_none,
    run=_again,
)
