"""May anybody sign in at all? Stopping everyone at once, and letting people in again."""

from __future__ import annotations

from sanctuary.records.query import as_owner, row

# With which code the database refuses a session while everyone is stopped.
STOPPED = "SB503"


def stop_everyone() -> bool:
    """End every session, and let nobody sign in. False for one without oversight, or who did not prove it lately."""
    found = row("select stop_everyone()")
    return bool(found and found[0])


def stop_by_owner() -> None:
    """The same from the terminal, by the owner's login."""
    with as_owner():
        row("select stop_all(null)", using="owner")


def let_in() -> bool:
    """Let people sign in again, by the owner's login: whether they had been stopped."""
    with as_owner():
        found = row("select let_in()", using="owner")
    return bool(found and found[0])


def is_refusal(error: BaseException | None) -> bool:
    """Whether the database refused a session because everyone is stopped."""
    return getattr(getattr(error, "__cause__", None), "sqlstate", "") == STOPPED
