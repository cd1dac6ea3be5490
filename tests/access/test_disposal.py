"""Does a record go when its time has passed and two people say so, wholly, and never otherwise?"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from django.db import ProgrammingError, transaction

from sanctuary.actions.dispose_record import Destroyed, Why, carry_out_disposal, propose_disposal, watch_record
from sanctuary.actions.hold_record import Held, hold_record, release_hold
from sanctuary.actions.results import Faulty, Missing, Refused
from sanctuary.gateways import erasures
from sanctuary.jobs.disposing import note_due
from sanctuary.records import cases, chains, disposal, proposals, search, worklist
from sanctuary.records.query import rows
from sanctuary.records.search import Purpose
from tests.support.access.ended import NAME, NOW, Archive, archive
from tests.support.access.two_people import fresh, fresh_token, give_duties, session
from tests.support.database import Happening, administrator, asking, login, make_conflict, make_person, on_the_record

pytestmark = [on_the_record, pytest.mark.covers("A5")]


@pytest.fixture(autouse=True)
def ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A ledger of the test's own."""
    monkeypatch.setenv("SANCTUARY_ERASURES", str(tmp_path / "erasures"))
    return tmp_path / "erasures"


@pytest.fixture
def there() -> Archive:
    return archive()


def listed(there: Archive) -> list[str]:
    with asking(there.lead):
        return [each.reference for each in disposal.due()]


def left_in(case: UUID) -> Iterator[str]:
    """The tables that still hold anything of the case."""
    with administrator() as connection:
        named = connection.execute(
            "select table_name from information_schema.columns "
            "where column_name = 'case_id' and table_schema = 'public'"
        ).fetchall()
        for (table,) in named:
            found = connection.execute(f"select 1 from {table} where case_id = %s limit 1", [case]).fetchone()
            if found:
                yield str(table)


def test_what_is_due_is_listed_with_why_and_nothing_is_destroyed_by_that(there: Archive) -> None:
    ended, open_one = there.due(), there.case()
    note_due(NOW)
    assert ended.reference in listed(there)
    assert open_one.reference not in listed(there)
    with asking(there.lead):
        found = watch_record(ended.reference, NOW)
    assert found is not None
    assert found.keeping.is_due
    assert "1 year after the case closed (the document does not state a time" in found.keeping.reason
    assert there.county.see("housing", ended.case_id) is not None


def test_what_is_kept_longer_is_not_listed(there: Archive) -> None:
    case = there.ended("other")
    note_due(there.county.now.replace(year=2024))
    assert case.reference not in listed(there)


@pytest.mark.failure(6, 7)
def test_two_people_destroy_it_and_nothing_leads_to_the_person(there: Archive) -> None:
    case = there.due()
    certificate = there.destroyed(case)
    assert certificate["number"].startswith("D-")
    assert there.county.see("housing", case.case_id) is None
    assert case.reference not in listed(there)
    for role in ("housing", "referrer"):
        with asking(there.county.people[role]):
            assert case.case_id not in search.find({Purpose.FULL_NAME: NAME})
            assert search.find({Purpose.REFERENCE: case.reference}) == []
            assert case.case_id not in [each.case_id for each in worklist.lately(limit=None)]
            assert worklist.these([case.case_id]) == []
            assert cases.find(case.case_id) is None
    assert set(left_in(case.case_id)) <= {"event", "audit_entry", "proposal", "disposal"}


def test_the_certificate_says_all_that_it_should_and_names_nobody_it_was_about(there: Archive) -> None:
    case = there.due()
    certificate = there.destroyed(case)
    with asking(there.lead):
        assert disposal.certificates(case.reference) == [certificate]
        assert disposal.certificate(certificate["number"]) == certificate
        assert disposal.count_certificates(case.reference) == 1
        every = disposal.certificates()
        assert disposal.count_certificates() == len(every)
        assert [disposal.certificates(limit=1, skip=number)[0] for number in range(len(every))] == every
        called = disposal.names([certificate["proposed_by"], certificate["agreed_by"]])
    assert set(called.values()) == {"Lee Lead", "Ola Lead"}
    assert certificate["rule"] == "not_taken_up"
    assert certificate["source"]
    assert certificate["stated"] is False
    assert certificate["reason"] == "retention"
    assert case.reference not in str(certificate)
    assert NAME not in str(certificate)
    with asking(there.stranger):
        assert disposal.certificates(case.reference) == []
        assert disposal.certificate(certificate["number"]) is None
    with asking(there.county.people["housing"]):
        assert disposal.certificate(certificate["number"]) is None


def test_the_ledger_has_it_before_anybody_is_told(there: Archive) -> None:
    certificate = there.destroyed(there.due())
    assert list(erasures.entries()) == [certificate]


def test_where_the_ledger_cannot_be_written_nothing_is_destroyed(
    there: Archive, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    case = there.due()
    agreed = there.agreed(case)
    monkeypatch.setenv("SANCTUARY_ERASURES", str(tmp_path / "nowhere" / "erasures"))
    with pytest.raises(FileNotFoundError):
        there.carried_out(agreed)
    seen = there.county.see("housing", case.case_id)
    assert seen is not None
    assert seen.facts.answers["referral.name"] == NAME


@pytest.mark.failure(6)
def test_one_person_alone_destroys_nothing(there: Archive) -> None:
    case = there.due()
    proposal = there.proposed(case)
    assert isinstance(there.carried_out(proposal), Refused)
    with fresh(there.lead):
        assert not proposals.decide(proposal, True)
    assert isinstance(there.carried_out(proposal), Refused)
    assert there.county.see("housing", case.case_id) is not None


def test_it_goes_once(there: Archive) -> None:
    case = there.due()
    proposal = there.agreed(case)
    assert isinstance(there.carried_out(proposal), Destroyed)
    assert isinstance(there.carried_out(proposal), Missing)


@pytest.mark.parametrize("why", Why)
def test_a_case_that_is_open_stays(there: Archive, why: Why) -> None:
    case = there.case()
    with session(fresh_token(there.lead)):
        assert propose_disposal(case.reference, why, NOW) == Refused(
            reasons=("First the case has to be closed, with the reason for which it ends.",)
        )


def test_before_its_time_it_goes_only_at_the_request_of_the_person(there: Archive) -> None:
    case = there.ended("other")
    with session(fresh_token(there.lead)):
        refused = propose_disposal(case.reference, Why.RETENTION, there.county.now)
    assert isinstance(refused, Refused)
    assert "3 years" in refused.reasons[0]
    certificate = there.destroyed(case, Why.REQUEST)
    assert certificate["reason"] == "request"
    assert there.county.see("housing", case.case_id) is None


def test_whose_time_nobody_has_noted_waits_for_the_next_round(there: Archive) -> None:
    case = there.ended()
    with session(fresh_token(there.lead)):
        refused = propose_disposal(case.reference, Why.RETENTION, NOW)
    assert isinstance(refused, Refused)
    assert "next round" in refused.reasons[0]


@pytest.mark.parametrize("why", Why)
def test_a_hold_stops_it_even_after_two_people_agreed(there: Archive, why: Why) -> None:
    case = there.due()
    proposal = there.agreed(case, why)
    with asking(there.other_lead):
        assert isinstance(hold_record(reference=case.reference, ground="litigation", file="CL/2026 14"), Held)
    refused = there.carried_out(proposal)
    assert refused == Refused(reasons=("It has to stay: a claim or a court case, begun or expected.",))
    assert case.reference in listed(there)
    with asking(there.lead):
        found = watch_record(case.reference, NOW)
    assert found is not None
    (hold,) = found.record.holds
    assert (hold.file, hold.by) == ("CL/2026 14", "Ola Lead")
    with asking(there.lead):
        assert isinstance(release_hold(hold.id), Missing)
    with session(fresh_token(there.lead)):
        assert isinstance(release_hold(hold.id), Held)
        assert isinstance(release_hold(hold.id), Missing)
    assert isinstance(there.carried_out(proposal), Destroyed)


def test_the_database_itself_heeds_the_hold(there: Archive) -> None:
    """Whatever the application believes: the statement alone gives nothing back and destroys nothing."""
    case = there.due()
    proposal = there.agreed(case)
    with asking(there.lead):
        found = watch_record(case.reference, NOW)
        assert found is not None
        assert disposal.place_hold(case.case_id, next(iter(disposal.Ground)), "")
    from sanctuary.actions.dispose_record import bound_to

    with session(fresh_token(there.lead)):
        assert disposal.dispose(proposal, {}, {}, bound_to(found, Why.RETENTION)) is None
    assert there.county.see("housing", case.case_id) is not None


def test_a_hold_needs_a_ground_and_takes_no_names(there: Archive) -> None:
    case = there.due()
    with asking(there.lead):
        wrong = hold_record(reference=case.reference, ground="because", file="see O'Brien, Rowan & Co")
    assert isinstance(wrong, Faulty)
    assert set(wrong.faults) == {"ground", "file"}
    with asking(there.stranger):
        assert isinstance(hold_record(reference=case.reference, ground="litigation", file=""), Missing)
    with asking(there.county.people["housing"]):
        assert isinstance(hold_record(reference=case.reference, ground="litigation", file=""), Missing)


def test_nobody_else_sees_or_moves_it(there: Archive) -> None:
    case = there.due()
    agreed = there.agreed(case)
    for other in (there.stranger, there.county.people["housing"], there.county.people["referrer"]):
        with session(fresh_token(other)):
            assert case.reference not in {each.reference for each in disposal.due()}
            assert watch_record(case.reference, NOW) is None
            assert isinstance(propose_disposal(case.reference, Why.RETENTION, NOW), Missing)
            assert isinstance(carry_out_disposal(agreed, NOW), Missing)
            assert disposal.events_for(agreed) == []
    assert there.county.see("housing", case.case_id) is not None


def test_who_is_kept_from_a_case_is_kept_from_its_end(there: Archive) -> None:
    case = there.due()
    make_conflict(there.lead, Happening(id=case.case_id, reference=case.reference, seq=0))
    assert case.reference not in listed(there)
    with session(fresh_token(there.lead)):
        assert isinstance(propose_disposal(case.reference, Why.RETENTION, NOW), Missing)
        assert isinstance(hold_record(reference=case.reference, ground="inquiry", file=""), Missing)


def test_who_was_kept_from_a_case_learns_nothing_of_its_end(there: Archive) -> None:
    case = there.due()
    kept_out = make_person(there.lead.agency, there.lead.role)
    give_duties(kept_out, "oversight")
    make_conflict(kept_out, Happening(id=case.case_id, reference=case.reference, seq=0))
    number = str(there.destroyed(case)["number"])
    for who, sees in ((there.other_lead, True), (kept_out, False)):
        with asking(who):
            assert (number in [each["number"] for each in disposal.certificates()]) is sees
            assert (disposal.certificate(number) is not None) is sees


def test_what_was_told_is_given_out_for_the_figures_only_once_agreed(there: Archive) -> None:
    case = there.due()
    proposal = there.proposed(case)
    with session(fresh_token(there.lead)):
        assert disposal.events_for(proposal) == []
    with fresh(there.other_lead):
        assert proposals.decide(proposal, True)
    with asking(there.lead):
        assert disposal.events_for(proposal) == []  # not proved lately
    with session(fresh_token(there.lead)):
        assert disposal.events_for(proposal)


@pytest.mark.parametrize(
    "statement",
    [
        "insert into case_key (case_id, compartment, wrapped) values (%s, 0, decode(repeat('00', 60), 'hex'))",
        (
            "insert into access_grant (agency_id, role, case_id, read_mask, write_mask) "
            "select min(id), 'housing', %s, 1, 1 from agency"
        ),
        "insert into case_summary (case_id, nonce, ciphertext) values (%s, decode(repeat('00', 12), 'hex'), '')",
        "insert into search_token (case_id, purpose, token) values (%s, 1, 1)",
        "insert into case_projection (case_id, progress, computed_seq) values (%s, '{}', 1)",
    ],
)
def test_nothing_of_it_comes_back(there: Archive, statement: str) -> None:
    case = there.due()
    there.destroyed(case)
    with administrator() as connection, pytest.raises(Exception, match="was destroyed"):
        connection.execute(statement, [case.case_id])


def test_no_request_destroys_in_any_other_way(there: Archive) -> None:
    case = there.due()
    for statement in (
        "select erase_compartment(%s, 0::smallint)",
        "select destroy_record(%s)",
        "select * from events_of(%s)",
        "delete from case_key where case_id = %s",
        "select note_due(%s, 'other', 'others', now(), now())",
    ):
        with login() as connection, pytest.raises(Exception, match="permission denied"):
            connection.execute(statement, [case.case_id])
    with asking(there.lead), pytest.raises(ProgrammingError), transaction.atomic():
        rows("select dispose_again('{}', '{}')")
    assert there.county.see("housing", case.case_id) is not None


def test_certificates_and_figures_stay_as_they_are(there: Archive) -> None:
    there.destroyed(there.due())
    for statement in ("delete from disposal", "update figure set outcome = 'other'", "truncate disposal cascade"):
        with administrator() as connection, pytest.raises(Exception, match="stays as it is"):
            connection.execute(statement)


def test_later_events_undo_an_agreement(there: Archive) -> None:
    """What was agreed to was the record as it stood."""
    case = there.due()
    proposal = there.agreed(case)
    moved = "update kase set head_seq = head_seq + %s where id = %s"
    with administrator() as connection:
        connection.execute(moved, [1, case.case_id])
        assert isinstance(there.carried_out(proposal), Refused)
        connection.execute(moved, [-1, case.case_id])


def test_recorded_is_what_recorded_was(there: Archive) -> None:
    """Who read what stays; it says nothing of what was told."""
    case = there.due()
    there.county.see("housing", case.case_id)
    there.destroyed(case)
    with administrator() as connection:
        found = connection.execute("select count(*) from audit_entry where case_id = %s", [case.case_id]).fetchone()
    assert found is not None
    assert found[0] > 0


def test_what_others_keep_of_a_case_goes_with_it(there: Archive) -> None:
    """Messages, marks of people, crossings with other cases and copies made for somebody: none is left to be read."""
    case, other = there.due(), there.case()
    council = there.lead.agency.id
    one, two = sorted((case.case_id, other.case_id))
    with administrator() as connection:
        connection.execute(
            "insert into message (kind, case_id, agency_id, role) values ('shared', %s, %s, 'housing')",
            [case.case_id, council],
        )
        connection.execute("insert into crossing (one_case, other_case, purposes) values (%s, %s, '{1}')", [one, two])
        connection.execute(
            "insert into pack (id, case_id, at_seq, recipient, items, parts, digest, sealed, agency_id, made_by) "
            "values (gen_random_uuid(), %s, 1, 'person', 1, '{0}', sha256(''), 'sealed', %s, %s)",
            [case.case_id, council, there.lead.account],
        )
        marks = connection.execute("select count(*) from case_mark where case_id = %s", [case.case_id]).fetchone()
    assert marks is not None
    assert marks[0] > 0
    there.destroyed(case)
    assert set(left_in(case.case_id)) <= {"event", "audit_entry", "proposal", "disposal", "pack"}
    with administrator() as connection:
        crossed = connection.execute("select 1 from crossing where %s in (one_case, other_case)", [case.case_id])
        assert crossed.fetchone() is None
        packed = connection.execute("select sealed from pack where case_id = %s", [case.case_id]).fetchone()
    assert packed == (None,)


def test_audit_chains_hold_after_a_record_is_gone(there: Archive) -> None:
    case = there.due()
    there.county.see("housing", case.case_id)
    there.destroyed(case)
    assert [fault for fault in chains.faults() if fault.chain == case.case_id] == []
