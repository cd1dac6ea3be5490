"""When both leads, the officer and an edit arrive at once: is anything done twice, by one person, or after a change?"""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any
from uuid import UUID

import pytest

from sanctuary.core.proposals import Act
from sanctuary.records import cases, events, proposals
from sanctuary.records.query import row
from tests.database.test_races import at_once
from tests.support.access.two_people import Office, fresh_token, office, session
from tests.support.database import administrator, entry, on_the_record
from tests.support.proof import figure, length

pytestmark = [on_the_record, pytest.mark.failure(6, 7), pytest.mark.slow]

RACES = length(full=500, short=25)
DONE, LATE = "done", "done after a change"


def test_nothing_is_done_by_one_person_or_twice_at_once() -> None:
    there, chance, seen = office(), Random(4), dict[str, int]()
    tokens = {name: fresh_token(person) for name, person in there.people.items()}
    fresh_for_a_day([person.account for person in there.people.values()])
    for _ in range(RACES):
        with session(tokens["officer"]):
            proposal = proposals.propose(Act.RELEASE, there.case.id, "pack", b"bytes", there.case.seq)
        if agreed_first := chance.random() < 0.5:
            with session(tokens["lead"]):
                assert proposals.decide(proposal, True)
        acts = racers(there, tokens, proposal, edits=chance.random() < 0.5)
        outcomes = at_once(len(acts), lambda number, acts=acts: acts[number]())
        assert not [outcome for outcome in outcomes if isinstance(outcome, Exception)], outcomes
        assert outcomes.count(DONE) <= 1, outcomes
        assert LATE not in outcomes
        if agreed_first and "edited" not in outcomes:
            assert DONE in outcomes
        assert_two_people(proposal, carried_out=DONE in outcomes)
        for outcome in outcomes:
            seen[outcome] = seen.get(outcome, 0) + 1
        there.case.seq += outcomes.count("edited")
    figure(f"{RACES:,} races: {seen}; 0 done by one person, 0 done twice, 0 done after a change")


def fresh_for_a_day(accounts: list[UUID]) -> None:
    """A proof counts for ten minutes, and so many races may take longer."""
    with administrator() as connection:
        statement = "update sign_in_session set stepped_up = now() + interval '1 day' where account_id = any(%s)"
        connection.execute(statement, [accounts])


def racers(there: Office, tokens: dict[str, str], proposal: UUID, *, edits: bool) -> list[Callable[[], str]]:
    """Everybody who wants something at this moment."""

    def answers(name: str, agree: bool) -> str:
        with session(tokens[name]):
            return "answered" if proposals.decide(proposal, agree) else "not answered"

    def carries_out(name: str) -> str:
        with session(tokens[name]):
            if not proposals.carry_out(proposal, Act.RELEASE, there.case.id, "pack", b"bytes"):
                return "not done"
            head: Any = row("select head_seq from kase where id = %s", [there.case.id]) if name == "officer" else None
            return DONE if head is None or head[0] == there.case.seq else LATE

    def edit() -> str:
        with session(tokens["colleague"]):
            cases.store(
                there.case.id, events.append(there.case.id, there.case.seq, [entry("x")]), {}, there.case.grants
            )
        return "edited"

    return [
        lambda: carries_out("officer"),
        lambda: carries_out("officer"),
        lambda: carries_out("lead"),
        lambda: answers("officer", True),
        lambda: answers("other_lead", True),
        *([edit] if edits else []),
    ]


def assert_two_people(proposal: UUID, *, carried_out: bool) -> None:
    with administrator() as connection:
        found = connection.execute(
            "select proposed_by <> decided_by, carried_out is not null from proposal where id = %s", [proposal]
        ).fetchone()
    assert found
    assert found[1] is carried_out
    assert found[0] or not carried_out
