"""What can be asked of Sanctuary at a terminal? The table of subcommands; each is a module of its own."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections.abc import Sequence

from sanctuary.cli import (
    check,
    code,
    compare,
    decoy,
    draw,
    invite,
    publish,
    screen,
    site,
    standstill,
    tend,
    verify,
    why,
)
from sanctuary.cli.command import UNUSABLE, Command, UnusableError

# A further subcommand is one more entry here.
COMMANDS: tuple[Command, ...] = (
    check.COMMAND,
    why.COMMAND,
    compare.COMMAND,
    draw.COMMAND,
    publish.COMMAND,
    site.SERVE,
    site.RESET,
    site.REPLAY,
    code.COMMAND,
    tend.COMMAND,
    verify.COMMAND,
    standstill.STOP,
    standstill.LET_IN,
    decoy.COMMAND,
    invite.COMMAND,
    screen.COMMAND,
)


def parser() -> ArgumentParser:
    """The parser of the whole command line."""
    whole = ArgumentParser(prog="sanctuary", description="Runs any Sanctuary Scheme from its own written procedure.")
    several = whole.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for command in COMMANDS:
        single = several.add_parser(command.name, help=command.help, description=command.about)
        command.arguments(single)
        single.set_defaults(run=command.run)
    return whole


def main(arguments: Sequence[str] | None = None) -> int:
    """Carry out a command. The exit code: 0 all is well, 1 something in the files is wrong, 2 a wrong call."""
    options = parser().parse_args(arguments)
    try:
        code: int = options.run(options)
        sys.stdout.flush()
    except UnusableError as error:
        sys.stderr.write(f"sanctuary: {error}\n")
        return UNUSABLE
    except BrokenPipeError:
        # Whoever was reading has seen enough: nothing is left to say, not even at the end of the program.
        sys.stdout = None
        return 0
    return code
