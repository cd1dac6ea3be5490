"""What else stands in a random world? Rows for the tables beside cases and people, one maker for each table."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from psycopg.types.json import Jsonb

Rows = Mapping[str, list[dict[str, Any]]]
Furnish = Callable[[Rows, Random, datetime], Iterator[dict[str, Any]]]


def new_id(chance: Random) -> UUID:
    """A number that nothing else has, the same one for the same seed."""
    return UUID(int=chance.getrandbits(128), version=4)


def _proposals(rows: Rows, chance: Random, now: datetime) -> Iterator[dict[str, Any]]:
    """Of every kind; some about a colleague with oversight, some where whoever proposed them is shut out."""
    for number in range(90):
        by, about, case = chance.choice(rows["account"]), chance.choice(rows["account"]), chance.choice(rows["kase"])
        if number % 3 == 0:
            pair = chance.choice(rows["conflict"])
            by = next(each for each in rows["account"] if each["id"] == pair["user_id"])
            case = next(each for each in rows["kase"] if each["id"] == pair["case_id"])
        if number % 3 == 1:
            about = chance.choice([each for each in rows["account"] if "oversight" in each["duties"]])
            by = chance.choice([each for each in rows["account"] if each["agency_id"] == about["agency_id"]])
        yield {
            "id": new_id(chance), "kind": chance.choice(["release", "erase", "lift_conflict"]), "case_id": case["id"],
            "reference": case["reference"], "subject": str((by if number % 6 == 0 else about)["id"]), "digest": b"",
            "agency_id": by["agency_id"], "proposed_by": by["id"], "expires": now + timedelta(days=3),
        }  # fmt: skip
    for pack in rows["pack"]:
        by = chance.choice([each for each in rows["account"] if each["agency_id"] == pack["agency_id"]])
        yield {
            "id": new_id(chance), "kind": chance.choice(["release", "release", "erase"]),
            "case_id": chance.choice([pack["case_id"], chance.choice(rows["kase"])["id"]]),
            "reference": "NOR", "subject": str(pack["id"]), "digest": b"", "agency_id": by["agency_id"],
            "proposed_by": by["id"], "expires": now + timedelta(days=3),
        }  # fmt: skip


def _packs(rows: Rows, chance: Random, now: datetime) -> Iterator[dict[str, Any]]:
    for _ in range(40):
        by = chance.choice(rows["account"])
        yield {
            "id": new_id(chance), "case_id": chance.choice(rows["kase"])["id"], "at_seq": 1, "recipient": "person",
            "items": 1, "parts": [0], "digest": bytes(32), "agency_id": by["agency_id"], "made_by": by["id"],
        }  # fmt: skip


def _messages(rows: Rows, chance: Random, now: datetime) -> Iterator[dict[str, Any]]:
    """To a person, to a role, to a duty; about a case, some in which its reader is shut out; opened, over, waiting."""
    for number in range(160):
        reader, case = chance.choice(rows["account"]), chance.choice(rows["kase"])["id"]
        to = chance.choice(["person", "role", "duty"])
        if number % 3 == 0:
            pair = chance.choice(rows["conflict"])
            reader = next(each for each in rows["account"] if each["id"] == pair["user_id"])
            case = pair["case_id"]
        yield {
            "id": new_id(chance), "kind": "shared", "case_id": case,
            "account_id": reader["id"] if to == "person" else None,
            "agency_id": None if to == "person" else reader["agency_id"],
            "role": reader["role"] if to == "role" else None,
            "duty": chance.choice(reader["duties"] or ["oversight"]) if to == "duty" else None,
            "valid_until": now + timedelta(days=chance.choice([1, 1, 1, 9, -1])),
            "opened": chance.choice([None, None, None, now]),
        }  # fmt: skip


def _emergencies(rows: Rows, chance: Random, now: datetime) -> Iterator[dict[str, Any]]:
    for number in range(60):
        by, case = chance.choice(rows["account"]), chance.choice(rows["kase"])["id"]
        overseeing = chance.sample(rows["agency"], 2)
        if number % 3 == 0:
            pair = chance.choice(rows["conflict"])
            shut_out = next(each for each in rows["account"] if each["id"] == pair["user_id"])
            by = shut_out if number % 6 else by
            overseeing[0], case = {"id": shut_out["agency_id"]}, pair["case_id"]
        yield {
            "id": new_id(chance), "case_id": case, "reference": "NOR", "number": 1000 + number, "account_id": by["id"],
            "agency_id": by["agency_id"], "role": by["role"], "agencies": [each["id"] for each in overseeing],
            "opened": now, "ends": now + timedelta(hours=1), "review_due": now + timedelta(hours=9),
            "nonce": bytes(12), "reason": b"",
        }  # fmt: skip


def _invitations(rows: Rows, chance: Random, now: datetime) -> Iterator[dict[str, Any]]:
    for agency in rows["agency"]:
        for _ in range(3):
            yield {
                "id": new_id(chance), "token_hash": new_id(chance).bytes * 2, "code_hash": bytes(32),
                "email": f"{new_id(chance).hex}@agency.example", "name": "Kim Example", "agency_id": agency["id"],
                "role": "housing", "duties": [],
            }  # fmt: skip


def _people_log(rows: Rows, chance: Random, now: datetime) -> Iterator[dict[str, Any]]:
    for agency in rows["agency"]:
        yield {"id": new_id(chance), "agency_id": agency["id"], "act": "invited"}


def _disposals(rows: Rows, chance: Random, now: datetime) -> Iterator[dict[str, Any]]:
    """Of cases that are gone, since nothing comes back to one that was destroyed; some with a lead kept from them."""
    leads = [each for each in rows["account"] if "oversight" in each["duties"]]
    for lead in [None] * 9 + leads:
        letters, case = new_id(chance).hex.upper(), new_id(chance)
        agencies = [each["id"] for each in chance.sample(rows["agency"], 2)]
        if lead:
            rows["conflict"].append({"user_id": lead["id"], "case_id": case})
            agencies[0] = lead["agency_id"]
        yield {
            "number": f"D-{letters[:4]}-{letters[4:8]}", "case_id": case, "reference_digest": bytes(32),
            "agencies": agencies, "carried_out": now, "certificate": Jsonb({"case": str(case)}),
        }  # fmt: skip


def _figures(rows: Rows, chance: Random, now: datetime) -> Iterator[dict[str, Any]]:
    first = now.date().replace(day=1)
    keys = {agency["id"]: agency["key"] for agency in rows["agency"]}
    for _ in range(60):
        kept_out = [each for each in rows["account"] if chance.random() < 0.4]
        theirs = [f"{keys[each['agency_id']]}/{each['role']}" for each in kept_out[:2]]
        seen_by = theirs + [
            f"{chance.choice(rows['agency'])['key']}/{chance.choice(rows['account'])['role']}" for _ in range(3)
        ]
        yield {
            "id": new_id(chance), "scheme": "norfolk", "version": "v", "area": chance.choice(rows["kase"])["area"],
            "opened": first, "closed": first, "outcome": "other", "answers": Jsonb({}), "seen_by": seen_by,
            "unseen_by": [each["id"] for each in kept_out],
        }  # fmt: skip


def _providers(rows: Rows, chance: Random, now: datetime) -> Iterator[dict[str, Any]]:
    for agency in rows["agency"]:
        yield {
            "agency_id": agency["id"], "issuer": "https://sign-in.example", "client_id": "sanctuary",
            "nonce": bytes(12), "secret": b"",
        }  # fmt: skip


# In this order: a proposal may be about a pack.
FURNITURE: Mapping[str, Furnish] = {
    "pack": _packs,
    "proposal": _proposals,
    "message": _messages,
    "emergency": _emergencies,
    "invitation": _invitations,
    "people_log": _people_log,
    "disposal": _disposals,
    "figure": _figures,
    "agency_provider": _providers,
}
