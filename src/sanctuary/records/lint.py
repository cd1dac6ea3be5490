"""Is this database as safe as it was built to be? Asked when the site starts; production does not start otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning
from django.db import transaction

from sanctuary.records.query import row, rows

SCRIPT = Path(__file__).parent / "sql" / "lint.sql"
# The oldest minor release of each major one that production may run on: those of August 2026.
OLDEST_MINOR = {15: 19, 16: 15, 17: 11, 18: 5}


class UnsafeDatabase(Exception):
    """Production refuses to start; the message lists why."""


def findings() -> list[str]:
    """What is wrong in the catalogue, one sentence each; empty where all is well."""
    roles = settings.DATABASE_ROLES
    statement = SCRIPT.read_text(encoding="utf-8")
    with transaction.atomic():
        return [str(line[0]) for line in rows(statement, [roles["app"], roles["door"], roles["engine"]])]


def server_findings() -> list[str]:
    """What is wrong with the server itself."""
    with transaction.atomic():
        found = row("select current_setting('server_version_num')::integer, current_setting('server_encoding')")
    return [*_version(found[0]), *_encoding(found[1])] if found else ["the server does not say what it is"]


def refuse_unsafe() -> None:
    """In production, raise UnsafeDatabase if anything is wrong. Call it before the first request is served."""
    wrong = [*server_findings(), *findings()]
    if wrong and settings.PRODUCTION:
        raise UnsafeDatabase("The database is not safe to use:\n" + "\n".join(f"- {sentence}" for sentence in wrong))


def check_database(databases: Sequence[str] | None = None, **words: Any) -> list[CheckMessage]:
    """The same as a Django check, for `check --database default`. Old releases are errors in production only."""
    if not databases or "default" not in databases:
        return []
    old = Error if settings.PRODUCTION else Warning
    return [
        *(Error(sentence, id="records.E001") for sentence in findings()),
        *(old(sentence, id="records.E002") for sentence in server_findings()),
    ]


def _version(number: int) -> list[str]:
    major, minor = divmod(number, 10000)
    if major < min(OLDEST_MINOR):
        return [f"PostgreSQL {major} is too old: {min(OLDEST_MINOR)} or newer is needed"]
    if minor < OLDEST_MINOR.get(major, 0):
        return [f"PostgreSQL {major}.{minor} lacks security fixes: {major}.{OLDEST_MINOR[major]} or newer is needed"]
    return []


def _encoding(name: str) -> list[str]:
    return [] if name == "UTF8" else [f"the database is encoded in {name}, which loses names; UTF8 is needed"]
