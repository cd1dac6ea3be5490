"""Is this database as safe as it was built to be? Asked when the site starts; production does not start otherwise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning
from django.db import transaction

from sanctuary.records import crypto, disposal
from sanctuary.records.query import row, rows

SCRIPT = Path(__file__).parent / "sql" / "lint.sql"
# The oldest minor release of each major one that production may run on: those of August 2026.
OLDEST_MINOR = {15: 19, 16: 15, 17: 11, 18: 5}
# On these settings neither a statement that fails nor its message, which quotes values, goes to the server's log.
QUIET_LOG = {
    "log_min_messages": "log",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_statement": "none",
}


class UnsafeDatabase(Exception):
    """The site refuses to start; the message lists why."""


def script() -> str:
    """The catalogue lint. Parameters: the logins of the application and the door, and the role owning the functions."""
    return SCRIPT.read_text(encoding="utf-8")


def opens(connection: psycopg.Connection[Any]) -> bool:
    """Whether this installation's master key opens what was recorded, where this login can see any of it."""
    try:
        found = connection.execute("select wrapped, case_id, compartment from case_key limit 1").fetchone()
        if found is not None:
            crypto.unwrap(*found)
    except psycopg.errors.InsufficientPrivilege:
        return True
    except crypto.Damaged:
        return False
    return True


def catalogue_findings() -> list[str]:
    """What is wrong with tables, policies, functions and roles, one sentence each; empty where all is well."""
    roles = settings.DATABASE_ROLES
    with transaction.atomic():
        return [str(line[0]) for line in rows(script(), [roles["app"], roles["door"], roles["engine"]])]


def login_findings() -> list[str]:
    """What is wrong with the login that serves requests, asked of the server and not of the settings."""
    with transaction.atomic():
        found = row(
            "select r.rolname, r.rolsuper, r.rolbypassrls, exists (select 1 from pg_class c where "
            "c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and pg_has_role(r.oid, c.relowner, 'member')) "
            "from pg_roles r where r.rolname = session_user"
        )
    name, superuser, passes, owns = found or ("nobody", True, True, True)
    wrong = {"is a superuser": superuser, "passes over row-level security": passes, "owns tables": owns}
    return [f"the site logs in as {name}, which {what}" for what, so in wrong.items() if so]


def server_findings() -> list[str]:
    """What is wrong with the server itself: an old release, an encoding that loses names, a log that tells."""
    with transaction.atomic():
        version, encoding = row(
            "select current_setting('server_version_num')::integer, current_setting('server_encoding')"
        ) or (0, "")
        log: dict[str, str] = dict(
            rows("select name, setting from pg_settings where name = any(%s)", [list(QUIET_LOG)])
        )
    return [*old_release(version), *lossy(encoding), *talkative(log)]


def erasure_findings(erased: Sequence[UUID]) -> list[str]:
    """What to say where records that were destroyed, these cases, have come back with an old copy of the database."""
    back = len(disposal.still_here(erased)) if erased else 0
    if not back:
        return []
    return [f"{back} records that were destroyed are here again: run sanctuary replay-erasures by the owner's login"]


def refuse_unsafe(erased: Sequence[UUID] = ()) -> None:
    """Raise UnsafeDatabase if anything is wrong; with the server itself, in production only.

    `erased` are the cases that the ledger outside the database tells of. Call it before the first request is served.
    """
    wrong = [*login_findings(), *catalogue_findings(), *(server_findings() if settings.PRODUCTION else [])]
    wrong += erasure_findings(erased)
    if wrong:
        raise UnsafeDatabase("The database is not safe to use:\n" + "\n".join(f"- {sentence}" for sentence in wrong))


def check_database(databases: Sequence[str] | None = None, **words: Any) -> list[CheckMessage]:
    """The same as a Django check, for `check --database default`. What is wrong with the server is a warning here."""
    if not databases or "default" not in databases:
        return []
    return [
        *(Error(sentence, id="records.E001") for sentence in [*login_findings(), *catalogue_findings()]),
        *(Warning(sentence, id="records.W001") for sentence in server_findings()),
    ]


def old_release(number: int) -> list[str]:
    """What to say of a server_version_num such as 180004."""
    major, minor = divmod(number, 10000)
    if major < min(OLDEST_MINOR):
        return [f"PostgreSQL {major} is too old: {min(OLDEST_MINOR)} or newer is needed"]
    if minor < OLDEST_MINOR.get(major, 0):
        return [f"PostgreSQL {major}.{minor} lacks security fixes: {major}.{OLDEST_MINOR[major]} or newer is needed"]
    return []


def lossy(encoding: str) -> list[str]:
    """What to say of the database's encoding."""
    return [] if encoding == "UTF8" else [f"the database is encoded in {encoding}, which loses names; UTF8 is needed"]


def talkative(log: Mapping[str, str]) -> list[str]:
    """What to say of the server's log settings."""
    return [
        f"the server logs what fails with its content: set {name} to {quiet}"
        for name, quiet in QUIET_LOG.items()
        if log.get(name) != quiet
    ]
