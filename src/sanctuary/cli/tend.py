"""What has to be done beside the site, and does it run? The command for periodic tasks."""

from __future__ import annotations

import os
import sys
import threading
from argparse import ArgumentParser, Namespace
from contextlib import suppress

from sanctuary.cli.command import WELL, WRONG, Command, UnusableError


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--every", type=float, metavar="SECONDS", help="do it again and again, until interrupted")
    parser.add_argument("--with-parent", action="store_true", help="end when the standard input closes")


def _tend(options: Namespace) -> int:
    from sanctuary.config import server

    if options.with_parent:
        threading.Thread(target=end_with_parent, daemon=True).start()
    try:
        server.connect()
    except server.STOPS as error:
        raise UnusableError(str(error)) from error
    return _on_and_on(options.every) if options.every else _once()


def _once() -> int:
    from django.utils import timezone

    from sanctuary.jobs.tending import tend

    code = WELL
    for ran in tend(timezone.now(), all_of_them=True):
        sys.stdout.write(f"{ran.name}: {'done' if ran.done else 'failed'}, {ran.figure}\n")
        code = code if ran.done else WRONG
    return code


def _on_and_on(seconds: float) -> int:
    from django.utils import timezone

    from sanctuary.jobs.tending import tend_on

    with suppress(KeyboardInterrupt):
        tend_on(timezone.now, seconds)
    return WELL


def end_with_parent() -> None:
    """Whoever started this holds the other end of our input: when they are gone, however they went, it closes."""
    while sys.stdin.buffer.read(1024):
        continue
    os._exit(0)


COMMAND = Command(
    name="tend",
    help="do what has to be done beside the site: checkpoints, alarms, what falls due",
    about=(
        "Runs every periodic task once, or again and again with --every, each at most as often as it needs. "
        "A task that fails stops no other. Ends with 1 where one failed."
    ),
    arguments=_arguments,
    run=_tend,
)
