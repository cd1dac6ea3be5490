"""Does it take two people? Whoever asks and answers, one at a time; the next two files: in any order, and at once."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest
from django.db import transaction

from sanctuary.core.proposals import TERMS, Act
from sanctuary.records import cases, proposals
from sanctuary.records.query import rows
from tests.support.access.two_people import Office, fresh, give_duties, office, step_up
from tests.support.database import Person, add, administrator, as_account, asking, entry, make_conflict, on_the_record

pytestmark = [on_the_record, pytest.mark.failure(6)]


def proposed(there: Office, act: Act = Act.RELEASE, subject: str = "pack", by: Person | None = None) -> UUID:
    with fresh(by or there.officer):
        return proposals.propose(act, there.case.id, subject, b"digest")


def agreed(there: Office, proposal: UUID, by: Person | None = None, agree: bool = True) -> bool:
    with fresh(by or there.lead):
        return proposals.decide(proposal, agree)


def done(there: Office, proposal: UUID, by: Person | None = None, **other: object) -> bool:
    asked = {"act": Act.RELEASE, "case_id": there.case.id, "subject": "pack", "digest": b"digest", **other}
    with fresh(by or there.officer):
        return proposals.carry_out(proposal, **asked)  # type: ignore[arg-type]


def behind(statement: str, *values: object) -> None:
    """Change what no login can change."""
    with administrator() as connection, connection.transaction():
        connection.execute("set local session_replication_role = replica")
        connection.execute(statement, values)


def test_two_people_do_it_once() -> None:
    there = office()
    proposal = proposed(there)
    assert not done(there, proposal)
    assert agreed(there, proposal)
    assert not agreed(there, proposal, by=there.other_lead)
    assert done(there, proposal)
    assert not done(there, proposal)


def test_the_words_and_the_database_say_the_same_of_who_may() -> None:
    with administrator() as connection:
        found = connection.execute("select * from two_person_acts()").fetchall()
    assert {Act(kind): (frozenset(may), frozenset(yes)) for kind, may, yes in found} == {
        act: (terms.proposes, terms.agrees) for act, terms in TERMS.items()
    }


def test_nobody_agrees_with_themself() -> None:
    there = office()
    give_duties(there.officer, "oversight")
    proposal = proposed(there)
    assert not agreed(there, proposal, by=there.officer)
    assert not done(there, proposal)


def test_whoever_proposed_it_may_take_it_back() -> None:
    there = office()
    proposal = proposed(there)
    assert agreed(there, proposal, by=there.officer, agree=False)
    assert not agreed(there, proposal)
    assert not done(there, proposal)


def test_a_no_stands() -> None:
    there = office()
    proposal = proposed(there)
    assert agreed(there, proposal, agree=False)
    assert not agreed(there, proposal, by=there.other_lead)
    assert not done(there, proposal)


@pytest.mark.parametrize("name", ["colleague", "specialist", "partner", "stranger"])
def test_only_a_lead_of_the_same_agency_agrees(name: str) -> None:
    there = office()
    proposal = proposed(there)
    assert not agreed(there, proposal, by=there.people[name])
    assert not agreed(there, proposal, by=there.people[name], agree=False)


@pytest.mark.parametrize(
    ("act", "may"),
    [
        (Act.RELEASE, {"officer", "colleague", "partner"}),
        (Act.ERASE, {"officer", "colleague", "lead", "other_lead", "partner"}),
        (Act.LIFT_CONFLICT, {"lead", "other_lead", "specialist", "partner"}),
    ],
)
def test_each_act_is_proposed_by_those_whom_its_terms_name(act: Act, may: set[str]) -> None:
    there = office()
    could = set()
    for name, person in there.people.items():
        try:
            proposed(there, act, by=person)
        except cases.NotAllowed:
            continue
        could.add(name)
    assert could == may


def test_without_a_proof_of_lately_nothing_is_proposed_agreed_or_done() -> None:
    there = office()
    with asking(there.officer), pytest.raises(cases.NotAllowed):
        proposals.propose(Act.RELEASE, there.case.id, "pack")
    proposal = proposed(there)
    with asking(there.lead):
        assert not proposals.decide(proposal, True)
    assert agreed(there, proposal)
    with asking(there.officer):
        assert not proposals.carry_out(proposal, Act.RELEASE, there.case.id, "pack", b"digest")


def test_nobody_decides_about_themself() -> None:
    there = office()
    about = str(there.lead.account)
    with pytest.raises(cases.NotAllowed):
        proposed(there, Act.LIFT_CONFLICT, about, by=there.lead)
    proposal = proposed(there, Act.LIFT_CONFLICT, about, by=there.specialist)
    assert not agreed(there, proposal)
    with fresh(there.lead):
        assert proposals.find(proposal) is None
    assert agreed(there, proposal, by=there.other_lead)


def test_somebody_shut_out_of_the_case_has_no_part_in_it() -> None:
    there = office()
    proposal = proposed(there)
    make_conflict(there.lead, there.case)
    assert not agreed(there, proposal)
    with fresh(there.lead):
        assert proposals.waiting() == []
        with pytest.raises(cases.NotAllowed):
            proposals.propose(Act.ERASE, there.case.id, "all")
    make_conflict(there.officer, there.case)
    assert not agreed(there, proposal, by=there.other_lead)


@pytest.mark.parametrize("name", ["officer", "lead"])
def test_shut_out_or_gone_after_the_agreement_it_is_not_done(name: str) -> None:
    there = office()
    left, other = (there.officer, there.lead) if name == "officer" else (there.lead, there.officer)
    proposal = proposed(there)
    assert agreed(there, proposal)
    with administrator() as connection:
        connection.execute("update account set is_active = false where id = %s", [left.account])
    assert not done(there, proposal, by=other)
    with administrator() as connection:
        connection.execute("update account set is_active = true where id = %s", [left.account])
    make_conflict(left, there.case)
    assert not done(there, proposal, by=other)


def test_a_case_that_is_not_there_is_refused_like_one_that_is_hidden() -> None:
    there = office()
    with fresh(there.officer), pytest.raises(cases.NotAllowed):
        proposals.propose(Act.RELEASE, uuid4(), "pack")
    with fresh(there.stranger), pytest.raises(cases.NotAllowed):
        proposals.propose(Act.RELEASE, there.case.id, "pack")
    with fresh(there.stranger):
        assert not proposals.decide(uuid4(), True)


@pytest.mark.failure(7)
@pytest.mark.parametrize(
    "other", [{"act": Act.ERASE}, {"case_id": uuid4()}, {"subject": "pack2"}, {"digest": b"digesu"}, {"digest": b""}]
)
def test_what_was_agreed_to_is_all_that_is_done(other: dict[str, object]) -> None:
    there = office()
    proposal = proposed(there)
    assert agreed(there, proposal)
    assert not done(there, proposal, **other)
    assert done(there, proposal)


@pytest.mark.failure(7)
def test_after_something_new_in_the_case_it_is_not_done() -> None:
    there = office()
    with fresh(there.officer):
        proposal = proposals.propose(Act.RELEASE, there.case.id, "pack", b"digest", there.case.seq)
    assert agreed(there, proposal)
    add(there.case, there.officer, entry("more"))
    assert not done(there, proposal)


def test_an_agreement_expires() -> None:
    there = office()
    early, late = proposed(there), proposed(there)
    assert agreed(there, late)
    behind("update proposal set expires = now() where id = any(%s)", [early, late])
    assert not agreed(there, early)
    assert not done(there, late)
    with fresh(there.lead):
        assert proposals.waiting() == []
        assert {each.id for each in proposals.settled()} == {early, late}


def test_a_third_person_does_not_carry_it_out() -> None:
    there = office()
    proposal = proposed(there)
    assert agreed(there, proposal)
    assert not done(there, proposal, by=there.colleague)
    assert not done(there, proposal, by=there.other_lead)
    assert done(there, proposal, by=there.lead)


def test_a_job_carries_out_what_two_people_agreed_to_and_a_request_cannot_in_its_name() -> None:
    there = office()
    proposal = proposed(there, Act.ERASE, "all", by=there.other_lead)
    asked = (proposal, Act.ERASE, there.case.id, "all", b"digest")
    assert not proposals.carry_out_unasked(*asked)
    assert agreed(there, proposal)
    with fresh(there.officer), pytest.raises(Exception, match="permission denied"):
        rows("select spend_proposal(%s, 'erase', %s, 'all', '')", [proposal, there.case.id])
    assert proposals.carry_out_unasked(*asked)
    assert not proposals.carry_out_unasked(*asked)


def test_who_may_know_of_a_proposal() -> None:
    there = office()
    proposal = proposed(there)
    knows = set()
    for name, person in there.people.items():
        with asking(person):
            found, waiting = proposals.find(proposal), proposals.waiting()
            assert [found] == (waiting or [None])
            assert proposals.of_subject(Act.RELEASE, there.case.id, "pack") == waiting
            knows |= {name} if found else set()
    assert knows == {"officer", "lead", "other_lead"}


def test_what_is_said_of_a_proposal() -> None:
    there = office()
    proposal = proposed(there)
    assert agreed(there, proposal)
    assert done(there, proposal)
    with asking(there.lead):
        found = proposals.find(proposal)
    assert found
    assert (found.act, found.reference, found.by_name, found.decided_by_name, found.agreed) == (
        Act.RELEASE, there.case.reference, "Robin Officer", "Lee Lead", True,
    )  # fmt: skip
    assert found.carried_out


@pytest.mark.parametrize(
    "change",
    [
        "set agreed = false",
        "set decided_by = proposed_by",
        "set carried_out = null",
        "set digest = ''",
        "set expires = expires + interval '1 day'",
        "set proposed_by = decided_by",
    ],
)
def test_even_the_administrator_changes_nothing_that_two_people_did(change: str) -> None:
    there = office()
    proposal = proposed(there)
    assert agreed(there, proposal)
    assert done(there, proposal)
    with administrator() as connection, pytest.raises(Exception, match=r"stays as it is|violates check"):
        connection.execute(f"update proposal {change} where id = %s", [proposal])


def test_a_request_writes_no_proposal_by_itself() -> None:
    there = office()
    proposal = proposed(there)
    for statement in (
        "update proposal set agreed = true",
        "delete from proposal",
        "insert into proposal default values",
    ):
        with pytest.raises(Exception, match="permission denied"), fresh(there.lead):
            rows(statement)
    assert not done(there, proposal)


def act_for(deputy: Person, colleague: Person) -> None:
    """Let every session of the deputy play the colleague's part."""
    with administrator() as connection, connection.transaction():
        made = connection.execute(
            "insert into deputy (id, account_id, for_account, starts, ends, made_by) "
            "values (gen_random_uuid(), %s, %s, now() - interval '1 day', now() + interval '1 day', %s) returning id",
            [deputy.account, colleague.account, colleague.account],
        ).fetchone()
        assert made
        connection.execute("update sign_in_session set deputy_id = %s where account_id = %s", [made[0], deputy.account])


def test_a_deputy_is_still_themself() -> None:
    there = office()
    proposal = proposed(there)
    with as_account(there.officer):
        step_up(there.officer)
        act_for(there.officer, there.lead)
        with transaction.atomic():
            assert not proposals.decide(proposal, True)
    with as_account(there.lead):
        step_up(there.lead)
        act_for(there.lead, there.officer)
        with transaction.atomic():
            own = proposals.propose(Act.RELEASE, there.case.id, "other", b"digest")
            assert not proposals.decide(own, True)
            assert proposals.decide(proposal, True)
    assert done(there, proposal)
