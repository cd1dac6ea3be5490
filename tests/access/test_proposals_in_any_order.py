"""In whatever order people propose, answer, leave and come back: is anything done by one person, or done twice?

A model of twenty lines says of each step what should come of it; the database has to agree.
"""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass, field
from typing import Any, ClassVar
from uuid import UUID

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test

from sanctuary.core.proposals import STANDING, TERMS, Act
from sanctuary.gateways import database
from sanctuary.records import cases, context, proposals
from tests.support.access.two_people import Office, fresh_token, office, session
from tests.support.database import as_account, on_the_record
from tests.support.proof import figure, length

pytestmark = [on_the_record, pytest.mark.failure(6), pytest.mark.slow]

SEQUENCES = length(full=10_000, short=200)
NAMES = ("officer", "colleague", "lead", "other_lead", "specialist", "partner", "stranger")
STANDINGS = {"officer", "colleague", "partner"}
DUTIES = {"lead": "oversight", "other_lead": "oversight", "specialist": "specialist", "partner": "oversight"}
people, leads = st.sampled_from(NAMES), st.sampled_from(("lead", "other_lead"))
USUALLY = st.sampled_from((True, True, True, False))


@dataclass(kw_only=True)
class Asked:
    """What the model knows of a proposal."""

    id: UUID
    act: Act
    subject: str
    by: str
    seq: int
    expired: bool = False
    decided_by: str = ""
    agreed: bool = False
    carried_out: int = 0


@dataclass(kw_only=True)
class World:
    """What all sequences share: a case with its people, their sessions, and the administrator's connection."""

    there: Office
    lately: dict[str, str]
    long_ago: dict[str, str]
    behind: Any
    steps: dict[str, int] = field(default_factory=dict)

    def count(self, step: str) -> None:
        self.steps[step] = self.steps.get(step, 0) + 1


class TwoPeople(RuleBasedStateMachine):
    """One sequence of steps."""

    world: ClassVar[World]

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[Asked] = []
        self.out: set[str] = set()
        self.gone: set[str] = set()
        self.seq = self.world.there.case.seq

    def teardown(self) -> None:
        there, behind = self.world.there, self.world.behind
        behind.execute("delete from conflict where case_id = %s", [there.case.id])
        here = [person.account for person in there.people.values()]
        behind.execute("update account set is_active = true where id = any(%s)", [here])
        behind.execute("update kase set head_seq = %s where id = %s", [there.case.seq, there.case.id])

    def may(self, name: str, lately: bool, parts: frozenset[str], subject: str) -> bool:
        shut_out = name in self.gone | self.out or subject == self.account(name)
        return lately and not shut_out and ((STANDING in parts and name in STANDINGS) or DUTIES.get(name) in parts)

    def account(self, name: str) -> str:
        return str(self.world.there.people[name].account)

    def acting(self, name: str, lately: bool) -> Any:
        return session((self.world.lately if lately else self.world.long_ago)[name])

    @initialize(name=st.just("officer") | people)
    def begins(self, name: str) -> None:
        self.proposes(name, True, Act.RELEASE, None)

    @rule(name=people, lately=USUALLY, act=st.sampled_from(list(Act)), about=st.none() | people)
    def proposes(self, name: str, lately: bool, act: Act, about: str | None) -> None:
        subject = self.account(about) if about else "pack"
        try:
            with self.acting(name, lately):
                new = proposals.propose(act, self.world.there.case.id, subject, b"bytes", self.seq)
        except cases.NotAllowed:
            assert not self.may(name, lately, TERMS[act].proposes, subject)
            return
        assert self.may(name, lately, TERMS[act].proposes, subject)
        self.asked.append(Asked(id=new, act=act, subject=subject, by=name, seq=self.seq))
        self.world.count("proposed")

    @precondition(lambda self: self.asked)
    @rule(name=leads | people, lately=USUALLY, agree=USUALLY, which=st.integers(0, 9))
    def answers(self, name: str, lately: bool, agree: bool, which: int) -> None:
        one = self.asked[which % len(self.asked)]
        mine, same = name == one.by and name not in self.gone, (name == "partner") == (one.by == "partner")
        other = name != one.by and same and self.may(name, lately, TERMS[one.act].agrees, one.subject)
        wanted = not one.expired and not one.decided_by and ((mine and not agree) or other)
        wanted = wanted and not (agree and (one.by in self.out or one.subject == self.account(one.by)))
        with self.acting(name, lately):
            assert proposals.decide(one.id, agree) is wanted
        if wanted:
            one.decided_by, one.agreed = name, agree
            self.world.count("agreed" if agree else "refused")

    @precondition(lambda self: self.asked)
    @rule(
        name=st.just("officer") | leads | people,
        lately=USUALLY,
        other=st.sampled_from([{}, {}, {}, {"digest": b"other"}, {"subject": "other"}]),
        which=st.integers(0, 9),
    )
    def carries_out(self, name: str, lately: bool, other: dict[str, Any], which: int) -> None:
        one = self.asked[which % len(self.asked)]
        wanted = (
            (one.agreed and not one.expired and not one.carried_out and not other and lately)
            and name in (one.by, one.decided_by)
            and not {one.by, one.decided_by} & (self.out | self.gone)
            and one.seq == self.seq
        )
        with self.acting(name, lately):
            words = {"subject": one.subject, "digest": b"bytes", **other}
            assert proposals.carry_out(one.id, one.act, self.world.there.case.id, **words) is wanted
        if wanted:
            one.carried_out += 1
            self.world.count("carried out")
        assert one.carried_out <= 1
        assert not one.carried_out or one.by != one.decided_by

    @precondition(lambda self: self.asked)
    @rule(lead=leads, which=st.integers(0, 9))
    def goes_as_it_usually_goes(self, lead: str, which: int) -> None:
        self.answers(lead, True, True, which)
        self.carries_out(self.asked[which % len(self.asked)].by, True, {}, which)

    @rule(what=st.sampled_from(("time", "case", "out", "gone")), name=people)
    def something_changes(self, what: str, name: str) -> None:
        """Three days pass, the case moves on, somebody is shut out or let in, leaves or comes back."""
        {"time": self.expire, "case": self.move_on, "out": self.shut_out, "gone": self.leave}[what](name)

    def expire(self, name: str) -> None:
        for one in self.asked:
            if one.by == name:
                one.expired = True
                self.world.behind.execute("update proposal set expires = clock_timestamp() where id = %s", [one.id])

    def move_on(self, name: str) -> None:
        self.seq += name == "colleague"
        values = [self.seq, self.world.there.case.id]
        self.world.behind.execute("update kase set head_seq = %s where id = %s", values)

    def shut_out(self, name: str) -> None:
        values = [self.world.there.people[name].account, self.world.there.case.id]
        if name in self.out:
            self.world.behind.execute("delete from conflict where user_id = %s and case_id = %s", values)
        else:
            self.world.behind.execute("insert into conflict (user_id, case_id) values (%s, %s)", values)
        self.out ^= {name}

    def leave(self, name: str) -> None:
        self.gone ^= {name}
        values = [name not in self.gone, self.world.there.people[name].account]
        self.world.behind.execute("update account set is_active = %s where id = %s", values)


def test_nothing_is_done_by_one_person_or_twice_in_any_order() -> None:
    there = office()
    with closing(database.administrator().connect(dbname=database_name())) as behind:
        behind.execute("set session_replication_role = replica")
        lately = {name: fresh_token(person) for name, person in there.people.items()}
        TwoPeople.world = World(there=there, lately=lately, long_ago=old_tokens(there), behind=behind)
        behind.execute(
            "update sign_in_session set stepped_up = now() + interval '1 day' "
            "where stepped_up is not null and account_id = any(%s)",
            [[person.account for person in there.people.values()]],
        )
        chosen = settings(
            max_examples=SEQUENCES, stateful_step_count=12, deadline=None, suppress_health_check=list(HealthCheck)
        )
        run_state_machine_as_test(TwoPeople, settings=chosen)
    counted = TwoPeople.world.steps
    assert {"proposed", "agreed", "refused", "carried out"} <= counted.keys(), counted
    figure(f"{SEQUENCES:,} random sequences: {counted}; 0 done by one person, 0 done twice")


def old_tokens(there: Office) -> dict[str, str]:
    tokens = {}
    for name, person in there.people.items():
        with as_account(person) as token:
            tokens[name] = token
    assert context.token() is None
    return tokens


def database_name() -> str:
    from django.db import connections

    return str(connections["owner"].settings_dict["NAME"])
