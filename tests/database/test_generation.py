"""Are cases that were made in bulk what the actions would have left? Seen, found, concluded again, and added to."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import count
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.db import transaction

from sanctuary.actions import definitions
from sanctuary.actions.complete_step import complete_step
from sanctuary.actions.results import Recorded
from sanctuary.actions.see_case import see_case
from sanctuary.core.clocks import LONDON
from sanctuary.core.events import fold
from sanctuary.core.progress import evaluate
from sanctuary.jobs import demonstration
from sanctuary.jobs.generation import Order, fill, wholes
from sanctuary.records import accounts, bulk, context, events, search, worklist
from sanctuary.records.cases import Grant
from sanctuary.records.payload import dump_progress, load_event
from sanctuary.records.query import rows
from sanctuary.records.search import Purpose
from tests.support.database import administrator, hashed_password, login, on_the_record

pytestmark = on_the_record

NOW = datetime(2026, 6, 1, 9, tzinfo=LONDON)
COUNT = 400
STARTS = count(10_000, 10_000)


@pytest.fixture
def staff(monkeypatch: pytest.MonkeyPatch) -> dict[str, UUID]:
    """The demonstration accounts of every scheme; one password's hash serves them all, since making one is slow."""
    monkeypatch.setattr(accounts, "make_password", lambda password: hashed_password())
    assert definitions.publish(Path(settings.SCHEMES)) == ()
    with transaction.atomic():
        schemes = definitions.running().values()
    return {email: account for scheme in schemes for email, account in accounts_of(scheme).items()}


def accounts_of(scheme: object) -> dict[str, UUID]:
    return demonstration.make_accounts(scheme, "one for all")  # type: ignore[arg-type]


@pytest.fixture
def earlier() -> frozenset[UUID]:
    """The cases that other tests left: erased, moved, or not as they were made."""
    with administrator() as connection:
        return frozenset(case_id for (case_id,) in connection.execute("select id from kase"))


@pytest.fixture
def token(staff: dict[str, UUID], earlier: frozenset[UUID]) -> str:
    """Somebody at the council of the first open Norfolk case of those made."""
    orders = (order for first in STARTS if not taken(order := Order(first=first, count=COUNT, now=NOW, staff=staff)))
    order, grants = next((order, found) for order in orders for found in open_in_norfolk(order))
    with administrator() as connection:
        before = bulk.count(connection)
        assert fill(order, connection) == COUNT
        assert bulk.count(connection) == before + COUNT
    agency = next(grant.agency for grant in grants if grant.role == "housing")
    return accounts.open_session(staff[demonstration.address_of("housing", agency)])


def taken(order: Order) -> bool:
    """Whether a reference of the order was drawn for a case that another test left: here and there one is."""
    with administrator() as connection:
        wanted = [made.reference for made in wholes(order)]
        return connection.execute("select 1 from kase where reference = any(%s)", [wanted]).fetchone() is not None


def open_in_norfolk(order: Order) -> Iterator[Sequence[Grant]]:
    """Who may see each of the order's cases in Norfolk that are open; an order may have none."""
    return (made.grants for made in wholes(order) if made.scheme == "norfolk" and made.grants[0].is_open)


def own_cases(earlier: frozenset[UUID]) -> list[UUID]:
    return [case for (case,) in rows("select case_id from access_grant order by case_id") if case not in earlier]


def test_each_case_opens_and_stands_where_it_was_said_to_stand(token: str, earlier: frozenset[UUID]) -> None:
    with context.acting(token), transaction.atomic():
        cases = own_cases(earlier)
        assert cases
        for case_id in cases:
            seen = see_case(case_id, NOW)
            assert seen is not None
            assert seen.timeline
            told = events.whole(case_id)
            facts = fold(load_event(one.kind, one.happened_at, one.payload or b"") for one in told)
            again = evaluate(seen.scheme, facts, NOW)
            stored = rows("select progress from case_projection where case_id = %s", [case_id])[0][0]
            kept = json.loads(stored)
            assert {name for name, value in dump_progress(again).items() if value != kept[name]} <= set(TIMED)


TIMED = ("at", "done", "open", "waiting", "clocks", "recheck_at")


def test_cases_are_listed_with_names_and_found_by_them(token: str, earlier: frozenset[UUID]) -> None:
    with context.acting(token), transaction.atomic():
        listed = [*worklist.needing_us(NOW), *worklist.waiting(NOW)]
        assert worklist.counts(NOW) == (len(worklist.needing_us(NOW, None)), len(worklist.waiting(NOW, None)))
        ours = [line for line in listed if line.case_id not in earlier]
        assert ours
        for line in sorted(ours, key=lambda line: line.reference)[:40]:
            seen = see_case(line.case_id, NOW)
            assert seen is not None
            name = str(seen.facts.answers["referral.name"])
            assert line.summary is not None
            assert name in line.summary.decode()
            reference = {Purpose.REFERENCE: line.reference}  # beside each name: many cases share one
            assert search.find(reference) == [line.case_id]
            assert search.find({Purpose.FULL_NAME: name}, reference) == [line.case_id]
            assert search.find({Purpose.SURNAME: name.split()[-1]}, reference) == [line.case_id]


def test_what_happens_next_can_be_recorded(token: str, earlier: frozenset[UUID]) -> None:
    conference = {"held_on": "2026-05-29", "why": "To talk.", "attended": ["housing"], "conclusion": "To go on."}
    with context.acting(token):
        with transaction.atomic():
            found = rows("select k.id, k.head_seq from kase k join access_grant g on g.case_id = k.id "
                         "where g.is_open and k.scheme = 'norfolk' and k.id = any(%s) order by k.reference limit 1",
                         [own_cases(earlier)])  # fmt: skip
        ((case_id, seq),) = found
        result = complete_step(
            case_id=case_id, step="case_conference", plain=conference, expected_seq=seq, key=uuid4(), now=NOW
        )
    assert isinstance(result, Recorded), result
    assert result.seq > seq


def test_the_same_numbers_tell_the_same_stories(staff: dict[str, UUID]) -> None:
    order = Order(first=1000, count=40, now=NOW, staff=staff)
    assert wholes(order) == wholes(order)
    assert {whole.area for whole in wholes(order)} != {whole.area for whole in wholes(replace(order, first=2000))}


def test_only_a_superuser_passes_over_triggers(staff: dict[str, UUID]) -> None:
    with login("owner") as connection, pytest.raises(bulk.NoAdministrator):
        fill(Order(first=5000, count=1, now=NOW, staff=staff), connection)


def test_references_look_drawn_and_are_never_the_same() -> None:
    made = [bulk.reference("NOR", number) for number in range(20_000)]
    assert len(set(made)) == len(made)
    assert len({reference[4:6] for reference in made[:500]}) > 300
