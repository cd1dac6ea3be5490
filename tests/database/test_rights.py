"""Does each login run its own functions only, would a right too many be found, and does the site then not start?"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings
from psycopg import sql

from sanctuary.gateways import database, embedded
from sanctuary.records import lint
from tests.database.test_server import elsewhere, live_at
from tests.support.access import written
from tests.support.database import administrator, on_the_record
from tests.support.proof import figure

pytestmark = on_the_record

LOGINS = {"application": "app", "door": "door", "owner": "owner"}
MADE_READY = """
import os
from sanctuary.gateways.database import ensure_server
ensure_server()
os.environ["DJANGO_SETTINGS_MODULE"] = "sanctuary.config.settings"
import django
django.setup()
from django.core.management import call_command
call_command("migrate", database="owner", verbosity=0)
"""


def test_each_login_runs_its_own_functions_and_no_others() -> None:
    told = {row["Login"]: set(written.codes(row["Runs"])) for row in written.rows("Below the pages") if "Login" in row}
    assert told.keys() == LOGINS.keys()
    with administrator() as connection:
        for name, alias in LOGINS.items():
            found = connection.execute(
                "select distinct f.proname from pg_proc f where f.pronamespace = 'public'::regnamespace "
                "and pg_get_userbyid(f.proowner) = %s and has_function_privilege(%s, f.oid, 'execute')",
                [settings.DATABASE_ROLES["engine"], settings.DATABASE_ROLES[alias]],
            ).fetchall()
            assert {function for (function,) in found} == told[name], name
    figure(f"{sum(map(len, told.values()))} functions for three logins, each with its line")


def test_every_right_too_many_is_found() -> None:
    """Each right that a login has not, on each table: given, and looked for in what the look at the catalogue says."""
    roles = [settings.DATABASE_ROLES[name] for name in ("app", "door", "engine")]
    with administrator() as connection, connection.transaction(force_rollback=True):
        assert connection.execute(lint.script(), roles).fetchall() == []
        wider = list(widenings(connection))
        for right, table, login in wider:
            names = sql.SQL(right), sql.Identifier(table), sql.Identifier(login)
            connection.execute(sql.SQL("grant {} on {} to {}").format(*names))
        found = {line[0] for line in connection.execute(lint.script(), roles).fetchall()}
    unseen = [f"{login} may {right} on {table}" for right, table, login in wider]
    unseen = [sentence for sentence in unseen if sentence not in found]
    figure(f"{len(wider)} rights too many, {len(wider) - len(unseen)} found")
    assert unseen == []
    assert len(wider) > 100


def widenings(connection: psycopg.Connection[Any]) -> Iterator[tuple[str, str, str]]:
    """Rights on tables that the logins of requests have not."""
    tables = connection.execute(
        "select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' "
        "and relname <> 'django_migrations' order by 1"
    ).fetchall()
    rights = ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER")
    for (table,), alias, right in product(tables, ("app", "door"), rights):
        login = settings.DATABASE_ROLES[alias]
        held = connection.execute("select has_table_privilege(%s, %s, %s)", [login, table, right]).fetchone()
        if held == (False,):
            yield right, table, login


@pytest.mark.slow
def test_production_does_not_start_on_an_unsafe_database(monkeypatch: pytest.MonkeyPatch) -> None:
    """Through the real start of a web server, in an installation of its own: once sound, then with a defect."""
    with tempfile.TemporaryDirectory(prefix="sanctuary-start-") as name:
        place = Path(name) / "home"
        live_at(place, monkeypatch)
        try:
            ready = python(place, MADE_READY)
            assert ready.returncode == 0, ready.stderr
            sound = started(place)
            assert sound.returncode == 0, sound.stderr
            with database.administrator().connect() as connection:
                app = sql.Identifier(database.addresses().app.role)
                connection.execute(sql.SQL("grant update on kase to {}").format(app))
            for environment in ("development", "production"):
                refused = started(place, environment)
                assert refused.returncode != 0, environment
                assert "may UPDATE on kase" in refused.stderr
        finally:
            embedded.stop()


def started(place: Path, environment: str = "development") -> subprocess.CompletedProcess[str]:
    """What comes of a web server's loading the site."""
    return python(place, "import sanctuary.config.wsgi", environment)


def python(place: Path, program: str, environment: str = "development") -> subprocess.CompletedProcess[str]:
    """A program of the installation at `place`."""
    words = {**elsewhere(place), "SANCTUARY_ENV": environment}
    return subprocess.run([sys.executable, "-c", program], env=words, capture_output=True, text=True, check=False)
