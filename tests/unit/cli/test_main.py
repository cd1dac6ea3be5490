"""Does the command line explain itself?"""

from __future__ import annotations

import pytest

from sanctuary.cli import COMMANDS, main, parser


def test_help_lists_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--help"])
    said = " ".join(capsys.readouterr().out.split())
    assert ended.value.code == 0
    assert all(command.name in said and command.help in said for command in COMMANDS)


def test_no_command_is_a_wrong_call(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([])
    assert ended.value.code == 2
    assert "COMMAND" in capsys.readouterr().err


def test_every_command_has_its_help() -> None:
    for command in COMMANDS:
        with pytest.raises(SystemExit):
            parser().parse_args([command.name, "--help"])
