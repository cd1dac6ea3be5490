"""Whose session does this request or job act for? The token alone; the database looks up and signs the rest."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import connections

_token: ContextVar[str | None] = ContextVar("session_token", default=None)


class MidTransaction(Exception):
    """Who is asking cannot change while a transaction is open."""


def token() -> str | None:
    """The session token of this request, or None where nobody is signed in."""
    return _token.get()


@contextmanager
def acting(session_token: str | None) -> Iterator[None]:
    """Let the transactions that begin inside act for `session_token`. Threads started inside do not inherit it.

    Raises MidTransaction where a transaction is already open.
    """
    if connections["default"].in_atomic_block:
        raise MidTransaction("say who is asking before the transaction begins")
    mark = _token.set(session_token)
    try:
        yield
    finally:
        _token.reset(mark)
