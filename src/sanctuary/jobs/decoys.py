"""Which cases are about nobody? Made like others and closed, and marked where the site cannot read it.

No work leads to a closed case in which nobody ever had a part: whoever opens it went looking.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from random import Random
from typing import Any
from uuid import UUID

from sanctuary.jobs.demonstration import address_of
from sanctuary.jobs.generation import Order, wholes
from sanctuary.records import accounts, bulk

# References are numbers' own: these are far from those of a register that was loaded.
FIRST, LAST = 400_000_000, 700_000_000
TRIES = 400


class NobodyThere(Exception):
    """Too few colleagues have an account for a whole case to be told of them."""


def make(count: int, now: datetime, chance: Random, connection: Any) -> list[str]:
    """Make so many decoys, all or none, over a superuser's connection; their references.

    Raises NobodyThere where agencies lack people, bulk.NoAdministrator where the connection is no superuser's.
    """
    staff = {address_of(role, agency): account for account, role, agency in accounts.parts_played()}
    made = [_closed(now, chance, staff) for _ in range(count)]
    bulk.load_decoys(connection, made)
    return [whole.reference for whole in made]


def _closed(now: datetime, chance: Random, staff: Mapping[str, UUID]) -> bulk.Whole:
    """A case that ended, told by people who are here."""
    for _ in range(TRIES):
        order = Order(first=chance.randrange(FIRST, LAST), count=1, now=now, staff=staff)
        try:
            (whole,) = wholes(order)
        except KeyError:  # somebody in this story has no account here
            continue
        if not any(grant.is_open for grant in whole.grants):
            return whole
    raise NobodyThere("too few colleagues have accounts here: every role of an area that ends cases needs one")
