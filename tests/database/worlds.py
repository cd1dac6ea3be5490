"""What is a random world for the oracle made of? Agencies, people, cases, grants; put in behind the policies.

Everything in it is drawn from `chance`, names and numbers too: the same seed makes the same world, on any machine.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from random import Random
from typing import Any
from uuid import UUID

import psycopg
from psycopg import sql
from psycopg.types.json import Jsonb

from tests.database import oracle
from tests.database.furniture import FURNITURE, new_id
from tests.support.database import administrator, publish_version

ROLES, CASES, EVENTS, COMPARTMENTS = ("housing", "police", "support"), 18, 6, range(6)
AREAS = tuple(f"norfolk/{name}" for name in ("breckland", "norwich", "west_norfolk"))
DUTIES = ("administrator", "oversight", "specialist")
Rows = dict[str, list[dict[str, Any]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """A session token and whom it stands for; None where it should stand for nobody. `kind` says how it was made."""

    token: str
    who: oracle.Asker | None
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """A world, in the database and as plain values, and contexts in which to ask about it."""

    world: oracle.World
    contexts: list[Context]
    cases: list[UUID]


def build(chance: Random, contexts: int = 100) -> Built:
    """A random world with so many contexts."""
    now = datetime.now(UTC)
    rows: Rows = {}
    _agencies(rows, chance)
    _people(rows, chance)
    _deputies(rows, chance, now)
    _cases(rows, chance, now)
    for table, furnish in FURNITURE.items():
        rows[table] = list(furnish(rows, chance, now))
    asked = [_context(rows, chance, now) for _ in range(contexts)]
    with administrator() as connection, connection.transaction():
        connection.execute("set local session_replication_role = replica")  # no triggers: it is made, not lived
        version = publish_version()
        for table, made in rows.items():
            _put(connection, table, [{**row, "version": version} if table == "kase" else row for row in made])
        _put(connection, "sign_in_session", [session for session, _ in asked])
        # Whoever verifies the audit finds these cases whole, and knows that nobody lived them.
        connection.execute("select adopt_cases(%s, 'loaded')", [[row["id"] for row in rows["kase"]]])
    world = oracle.world(rows, now)
    return Built(world=world, contexts=[made for _, made in asked], cases=[row["id"] for row in rows["kase"]])


def _agencies(rows: Rows, chance: Random) -> None:
    with administrator() as connection:
        found = connection.execute("select coalesce(max(id), 0) from agency").fetchone()
        assert found
        connection.execute("select setval(pg_get_serial_sequence('agency', 'id'), %s)", [found[0] + 10])
    rows["agency"] = [
        {"id": found[0] + 1 + number, "key": f"agency_{chance.randbytes(5).hex()}", "title": "Example"}
        for number in range(4)
    ]


def _people(rows: Rows, chance: Random) -> None:
    """In each agency and role: somebody of the whole agency, of two teams, with a duty, and a leaver."""
    rows["team"], rows["account"] = [], []
    for agency in rows["agency"]:
        teams = [[], [*chance.sample(AREAS, 1)], [*chance.sample(AREAS, 2)]]
        made = [
            {"id": new_id(chance), "agency_id": agency["id"], "title": f"Team {number}", "areas": areas}
            for number, areas in enumerate(teams)
        ]
        rows["team"] += made
        for role in ROLES:
            for team in (None, None, *made):
                rows["account"].append(_person(agency["id"], role, team, chance))
            rows["account"].append({**_person(agency["id"], role, None, chance), "is_active": False})


def _person(agency: int, role: str, team: Mapping[str, Any] | None, chance: Random) -> dict[str, Any]:
    return {
        "id": new_id(chance), "email": f"{chance.randbytes(6).hex()}@agency.example", "name": "Robin Example",
        "password": "x", "agency_id": agency, "role": role, "is_active": True, "team_id": team["id"] if team else None,
        "duties": chance.sample(DUTIES, chance.choice([0, 0, 1, 1, 2])),
    }  # fmt: skip


def _deputies(rows: Rows, chance: Random, now: datetime) -> None:
    """Of colleagues, leavers and people of other agencies; past, present and to come."""
    rows["deputy"] = []
    for _ in range(60):
        stands_in, away = chance.sample(rows["account"], 2)
        if chance.random() < 0.8:
            away = chance.choice([each for each in rows["account"] if each["agency_id"] == stands_in["agency_id"]])
        if stands_in is not away:
            starts = now + timedelta(days=chance.choice([-9, -1, -1, -1, 1]))
            ends = starts + timedelta(days=chance.choice([0.5, 3]))
            rows["deputy"].append(
                {
                    "id": new_id(chance),
                    "account_id": stands_in["id"],
                    "for_account": away["id"],
                    "starts": starts,
                    "ends": ends,
                    "made_by": away["id"],
                }
            )


def _cases(rows: Rows, chance: Random, now: datetime) -> None:
    rows["kase"] = [_case(chance) for _ in range(CASES)]
    ids = [row["id"] for row in rows["kase"]]
    rows["case_projection"] = [{"case_id": case, "progress": Jsonb({}), "computed_seq": EVENTS} for case in ids]
    rows["case_summary"] = [{"case_id": case, "nonce": bytes(12), "ciphertext": b""} for case in ids]
    rows["search_token"] = [{"case_id": case, "purpose": 1, "token": 7} for case in ids]
    rows["case_key"] = [
        {"case_id": case, "compartment": part, "wrapped": bytes(60)} for case in ids for part in COMPARTMENTS
    ]
    rows["event"] = [_event(case, seq, rows, chance, now) for case in ids for seq in range(1, EVENTS + 1)]
    rows["access_grant"] = list(_grants(rows, chance, now))
    pairs = {(chance.choice(rows["account"])["id"], chance.choice(ids)) for _ in range(CASES * 4)}
    rows["conflict"] = [{"user_id": account, "case_id": case} for account, case in pairs]
    rows["idempotency"] = [
        {"account_id": chance.choice(rows["account"])["id"], "key": new_id(chance), "outcome": "done"}
        for _ in range(30)
    ]


def _case(chance: Random) -> dict[str, Any]:
    area = chance.choice(AREAS).partition("/")[2]
    reference = f"NOR-{chance.randbytes(6).hex()}"
    return {"id": new_id(chance), "reference": reference, "scheme": "norfolk", "area": area, "head_seq": EVENTS}


def _event(case: UUID, seq: int, rows: Rows, chance: Random, now: datetime) -> dict[str, Any]:
    author = chance.choice([each for each in rows["account"] if each["agency_id"] != _without(rows, case)])
    return {
        "case_id": case, "seq": seq, "compartment": chance.choice(COMPARTMENTS), "kind": "answered",
        "happened_at": now, "author_agency": author["agency_id"], "author_user": author["id"], "nonce": bytes(12),
        "ciphertext": b"",
    }  # fmt: skip


def _without(rows: Rows, case: UUID) -> int:
    """The agency that has no part whatever in the case."""
    return int(rows["agency"][case.int % len(rows["agency"])]["id"])


def _grants(rows: Rows, chance: Random, now: datetime) -> Iterator[dict[str, Any]]:
    """For roles and for single people, several beside each other, some of them over."""
    for case in rows["kase"]:
        for agency in [each for each in rows["agency"] if each["id"] != _without(rows, case["id"])]:
            for role in ROLES:
                mine = [each for each in rows["account"] if (each["agency_id"], each["role"]) == (agency["id"], role)]
                for basis in chance.sample((0, -1, 3, 5), chance.choice([0, 0, 1, 1, 2, 3])):
                    yield {
                        "agency_id": agency["id"], "role": role, "case_id": case["id"], "basis": basis,
                        "read_mask": chance.getrandbits(6), "write_mask": chance.getrandbits(6),
                        "valid_until": now + timedelta(days=chance.choice([-400, -1, 1, 400])),
                        "account_id": chance.choice(mine)["id"] if basis > 0 and chance.random() < 0.6 else None,
                        "area": f"{case['scheme']}/{case['area']}", "in_list": basis == 0,
                    }  # fmt: skip


def _context(rows: Rows, chance: Random, now: datetime) -> tuple[dict[str, Any], Context]:
    """Somebody's session: their own or as a deputy, fresh or not, in use, idle or over."""
    person, token = chance.choice(rows["account"]), chance.randbytes(32).hex()
    theirs = [each for each in rows["deputy"] if each["account_id"] == person["id"]]
    deputy = chance.choice(theirs) if theirs and chance.random() < 0.6 else None
    if chance.random() < 0.05:
        deputy = chance.choice(rows["deputy"])  # somebody else's, by a fault
    stepped = chance.choice([None, now - timedelta(minutes=5), now - timedelta(minutes=11)])
    state = chance.choice(["used"] * 12 + ["idle", "over"])
    session = {
        "token_hash": sha256(token.encode()).digest(), "account_id": person["id"],
        "deputy_id": deputy["id"] if deputy else None, "stepped_up": stepped,
        "last_seen": now - timedelta(hours=3 if state == "idle" else 0),
        "expires": now + timedelta(hours=-1 if state == "over" else 1), "way": "passkey",
    }  # fmt: skip
    away = _colleague(rows, person, deputy, now)
    who = oracle.Asker(
        account=person["id"],
        agency=person["agency_id"],
        role=(away or person)["role"],
        duties=frozenset(person["duties"]),
        areas=_areas(rows, away or person),
        stepped_up=stepped is not None and stepped > now - timedelta(minutes=10),
    )
    kind = f"{state}{', deputy' if away else ''}{'' if person['is_active'] else ', left'}"
    return session, Context(token=token, who=who if state == "used" and person["is_active"] else None, kind=kind)


def _colleague(
    rows: Rows, person: Mapping[str, Any], deputy: Mapping[str, Any] | None, now: datetime
) -> Mapping[str, Any] | None:
    """Whose part is played: of the same agency, still there, between the two dates."""
    if deputy is None or deputy["account_id"] != person["id"] or not deputy["starts"] <= now < deputy["ends"]:
        return None
    away = next(each for each in rows["account"] if each["id"] == deputy["for_account"])
    return away if away["is_active"] and away["agency_id"] == person["agency_id"] else None


def _areas(rows: Rows, person: Mapping[str, Any]) -> frozenset[str] | None:
    team = next((each for each in rows["team"] if each["id"] == person["team_id"]), None)
    return None if team is None else frozenset(team["areas"])


def _put(connection: psycopg.Connection[Any], table: str, made: Sequence[Mapping[str, Any]]) -> None:
    if not made:
        return
    columns = [*made[0]]
    overriding = sql.SQL("overriding system value ") if table == "agency" else sql.SQL("")
    statement = sql.SQL("insert into {} ({}) {}values ({})").format(
        sql.Identifier(table),
        sql.SQL(", ").join(map(sql.Identifier, columns)),
        overriding,
        sql.SQL(", ").join(sql.Placeholder() * len(columns)),
    )
    with connection.cursor() as cursor:
        cursor.executemany(statement, [[row[column] for column in columns] for row in made])
