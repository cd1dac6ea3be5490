"""What is a subcommand? Its name, its words of help, its arguments and what it does."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from dataclasses import dataclass

# What a run ends with: all well; something in the files is wrong; the command cannot be carried out as it was given.
WELL, WRONG, UNUSABLE = 0, 1, 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """A subcommand. `run` returns the exit code; what it cannot use it raises as `UnusableError`."""

    name: str
    help: str
    about: str
    arguments: Callable[[ArgumentParser], None]
    run: Callable[[Namespace], int]


class UnusableError(Exception):
    """The command cannot be carried out as it was given. The message says what to do."""
