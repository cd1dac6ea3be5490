"""Do the policies say exactly what a few lines of Python say? Nothing more seen, nothing wrongly hidden."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from django.db import transaction

from sanctuary.records import accounts, cases, context, events
from sanctuary.records.query import rows
from tests.database import oracle
from tests.support.database import (
    administrator,
    asking,
    entry,
    make_agency,
    make_person,
    on_the_record,
    open_case,
    publish_version,
)

pytestmark = on_the_record

AGENCIES, ROLES, CASES, COMPARTMENTS = 5, ("housing", "police", "support"), 24, range(6)


@contextmanager
def behind_the_policies() -> Iterator[psycopg.Connection[Any]]:
    with administrator() as connection, connection.transaction():
        connection.execute("set local session_replication_role = replica")  # no triggers: the world is made, not lived
        yield connection


def build(chance: Random) -> tuple[oracle.World, list[oracle.Asker], list[UUID]]:
    """A random world, in the database and as plain values."""
    now = datetime.now(UTC)
    agencies = [make_agency() for _ in range(AGENCIES)]
    people = [make_person(agency, role) for agency in agencies for role in ROLES]
    version = publish_version()
    with behind_the_policies() as connection:
        kases = [uuid4() for _ in range(CASES)]
        held, happened, conflicts = [], [], set()
        for case in kases:
            connection.execute(
                "insert into kase (id, reference, scheme, version, area, head_seq) values (%s, %s, 'norfolk', %s, 'x', 8)",
                [case, f"NOR-{secrets.token_hex(4)}", version],
            )
            connection.execute(
                "insert into case_projection (case_id, progress, computed_seq) values (%s, '{}', 8)", [case]
            )
            connection.execute(
                "insert into case_summary (case_id, nonce, ciphertext) values (%s, %s, '')", [case, bytes(12)]
            )
            connection.execute("insert into search_token (case_id, purpose, token) values (%s, 1, 7)", [case])
            for compartment in COMPARTMENTS:
                connection.execute(
                    "insert into case_key (case_id, compartment, wrapped) values (%s, %s, %s)",
                    [case, compartment, bytes(60)],
                )
            for seq in range(1, 9):
                compartment, author = chance.choice(COMPARTMENTS), chance.choice(people)
                happened.append((case, seq, compartment))
                connection.execute(
                    "insert into event (case_id, seq, compartment, kind, happened_at, author_agency, author_user, nonce, ciphertext) "
                    "values (%s, %s, %s, 'answered', now(), %s, %s, %s, '')",
                    [case, seq, compartment, author.agency.id, author.account, bytes(12)],
                )
            for agency in agencies:
                for role in ROLES:
                    if chance.random() < 0.35:
                        until = now + timedelta(days=chance.choice([-400, -1, 1, 400]))
                        grant = oracle.Held(
                            agency=agency.id,
                            role=role,
                            case=case,
                            reads=chance.getrandbits(6),
                            writes=chance.getrandbits(6),
                            until=until,
                        )
                        held.append(grant)
                        connection.execute(
                            "insert into access_grant (agency_id, role, case_id, read_mask, write_mask, valid_until) "
                            "values (%s, %s, %s, %s, %s, %s)",
                            [agency.id, role, case, grant.reads, grant.writes, until],
                        )
        for _ in range(CASES):
            pair = (chance.choice(people).account, chance.choice(kases))
            conflicts.add(pair)
            connection.execute("insert into conflict (user_id, case_id) values (%s, %s) on conflict do nothing", pair)
    world = oracle.World(grants=tuple(held), conflicts=frozenset(conflicts), events=tuple(happened), now=now)
    askers = [oracle.Asker(account=person.account, agency=person.agency.id, role=person.role) for person in people]
    return world, askers, kases


def answers(kases: list[UUID]) -> dict[str, set[Any]]:
    """What the database shows of these cases to whoever asks."""
    asked = {
        "kase": "select id from kase where id = any(%s)",
        "access_grant": "select case_id from access_grant where case_id = any(%s)",
        "case_projection": "select case_id from case_projection where case_id = any(%s)",
        "case_summary": "select case_id from case_summary where case_id = any(%s)",
        "search_token": "select case_id from search_token where case_id = any(%s)",
        "event": "select case_id, seq from event where case_id = any(%s)",
        "case_key": "select case_id, compartment from case_key where case_id = any(%s)",
        "conflict": "select case_id from conflict where case_id = any(%s)",
        "evaluation": "select c, e.seq from unnest(%s::uuid[]) c cross join lateral events_for_evaluation(c) e",
    }
    found = {what: rows(statement, [kases]) for what, statement in asked.items()}
    return {what: {line[0] if len(line) == 1 else tuple(line) for line in lines} for what, lines in found.items()}


def expected(world: oracle.World, who: oracle.Asker, kases: list[UUID]) -> dict[str, set[Any]]:
    """What the oracle says that it should show."""
    seen = {case for case in kases if oracle.sees_case(world, who, case)}
    either = {case: sum(oracle.masks(world, who, case)) and oracle.masks(world, who, case) for case in kases}
    return {
        "kase": seen,
        "access_grant": seen,
        "case_projection": seen,
        "case_summary": oracle.with_bit(world, who, kases, 0),
        "search_token": oracle.with_bit(world, who, kases, 0),
        "event": {(case, seq) for case in kases for seq in oracle.readable(world, who, case)},
        "case_key": {
            (case, n) for case, both in either.items() if both for n in COMPARTMENTS if (both[0] | both[1]) >> n & 1
        },
        "conflict": {case for account, case in world.conflicts if account == who.account},
        "evaluation": {(case, seq) for case, seq, _ in world.events if case in seen},
    }


def test_reading_is_what_the_oracle_says() -> None:
    chance = Random(20261122)  # noqa: S311 - a world is not a secret
    probes = 0
    for _ in range(1 if os.environ.get("SHORT") else 5):
        world, askers, kases = build(chance)
        for who in askers:
            with context.acting(accounts.open_session(who.account)), transaction.atomic():
                shown = answers(kases)
            wanted = expected(world, who, kases)
            assert shown == wanted
            probes += len(kases) * len(wanted)
        with context.acting(None), transaction.atomic():
            assert not any(answers(kases).values())
    assert probes >= 2000


def test_writing_is_what_the_oracle_says() -> None:
    chance = Random(1122)  # noqa: S311 - a world is not a secret
    world, askers, kases = build(chance)
    allowed = refused = 0
    for who in askers:
        for case in chance.sample(kases, 6):
            for compartment in chance.sample(COMPARTMENTS, 3):
                may = bool(oracle.masks(world, who, case)[1] >> compartment & 1)
                assert writes(who, case, compartment) is may
                allowed, refused = allowed + may, refused + (not may)
    assert min(allowed, refused) > 20


def writes(who: oracle.Asker, case: UUID, compartment: int) -> bool:
    """Whether a statement that goes around our own checks may write there; whatever it wrote is taken back."""
    try:
        with context.acting(accounts.open_session(who.account)), transaction.atomic():
            rows(
                "with put as (insert into event (case_id, seq, compartment, kind, happened_at, nonce, ciphertext) "
                "values (%s, 9, %s::smallint, 'answered', now(), %s, '')) select 1",
                [case, compartment, bytes(12)],
            )
            transaction.set_rollback(True)
    except Exception as refusal:
        if "row-level security" in str(refusal):
            return False
        raise
    return True


@pytest.mark.parametrize("case_exists", [True, False])
def test_missing_and_forbidden_are_one(case_exists: bool) -> None:
    owner, stranger = make_person(make_agency()), make_person(make_agency())
    case_id = open_case(owner).id if case_exists else uuid4()
    with asking(stranger):
        assert cases.find(case_id) is None
        assert events.readable(case_id) == []
        assert events.whole(case_id) == []
    with pytest.raises(cases.NotAllowed) as refusal, asking(stranger):
        events.append(case_id, 1, [entry()])
    assert str(refusal.value) == ""
    for statement in (
        "insert into read_audit (case_id, what) values (%s, 'case') returning 1",
        "with put as (insert into event (case_id, seq, compartment, kind, happened_at, nonce, ciphertext) "
        "values (%s, 1, 0::smallint, 'answered', now(), decode(repeat('00', 12), 'hex'), '')) select 1",
    ):
        with pytest.raises(Exception, match=r"row-level security|permission denied"), asking(stranger):
            rows(statement, [case_id])
