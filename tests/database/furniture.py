"""What else stands in a random world? Rows for the tables beside cases and people, one maker for each table."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import uuid4

Rows = Mapping[str, list[dict[str, Any]]]
Furnish = Callable[[Rows, Random, datetime], Iterator[dict[str, Any]]]


def _proposals(rows: Rows, chance: Random, now: datetime) -> Iterator[dict[str, Any]]:
    """Of every kind; some about a colleague, and some in cases from which whoever proposed them is shut out."""
    for number in range(40):
        by, about, case = chance.choice(rows["account"]), chance.choice(rows["account"]), chance.choice(rows["kase"])
        if number % 4 == 0:
            pair = chance.choice(rows["conflict"])
            by = next(each for each in rows["account"] if each["id"] == pair["user_id"])
            case = next(each for each in rows["kase"] if each["id"] == pair["case_id"])
        yield {
            "id": uuid4(), "kind": chance.choice(["release", "erase", "lift_conflict"]), "case_id": case["id"],
            "reference": case["reference"], "subject": str((by if number % 8 == 0 else about)["id"]), "digest": b"",
            "agency_id": by["agency_id"], "proposed_by": by["id"], "expires": now + timedelta(days=3),
        }  # fmt: skip


def _providers(rows: Rows, chance: Random, now: datetime) -> Iterator[dict[str, Any]]:
    for agency in rows["agency"]:
        yield {
            "agency_id": agency["id"], "issuer": "https://sign-in.example", "client_id": "sanctuary",
            "nonce": bytes(12), "secret": b"",
        }  # fmt: skip


FURNITURE: Mapping[str, Furnish] = {
    "proposal": _proposals,
    "agency_provider": _providers,
}
