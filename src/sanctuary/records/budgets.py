"""How many cases and searches has one person in an hour? The limits; the database counts."""

from __future__ import annotations

from sanctuary.records.query import as_owner, run


def allow(*, cases: tuple[int, int], searches: tuple[int, int]) -> None:
    """From how many on somebody is told, and after how many there are no more. By the owner's login."""
    with as_owner():
        for what, (tell, refuse) in {"cases": cases, "searches": searches}.items():
            run("update budget set tell = %s, refuse = %s where what = %s", [tell, refuse, what], using="owner")
