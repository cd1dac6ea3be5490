"""Is the record of who read and wrote what as it was written? The command that says so, and what is wrong where."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from sanctuary.cli.command import WELL, WRONG, Command, UnusableError


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--checkpoints", type=Path, metavar="FOLDER", help="a copy of them that was kept elsewhere")


def _verify(options: Namespace) -> int:
    from sanctuary.config import server

    if options.checkpoints and not options.checkpoints.is_dir():
        raise UnusableError(f"there is no folder {options.checkpoints}")
    try:
        server.connect()
    except server.STOPS as error:
        raise UnusableError(str(error)) from error
    from sanctuary.jobs.verification import verify

    wrong = 0
    for sentence in verify(options.checkpoints):
        wrong += 1
        sys.stdout.write(f"{sentence}\n")
    sys.stdout.write("The audit is not whole.\n" if wrong else "The audit is whole, as far as the checkpoints reach.\n")
    return WRONG if wrong else WELL


COMMAND = Command(
    name="verify-audit",
    help="check that nothing was changed in who read and wrote what",
    about=(
        "Works out the chains of all readings and writings again, compares them with the events and with the "
        "checkpoints outside the database, and says what is wrong and where. Ends with 1 where something is."
    ),
    arguments=_arguments,
    run=_verify,
)
