"""The command line, from its own parser."""

from __future__ import annotations

import os
from argparse import ArgumentParser
from collections.abc import Mapping
from unittest.mock import patch

from sanctuary.cli import COMMANDS, parser
from tests.support.pages.markdown import code, page, table

_INTRODUCTION = """
`sanctuary` is installed in the environment that `make setup` makes, at `.venv/bin/sanctuary`.

| ends with | when |
| --- | --- |
| 0 | all is well |
| 1 | something in the files is wrong; each problem is told as `file:line:column: message` |
| 2 | the command cannot be carried out as it was given |
"""
_ANSWER = """
## What `why --json` answers

| key | what it holds |
| --- | --- |
| `scheme`, `version` | the definition that was asked |
| `at` | the time asked about; times are ISO 8601 in London |
| `stage` | one of the seven stages |
| `outcome` | `open`, `stopped`, or the closing reason |
| `done` | the steps that are done |
| `open` | the steps that can be done now: `step`, `who` (roles), `since`, `due` (null: no target) |
| `waiting` | the steps that cannot be done yet: `step`, `on` (steps, questions, or the time from which it is open) |
| `stopped` | each no: `rule`, `reason`, `facts`, `source`, `alternatives` |
| `unknown` | the questions that would settle what is undecided |
"""


def pages() -> Mapping[str, str]:
    """The page of all commands."""
    with patch.dict(os.environ, {"COLUMNS": "100"}):
        several = [_command(command.name) for command in COMMANDS]
    listed = table(("command", "what it does"), ((f"`sanctuary {each.name}`", each.help) for each in COMMANDS))
    return {"docs/reference/commands.md": page("The command line", _INTRODUCTION, listed, *several, _ANSWER)}


def _command(name: str) -> str:
    return f"## sanctuary {name}\n\n{code(_single(name).format_help(), 'text')}"


def _single(name: str) -> ArgumentParser:
    """The parser of one command, which argparse keeps in the action of all of them."""
    whole = parser()
    choices = next(action.choices for action in whole._actions if isinstance(action.choices, Mapping))
    found: ArgumentParser = choices[name]
    return found
