"""When several people or clicks arrive at once, does one thing happen, and is everyone told?"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connections, transaction

from sanctuary.records import cases, events, idempotency
from sanctuary.records.query import rows
from tests.support.database import (
    ALIASES,
    Happening,
    Person,
    as_account,
    asking,
    entry,
    grant,
    make_agency,
    make_person,
    on_the_record,
    open_case,
)

pytestmark = on_the_record


def at_once(count: int, act: Callable[[int], Any]) -> list[Any]:
    """What `act` gave, or raised, in each of `count` threads that start together."""
    gate, outcomes = threading.Barrier(count), [None] * count

    def run(number: int) -> None:
        try:
            gate.wait()
            outcomes[number] = act(number)
        except Exception as problem:  # noqa: BLE001 - what a thread raised is what the test looks at
            outcomes[number] = problem
        finally:
            for alias in ALIASES:
                connections[alias].close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def record(case: Happening, person: Person, expected: int, text: str = "mine") -> int:
    with asking(person):
        seq = events.append(case.id, expected, [entry(text, kind="decided")])
        cases.store(case.id, seq, {}, case.grants)
        return seq


def test_of_many_who_append_at_once_exactly_one_wins() -> None:
    people = [make_person(make_agency(f"Agency {n}"), name=f"Person {n}") for n in range(6)]
    case = open_case(people[0], grants=[grant(person) for person in people])
    for round_number in range(5):
        outcomes = at_once(len(people), lambda n: record(case, people[n], case.seq))
        winners = [n for n, outcome in enumerate(outcomes) if outcome == case.seq + 1]
        losers = [outcome for outcome in outcomes if isinstance(outcome, cases.Overtaken)]
        assert len(winners) == 1, outcomes
        assert len(losers) == len(people) - 1, outcomes
        assert {(loser.by_agency, loser.by_name, loser.kind) for loser in losers} == {
            (f"Agency {winners[0]}", f"Person {winners[0]}", "decided")
        }
        case.seq += 1
        assert case.seq == round_number + 2
    with asking(people[0]):
        assert [event.seq for event in events.readable(case.id)] == list(range(1, 7))


def test_the_loser_is_not_told_what_it_may_not_read() -> None:
    police, housing = make_person(make_agency("Police"), "police"), make_person(make_agency("Council"), "housing")
    case = open_case(police, grants=[grant(police, (0, 1), (0, 1)), grant(housing)])
    with asking(police):
        cases.store(case.id, events.append(case.id, 1, [entry("known to us", 1, "answered")]), {}, case.grants)
    with pytest.raises(cases.Overtaken) as told, asking(housing):
        events.append(case.id, 1, [entry()])
    assert (told.value.by_agency, told.value.kind) == ("Police", None)
    assert told.value.at is not None


def test_a_stale_projection_is_refused() -> None:
    person = make_person(make_agency())
    case = open_case(person)
    with pytest.raises(cases.Overtaken), asking(person):
        cases.store(case.id, 0, {}, case.grants)


def test_the_loser_can_go_on_in_the_same_transaction() -> None:
    person = make_person(make_agency())
    case = open_case(person)
    with asking(person):
        with pytest.raises(cases.Overtaken):
            events.append(case.id, 0, [entry()])
        assert len(events.readable(case.id)) == 1


def test_a_form_sent_many_times_at_once_acts_once() -> None:
    person = make_person(make_agency())
    case = open_case(person)
    for _ in range(5):
        key, done = uuid4(), []

        def send(number: int, key: UUID = key, done: list[int] = done) -> str:
            def act() -> str:
                done.append(number)
                return f"outcome {number}"

            with asking(person):
                return idempotency.once(key, act)

        outcomes = at_once(5, send)
        assert outcomes == [f"outcome {done[0]}"] * 5
        assert len(done) == 1
    assert case.seq == 1


def test_a_form_that_failed_can_be_sent_again() -> None:
    person = make_person(make_agency())
    key = uuid4()
    with as_account(person):
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            idempotency.once(key, lambda: str(1 // 0))
        with transaction.atomic():
            assert idempotency.once(key, lambda: "second") == "second"


def test_a_key_of_one_person_means_nothing_for_another() -> None:
    key, one, other = uuid4(), make_person(make_agency()), make_person(make_agency())
    with asking(one):
        assert idempotency.once(key, lambda: "one") == "one"
    with asking(other):
        assert rows("select * from idempotency") == []
        assert idempotency.once(key, lambda: "other") == "other"


def test_references_are_never_given_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    person = make_person(make_agency())
    first = open_case(person).reference
    drawn = [first[-2:], first[4:8], "ZZ", "2345"]
    monkeypatch.setattr(
        cases, "_random", lambda length: next(drawn.pop(n) for n in range(len(drawn)) if len(drawn[n]) == length)
    )
    assert open_case(person).reference == "NOR-2345-ZZ"
