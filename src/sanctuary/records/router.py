"""Which login does a Django model or migration use? Migrations the owner's; the application's own for all else."""

from __future__ import annotations

from typing import Any

SERVING = frozenset({"default", "door"})


class Router:
    """Tables are changed by the owner alone, and read by the login that row-level security holds."""

    def db_for_read(self, model: Any, **hints: Any) -> str:
        """The application's login."""
        return "default"

    def db_for_write(self, model: Any, **hints: Any) -> str:
        """The application's login."""
        return "default"

    def allow_relation(self, one: Any, other: Any, **hints: Any) -> bool:
        """All logins lead to one database."""
        return True

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        """Not over a login that serves requests."""
        return db not in SERVING
