"""What code does the fictional county's app show now? For whoever signs in to it from this machine, without a phone."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from datetime import UTC, datetime

from sanctuary.cli.command import WELL, Command, UnusableError


def _none(parser: ArgumentParser) -> None:
    del parser


def _code(options: Namespace) -> int:
    from sanctuary.config import county

    del options
    found = county.code(datetime.now(UTC))
    if found is None:
        raise UnusableError("there is no fictional county here: make run makes one")
    shown, left = found
    sys.stdout.write(f"{shown}  for {left} seconds more; each account takes a code once\n")
    return WELL


COMMAND = Command(
    name="code",
    help="the county's code at this moment",
    about="Prints the 6 figures that demonstration accounts are asked for after their password, and their time left.",
    arguments=_none,
    run=_code,
)
