"""How does a migration run one of the SQL files in `sql/`? By filling in the role names of this installation."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.db import connections
from django.db.migrations.operations import RunSQL

FOLDER = Path(__file__).parent / "sql"


def statements(name: str) -> str:
    """The text of `sql/name.sql` with {app}, {door}, {engine} and {owner} replaced by this installation's roles."""
    text = (FOLDER / f"{name}.sql").read_text(encoding="utf-8")
    quote = connections["default"].ops.quote_name
    for placeholder, role in settings.DATABASE_ROLES.items():
        text = text.replace("{" + placeholder + "}", quote(role))
    return text


def run(name: str) -> RunSQL:
    """A migration operation that runs the file. There is no way back: a record is restored, not un-migrated."""
    return RunSQL(statements(name))
