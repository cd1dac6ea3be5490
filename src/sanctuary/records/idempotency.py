"""Was this form sent before? Each carries a key, and the same key from the same person acts once."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.db import transaction

from sanctuary.records.query import row, run


def once(key: UUID, act: Callable[[], str]) -> str:
    """Run `act` and return its outcome; for a key seen before return the first outcome and run nothing.

    `act` returns something opaque, such as a case id or an address within the site: never anybody's data.
    A second send while the first is under way waits for it; where `act` raises, the key is free again.
    """
    with transaction.atomic():
        if run("insert into idempotency (key) values (%s) on conflict do nothing", [key]) == 0:
            return _outcome(key)
        outcome = act()
        run("update idempotency set outcome = %s where key = %s", [outcome, key])
        return outcome


def _outcome(key: UUID) -> str:
    found = row("select outcome from idempotency where key = %s", [key])
    if found is None or found[0] is None:
        raise RuntimeError("a form's key is taken but has no outcome")
    return str(found[0])
