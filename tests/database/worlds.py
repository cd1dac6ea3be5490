"""What is a random world for the oracle made of? Cases, events, grants and conflicts, put in behind the policies."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID, uuid4

import psycopg

from tests.database import oracle
from tests.support.database import Person, administrator, make_agency, make_person, publish_version

AGENCIES, ROLES, CASES, EVENTS, COMPARTMENTS = 5, ("housing", "police", "support"), 24, 8, range(6)

# One row for each case, whatever happened in it.
FOR_EACH_CASE = (
    "insert into case_projection (case_id, progress, computed_seq) values (%s, '{}', 8)",
    "insert into case_summary (case_id, nonce, ciphertext) values (%s, decode(repeat('00', 12), 'hex'), '')",
    "insert into search_token (case_id, purpose, token) values (%s, 1, 7)",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """A world, who may ask about it, and its cases."""

    world: oracle.World
    askers: list[oracle.Asker]
    cases: list[UUID]


def build(chance: Random) -> Built:
    """A random world, in the database and as plain values."""
    now = datetime.now(UTC)
    people = [make_person(agency, role) for agency in [make_agency() for _ in range(AGENCIES)] for role in ROLES]
    version = publish_version()
    with administrator() as connection, connection.transaction():
        connection.execute("set local session_replication_role = replica")  # no triggers: it is made, not lived
        cases = [_case(connection, version) for _ in range(CASES)]
        world = oracle.World(
            grants=tuple(_grants(connection, chance, people, cases, now)),
            conflicts=frozenset(_conflicts(connection, chance, people, cases)),
            events=tuple(event for case in cases for event in _events(connection, chance, people, case)),
            now=now,
        )
    askers = [oracle.Asker(account=person.account, agency=person.agency.id, role=person.role) for person in people]
    return Built(world=world, askers=askers, cases=cases)


def _case(connection: psycopg.Connection[Any], version: str) -> UUID:
    case, reference = uuid4(), f"NOR-{secrets.token_hex(6)}"
    connection.execute(
        "insert into kase (id, reference, scheme, version, area, head_seq) values (%s, %s, 'norfolk', %s, 'x', 8)",
        [case, reference, version],
    )
    for statement in FOR_EACH_CASE:
        connection.execute(statement, [case])
    key = "insert into case_key (case_id, compartment, wrapped) values (%s, %s, %s)"
    for compartment in COMPARTMENTS:
        connection.execute(key, [case, compartment, bytes(60)])
    return case


def _events(
    connection: psycopg.Connection[Any], chance: Random, people: list[Person], case: UUID
) -> list[tuple[UUID, int, int]]:
    made = []
    for seq in range(1, EVENTS + 1):
        compartment, author = chance.choice(COMPARTMENTS), chance.choice(people)
        connection.execute(
            "insert into event (case_id, seq, compartment, kind, happened_at, author_agency, author_user, nonce, "
            "ciphertext) values (%s, %s, %s, 'answered', now(), %s, %s, %s, '')",
            [case, seq, compartment, author.agency.id, author.account, bytes(12)],
        )
        made.append((case, seq, compartment))
    return made


def _grants(
    connection: psycopg.Connection[Any], chance: Random, people: list[Person], cases: list[UUID], now: datetime
) -> list[oracle.Held]:
    held = [
        oracle.Held(
            agency=person.agency.id,
            role=person.role,
            case=case,
            reads=chance.getrandbits(6),
            writes=chance.getrandbits(6),
            until=now + timedelta(days=chance.choice([-400, -1, 1, 400])),
        )
        for case in cases
        for person in people
        if chance.random() < 0.35
    ]
    for grant in held:
        connection.execute(
            "insert into access_grant (agency_id, role, case_id, read_mask, write_mask, valid_until) "
            "values (%s, %s, %s, %s, %s, %s)",
            [grant.agency, grant.role, grant.case, grant.reads, grant.writes, grant.until],
        )
    return held


def _conflicts(
    connection: psycopg.Connection[Any], chance: Random, people: list[Person], cases: list[UUID]
) -> set[tuple[UUID, UUID]]:
    pairs = {(chance.choice(people).account, chance.choice(cases)) for _ in range(CASES)}
    for pair in pairs:
        connection.execute("insert into conflict (user_id, case_id) values (%s, %s)", pair)
    return pairs
