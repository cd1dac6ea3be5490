"""Does the embedded server start for whoever needs it, once, and trust nobody?"""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from sanctuary.gateways import database, embedded, keys
from sanctuary.gateways.home import CHECKOUT, home

PROGRAM = """
import json, sys
from sanctuary.gateways import database, embedded, keys
arranged = database.ensure_server()
with arranged.app.connect() as app:
    who, encoding = app.execute("select current_user, current_setting('server_encoding')").fetchone()
    limits = app.execute("select current_setting('statement_timeout'), current_setting('lock_timeout')").fetchone()
found = {"who": who, "encoding": encoding, "limits": limits, "key": keys.master_key().hex(), "host": arranged.app.host}
print(json.dumps(found))
"""


def elsewhere(place: Path) -> dict[str, str]:
    """The environment of an installation of its own at `place`, on the embedded server."""
    dropped = ("DATABASE_URL", "DATABASE_APP_URL", "DATABASE_DOOR_URL", "SANCTUARY_MASTER_KEY", "SANCTUARY_SIGNING_KEY")
    kept = {name: value for name, value in os.environ.items() if name not in dropped}
    return {**kept, "SANCTUARY_HOME": str(place), "PYTHONPATH": str(CHECKOUT / "src")}


def several(place: Path, count: int) -> list[dict[str, object]]:
    """What `count` processes that begin together find."""
    begun = [
        subprocess.Popen(
            [sys.executable, "-c", PROGRAM], env=elsewhere(place), stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        for _ in range(count)
    ]
    said = [process.communicate() for process in begun]
    assert [process.returncode for process in begun] == [0] * count, said
    return [json.loads(out) for out, _ in said]


@pytest.fixture(scope="module")
def homes() -> Iterator[Path]:
    """A directory for installations. Not pytest's own, which every run of pytest closes to the server's user again."""
    with tempfile.TemporaryDirectory(prefix="sanctuary-homes-") as name:
        yield Path(name)


@pytest.fixture
def place(homes: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The home of an installation that these tests share, since making one takes seconds."""
    live_at(homes / "home", monkeypatch)
    yield homes / "home"
    embedded.stop()


def live_at(chosen: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have this process be part of the installation at `chosen`."""
    environment = elsewhere(chosen)
    for name in os.environ.keys() - environment.keys():
        monkeypatch.delenv(name)
    monkeypatch.setenv("SANCTUARY_HOME", str(chosen))


def test_many_processes_start_one_server_and_it_trusts_nobody(place: Path) -> None:
    found = several(place, 4)
    assert all(each == found[0] for each in found)
    assert (found[0]["who"], found[0]["encoding"], found[0]["limits"]) == ("sanctuary_app", "UTF8", ["5s", "2s"])
    access = (place / "postgres" / "pg_hba.conf").read_text()
    rules = [line.split() for line in access.splitlines() if line and not line.startswith("#")]
    assert [(rule[1], rule[2], rule[3]) for rule in rules] == [
        ("all", "postgres", "peer"),
        ("all", "all", "scram-sha-256"),
    ]
    embedded.stop()
    assert several(place, 1) == found[:1]  # a second start keeps data, logins and keys


def test_files_of_an_older_version_are_put_right_while_it_runs(place: Path) -> None:
    database.ensure_server()
    access = place / "postgres" / "pg_hba.conf"
    access.write_text("local all all trust\n")
    database.ensure_server()
    assert access.read_text() == embedded.ACCESS


def test_secrets_are_for_one_pair_of_eyes(place: Path) -> None:
    keys.master_key()
    database.addresses()
    files = list((place / "secrets").iterdir())
    assert len(files) == 2
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
    assert stat.S_IMODE((place / "secrets").stat().st_mode) == 0o700
    assert "password" not in repr(database.addresses())


def test_a_home_with_a_long_path_has_its_socket_elsewhere(homes: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    deep = homes / ("deep" * 20)
    live_at(deep, monkeypatch)
    sockets = embedded.socket_directory()
    assert len(str(sockets / ".s.PGSQL.5432")) < 107
    try:
        (found,) = several(deep, 1)
        assert found["host"] == str(sockets)
    finally:
        embedded.stop()
        sockets.rmdir()


def test_a_server_that_does_not_start_says_what_to_do(place: Path) -> None:
    database.ensure_server()
    embedded.stop()
    version = place / "postgres" / "PG_VERSION"
    right = version.read_text()
    version.write_text("9.1\n")
    with pytest.raises(embedded.ServerDidNotStart, match="Look in"):
        database.ensure_server()
    version.write_text(right)


def test_an_address_that_cannot_be_used_is_explained(monkeypatch: pytest.MonkeyPatch) -> None:
    for url, word in (
        ("nonsense", "should look like"),
        ("postgresql://host", "names no database or no user"),
        ("postgresql://somebody:x@127.0.0.1:1/nowhere", "cannot be reached as somebody"),
    ):
        monkeypatch.setenv("DATABASE_URL", url)
        with pytest.raises(database.BadAddress, match=word) as refusal:
            database.ensure_server()
        assert ":x@" not in str(refusal.value)


def test_a_web_server_in_production_is_given_two_logins_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("DATABASE_APP_URL", "postgresql://site_app:a@db.example/site?sslmode=verify-full")
    monkeypatch.setenv("DATABASE_DOOR_URL", "postgresql://site_door:b@db.example/site?sslmode=verify-full")
    found = database.ensure_server()
    assert found.owner is None
    assert (found.app.role, found.door.role, found.engine) == ("site_app", "site_door", "site_engine")
    assert found.app.options == {"sslmode": "verify-full"}


@pytest.mark.parametrize("given", ["not base64!", "c2hvcnQ="])
def test_a_key_from_outside_that_is_no_key_is_refused(given: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SANCTUARY_MASTER_KEY", given)
    with pytest.raises(keys.BadKey, match="SANCTUARY_MASTER_KEY"):
        keys.master_key()


def test_a_key_from_outside_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SANCTUARY_MASTER_KEY", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=")
    assert keys.master_key() == bytes(range(32))


def test_the_settings_start_nothing(tmp_path: Path) -> None:
    command = [sys.executable, "-c", "import sanctuary.config.settings"]
    subprocess.run(command, env=elsewhere(tmp_path / "home"), check=True)
    assert not (tmp_path / "home" / "postgres").exists()
    assert home() != tmp_path
