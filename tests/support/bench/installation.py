"""Where does the bench run? On a database of its own beside the installation's, set up like the site."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from psycopg.conninfo import make_conninfo

from sanctuary.gateways import database, embedded

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Installation:
    """What was set up: the accounts by e-mail address, and what the server calls itself."""

    staff: dict[str, UUID]
    server: str


def move_in() -> None:
    """Let everything in this process, and those that it starts, use the bench's own database. Comes first."""
    if not os.environ.get("DATABASE_URL"):
        embedded.start()
    server = database.administrator()
    os.environ["DATABASE_URL"] = make_conninfo(
        host=server.host, port=server.port, dbname=f"{server.database}_bench", user=server.role,
        **({"password": server.password} if server.password else {}), **server.options,
    )  # fmt: skip
    for login in ("APP", "DOOR"):
        os.environ.pop(f"DATABASE_{login}_URL", None)
    os.environ["DJANGO_SETTINGS_MODULE"] = "sanctuary.config.settings"


def set_up(say: Say, *, afresh: bool) -> Installation:
    """Database, tables, definitions and accounts; `afresh` without what an earlier bench left."""
    import django
    from django.core.management import call_command

    database.ensure_server()
    if afresh:
        database.throw_away()
    database.ensure_server()
    django.setup()
    call_command("migrate", database="owner", verbosity=0)
    _open_as_much_as_it_takes()
    return Installation(staff=_publish(say), server=_server())


def _open_as_much_as_it_takes() -> None:
    """No person opens so many cases in an hour."""
    from sanctuary.records import budgets

    budgets.allow(cases=(1_000_000, 1_000_000), searches=(1_000_000, 1_000_000))


def move_out() -> None:
    """Drop the bench's database."""
    from django.db import connections

    connections.close_all()
    database.throw_away()


def fill(wanted: int, staff: dict[str, UUID], now: datetime, say: Say) -> int:
    """Make cases until there are as many as wanted; how many there are."""
    from sanctuary.jobs.generation import generate
    from sanctuary.records import bulk

    with closing(database.administrator().connect()) as connection:
        there = bulk.count(connection)
        for made in generate(wanted - there, there, now, staff) if wanted > there else ():
            say(f"\r  {there + made:,} of {wanted:,} cases")
        bulk.tidy(connection)
        return bulk.count(connection)


def _publish(say: Say) -> dict[str, UUID]:
    from django.conf import settings
    from django.db import transaction
    from django.test.utils import override_settings

    from sanctuary.actions import definitions
    from sanctuary.jobs import demonstration

    for problem in definitions.publish(Path(settings.SCHEMES)):
        say(f"  {problem}\n")
    with transaction.atomic():
        schemes = definitions.running().values()
    staff: dict[str, UUID] = {}
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):  # nobody signs in here
        for scheme in schemes:
            staff |= demonstration.make_accounts(scheme, "only for the bench")
    return staff


def _server() -> str:
    with closing(database.administrator().connect()) as connection:
        version = connection.info.server_version
    return f"PostgreSQL {version // 10_000}.{version % 10_000}"
