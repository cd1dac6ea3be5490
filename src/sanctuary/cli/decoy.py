"""How does a register come to hold cases that nobody has a reason to open? The command that makes them."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from contextlib import closing

from sanctuary.cli.command import WELL, Command, UnusableError


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("count", type=int, nargs="?", default=1, help="how many (1)")


def _decoy(options: Namespace) -> int:
    from sanctuary.config import server

    if not 1 <= options.count <= 100:
        raise UnusableError("make 1 to 100 at a time")
    try:
        server.connect()
    except server.STOPS as error:
        raise UnusableError(str(error)) from error
    from random import SystemRandom

    from django.utils import timezone

    from sanctuary.gateways import database
    from sanctuary.jobs import decoys
    from sanctuary.records.bulk import NoAdministrator

    with closing(database.administrator().connect()) as connection:
        try:
            made = decoys.make(options.count, timezone.now(), SystemRandom(), connection)
        except (decoys.NobodyThere, NoAdministrator) as error:
            raise UnusableError(str(error)) from error
    sys.stdout.write(f"{len(made)} made. Tell nobody which: {', '.join(made)}\n")
    return WELL


COMMAND = Command(
    name="decoy",
    help="make closed cases about nobody; opening one raises an alarm",
    about=(
        "Makes cases from the schemes' own examples, about fictional people, closed some time ago. They are found like "
        "others, are in no worklist and no figure, and opening one raises an alarm. Needs the administrator's login."
    ),
    arguments=_arguments,
    run=_decoy,
)
