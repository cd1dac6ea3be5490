"""Do the policies say exactly what a few lines of Python say? Nothing more seen, nothing wrongly hidden."""

from __future__ import annotations

import os
from random import Random
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from django.db.utils import ProgrammingError

from sanctuary.records import accounts, cases, context, events
from sanctuary.records.query import rows, run
from tests.database import oracle
from tests.database.worlds import COMPARTMENTS, Built, build
from tests.support.database import asking, entry, make_agency, make_person, on_the_record, open_case
from tests.support.proof import figure

pytestmark = on_the_record

ASKED = {
    "kase": "select id from kase where id = any(%s)",
    "access_grant": "select case_id from access_grant where case_id = any(%s)",
    "case_projection": "select case_id from case_projection where case_id = any(%s)",
    "case_summary": "select case_id from case_summary where case_id = any(%s)",
    "search_token": "select case_id from search_token where case_id = any(%s)",
    "conflict": "select case_id from conflict where case_id = any(%s)",
    "event": "select case_id, seq from event where case_id = any(%s)",
    "case_key": "select case_id, compartment from case_key where case_id = any(%s)",
    "evaluation": "select c, e.seq from unnest(%s::uuid[]) c cross join lateral events_for_evaluation(c) e",
}
APPEND = (
    "insert into event (case_id, seq, compartment, kind, happened_at, nonce, ciphertext) "
    "values (%s, %s, %s, 'answered', now(), decode(repeat('00', 12), 'hex'), '')"
)


def shown(asked_about: list[UUID]) -> dict[str, set[Any]]:
    """What the database shows of these cases to whoever asks."""
    found = {what: rows(statement, [asked_about]) for what, statement in ASKED.items()}
    return {what: {line[0] if len(line) == 1 else tuple(line) for line in lines} for what, lines in found.items()}


def expected(built: Built, who: oracle.Asker) -> dict[str, set[Any]]:
    """What the oracle says that it should show."""
    world, every = built.world, built.cases
    seen = {case for case in every if oracle.sees_case(world, who, case)}
    summarised = {case for case in every if oracle.may_read(world, who, case, 0)}
    return {
        "kase": seen,
        "access_grant": seen,
        "case_projection": seen,
        "case_summary": summarised,
        "search_token": summarised,
        "conflict": {case for account, case in world.conflicts if account == who.account},
        "event": {(case, seq) for case, seq, number in world.events if oracle.may_read(world, who, case, number)},
        "case_key": {
            (case, number)
            for case in every
            for number in COMPARTMENTS
            if oracle.may_read(world, who, case, number) or oracle.may_write(world, who, case, number)
        },
        "evaluation": {(case, seq) for case, seq, _ in world.events if case in seen},
    }


def test_reading_is_what_the_oracle_says() -> None:
    chance, probes = Random(20261122), 0
    for _ in range(1 if os.environ.get("SHORT") else 5):
        built = build(chance)
        for who in built.askers:
            with context.acting(accounts.open_session(who.account)), transaction.atomic():
                assert shown(built.cases) == expected(built, who)
            probes += len(built.cases) * len(ASKED)
        with context.acting(None), transaction.atomic():
            assert not any(shown(built.cases).values())
    figure(f"{probes:,} readings as the oracle says")
    assert probes >= 2000


def test_writing_is_what_the_oracle_says() -> None:
    chance = Random(1122)
    built = build(chance)
    said = []
    for who in built.askers:
        for case in chance.sample(built.cases, 12):
            for number in chance.sample(COMPARTMENTS, 3):
                may = oracle.may_write(built.world, who, case, number)
                assert writes(who, case, number) is may
                said.append(may)
    assert min(said.count(True), said.count(False)) > 20


def writes(who: oracle.Asker, case: UUID, number: int) -> bool:
    """Whether a statement that goes around our own checks may write there; whatever it wrote is taken back."""
    try:
        with context.acting(accounts.open_session(who.account)), transaction.atomic():
            run(APPEND, [case, 9, number])
            transaction.set_rollback(True)
    except ProgrammingError as refusal:
        if "row-level security" in str(refusal):
            return False
        raise
    return True


def test_missing_and_forbidden_are_one() -> None:
    hidden, stranger = open_case(make_person(make_agency())).id, make_person(make_agency())
    said = set()
    for case_id in (hidden, uuid4()):
        with asking(stranger):
            assert cases.find(case_id) is None
            assert events.readable(case_id) == []
            assert events.whole(case_id) == []
        with pytest.raises(cases.NotAllowed) as refusal, asking(stranger):
            events.append(case_id, 1, [entry()])
        said.add(str(refusal.value))
        for statement, values in (
            ("insert into audit_entry (case_id, what) values (%s, 'case')", [case_id]),
            (APPEND, [case_id, 1, 0]),
            (APPEND, [case_id, 2, 0]),
        ):
            with pytest.raises(ProgrammingError) as error, asking(stranger):
                run(statement, values)
            said.add(str(error.value).replace("audit_entry", "event"))
    assert len(said) == 2, said
