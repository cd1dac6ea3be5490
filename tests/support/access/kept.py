"""Has anything been written? How many rows every table holds, and when the last of them was."""

from __future__ import annotations

from collections.abc import Mapping

from psycopg import sql

from tests.support.database import administrator

# Who looked, or tried to, is noted; that somebody is still there, too; and, sealed, what somebody typed whose session
# had ended, for when they are back.
NOTES = (
    "sign_in_session", "audit_entry", "audit_link", "django_migrations", "sign_in_try", "challenge", "sign_in_attempt",
    "carried_form",
)  # fmt: skip


def everything_kept() -> Mapping[str, tuple[int, int]]:
    """For each table but those that only note a look: its rows, and the youngest transaction that wrote one."""
    one = sql.SQL("select {}, count(*), coalesce(max(xmin::text::bigint), 0) from {}")
    with administrator() as connection:
        tables = [
            name
            for (name,) in connection.execute(
                "select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'"
            )
            if name not in NOTES
        ]
        parts = [one.format(sql.Literal(name), sql.Identifier(name)) for name in tables]
        found = connection.execute(sql.SQL(" union all ").join(parts)).fetchall()
    return {name: (count, youngest) for name, count, youngest in found}
