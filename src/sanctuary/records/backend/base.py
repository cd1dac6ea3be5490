"""How does a transaction learn who is asking? This connection says so after BEGIN, and answers nothing outside one.

Who may see what is decided by policies in the database; whose token it is, by `records.context`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.backends.postgresql import base

from sanctuary.records import context


class OutsideTransaction(Exception):
    """A question was put outside a transaction, where nobody is asking and nothing would be found."""


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's PostgreSQL connection that starts each transaction with the token in `context`."""

    def __init__(self, *words: Any, **settings: Any) -> None:
        super().__init__(*words, **settings)
        self.execute_wrappers.append(_inside_a_transaction)

    def set_autocommit(self, autocommit: bool, force_begin_transaction_with_broken_autocommit: bool = False) -> None:
        """As Django's; a transaction that begins here begins with who is asking."""
        super().set_autocommit(autocommit, force_begin_transaction_with_broken_autocommit)
        if not autocommit:
            self._say_who_is_asking()

    def _say_who_is_asking(self) -> None:
        token = context.token()
        if token is None or self.connection is None:
            return
        try:
            with self.wrap_database_errors:
                self.connection.execute("select begin_ctx(%s)", [token])
        except Exception:
            self.close()  # a connection that half began would serve the next request
            raise


def _inside_a_transaction(execute: Callable[..., Any], statement: str, values: Any, many: bool, about: Any) -> Any:
    if about["connection"].get_autocommit():
        raise OutsideTransaction("open transaction.atomic() in the action or request before asking the record")
    return execute(statement, values, many, about)
