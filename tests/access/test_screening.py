"""Is whoever knows somebody in a case shut out of it? Whichever was written first, and when both are at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Barrier
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import ProgrammingError, connections, transaction

from sanctuary.actions.results import Missing, Recorded
from sanctuary.actions.save_draft import save_draft
from sanctuary.cli import main
from sanctuary.core.reach import Kind, Trace
from sanctuary.core.whose import Whose
from sanctuary.records import accounts, alarms, cases, context, crypto, proposals, screening
from sanctuary.records.query import row
from sanctuary.records.screening import Details, Purpose
from tests.support import county
from tests.support.access.knowing import (
    asked,
    colleague,
    come,
    conflicts,
    declares,
    declares_case,
    forget,
    give_duties,
    gives_own,
    sees,
)
from tests.support.county import ASSESSMENT, County
from tests.support.database import ALIASES, Person, as_account, asking, make_person, on_the_record
from tests.support.proof import SHORT, figure

pytestmark = [on_the_record, pytest.mark.failure(20)]

BY_NAME, BY_DETAILS, DECLARED = (1, "found"), (2, "found"), (3, "found")
# The person of county.REFERRAL in other spellings, and what a match by that is worth.
OF_ADA: Mapping[str, tuple[dict[str, Any], tuple[int, str]]] = {
    "name": ({"names": ("EXAMPLE, Ada Jane",)}, BY_NAME),
    "phone": ({"phones": ("+44 (0)20-7946 0123",)}, BY_DETAILS),
    "home": ({"homes": (("Alder Close 1", "zz11aa"),)}, BY_DETAILS),
    "name and phone": ({"names": ("Ada Example",), "phones": ("02079460123",)}, BY_DETAILS),
}


@pytest.fixture
def norfolk() -> County:
    forget()
    return county.county()


@pytest.mark.parametrize("how", OF_ADA)
@pytest.mark.parametrize("give", [gives_own, declares])
@pytest.mark.parametrize("first", [True, False])
def test_a_match_shuts_out_whichever_was_written_first(norfolk: County, how: str, give: Any, first: bool) -> None:
    details, worth = OF_ADA[how]
    them, other = colleague(norfolk), colleague(norfolk)
    if first:
        give(them, **details)
    case_id = norfolk.case()
    if not first:
        assert sees(them, case_id)
        give(them, **details)
    assert conflicts(case_id) == {them.account: worth}
    assert not sees(them, case_id)
    assert sees(other, case_id)


@pytest.mark.parametrize(
    ("known", "source"),
    [
        ({"names": ("Max Example",)}, BY_NAME),
        ({"emails": ("MAX+work@mail.example",)}, BY_DETAILS),
        ({"phones": ("0044 20 7946 0188",)}, BY_DETAILS),
        ({"homes": (("14 alder close", "ZZ1 1AB"),)}, BY_DETAILS),
    ],
)
def test_the_perpetrators_people_are_shut_out_as_well(norfolk: County, known: dict[str, Any], source: Any) -> None:
    them = colleague(norfolk)
    declares(them, **known)
    case_id = norfolk.case()
    more = {"perpetrator_email": "max@mail.example", "perpetrator_phone": "020 7946 0188"}
    home = {"perpetrator_address": "14 Alder Close", "perpetrator_postcode": "ZZ1 1AB"}
    assert conflicts(case_id) == {}
    norfolk.do("police", case_id, "initial_assessment", {**ASSESSMENT, **more, **home})
    assert conflicts(case_id) == {them.account: source}


def test_an_account_is_screened_by_its_own_name_and_address_on_its_first_request(norfolk: County) -> None:
    namesake = colleague(norfolk, "Ada Example")
    case_id = norfolk.case(safe_email=namesake.email.upper())
    assert conflicts(case_id) == {}
    assert not sees(namesake, case_id)
    assert conflicts(case_id) == {namesake.account: BY_DETAILS}
    later = norfolk.case()
    assert conflicts(later) == {namesake.account: BY_NAME}


def test_a_new_name_is_screened_on_the_next_request(norfolk: County) -> None:
    them = colleague(norfolk)
    case_id = norfolk.case()
    assert sees(them, case_id)
    asked("update account set name = 'Ada Example' where id = %s returning 1", them.account)
    assert not sees(them, case_id)


def test_a_case_by_its_reference_is_gone_at_once_and_one_that_is_not_there_says_nothing(norfolk: County) -> None:
    them = colleague(norfolk)
    case_id = norfolk.case()
    reference = asked("select reference from kase where id = %s", case_id)[0][0]
    declares_case(them, "NOR-2222-22")
    assert sees(them, case_id)
    declares_case(them, reference)
    assert conflicts(case_id) == {them.account: DECLARED}
    assert not sees(them, case_id)


def test_whoever_writes_a_case_may_turn_out_to_be_shut_out_of_it(norfolk: County) -> None:
    """What they wrote is kept, for others; for them there is no such case from the commit on."""
    author = norfolk.people["police"]
    gives_own(author, homes=(("1 Alder Close", "ZZ1 1AA"),))
    opened = norfolk.refer("police")
    assert isinstance(opened, Recorded)
    assert norfolk.see("police", opened.case_id) is None
    assert norfolk.see("housing", opened.case_id) is not None
    done = norfolk.do("police", opened.case_id, "initial_assessment", ASSESSMENT)
    assert isinstance(done, Missing)


def test_whoever_refers_to_another_agency_leaves_its_people_marked(norfolk: County) -> None:
    """The case is not theirs any more once it is kept, and is screened all the same."""
    them = colleague(norfolk)
    gives_own(them, phones=("020 7946 0123",))
    opened = norfolk.refer("support", approached="support", gender="male", made_by="self")
    assert isinstance(opened, Recorded)
    assert norfolk.see("support", opened.case_id) is None
    assert conflicts(opened.case_id) == {them.account: BY_DETAILS}


def test_a_draft_is_enough(norfolk: County) -> None:
    them = colleague(norfolk)
    declares(them, phones=("020 7946 0188",))
    case_id = norfolk.case()
    with norfolk.acting("police"):
        save_draft(case_id=case_id, step="initial_assessment", plain={"perpetrator_phone": "020 79460188"},
                   expected_seq=10_000, key=uuid4(), now=norfolk.now)  # fmt: skip
    assert conflicts(case_id) == {them.account: BY_DETAILS}


def test_own_details_take_the_place_of_those_before_and_declarations_stay_beside_each_other(norfolk: County) -> None:
    them = colleague(norfolk)
    gives_own(them, phones=("020 7946 0123",))
    gives_own(them, phones=("020 7946 0555",))
    declares(them, phones=("020 7946 0666",))
    declares(them, phones=("020 7946 0777",))
    assert conflicts(norfolk.case()) == {}
    for number in ("0555", "0666", "0777"):
        assert conflicts(norfolk.case(safe_phone=f"020 7946 {number}")) == {them.account: BY_DETAILS}


def test_a_conflict_stays_though_what_it_rests_on_is_taken_out(norfolk: County) -> None:
    them = colleague(norfolk)
    gives_own(them, phones=("020 7946 0123",))
    case_id = norfolk.case()
    gives_own(them, names=("Kim Underhill",))
    assert conflicts(case_id) == {them.account: BY_DETAILS}


def test_whoever_works_on_a_case_or_refers_it_is_no_party_to_it(norfolk: County) -> None:
    worker = colleague(norfolk, "Kim Underhill")
    come(worker)
    case_id = norfolk.case(made_by="agency", referrer_agency="Example Support", referrer_name="Kim Underhill")
    assert conflicts(case_id) == {}
    forms = [
        (0, Trace(fact="a.b", whose=whose, kind=Kind.NAME, form="kim underhill", compartment="core")) for whose in Whose
    ]
    sides = {side for _, side, _, _ in screening.marks_of(forms)}
    assert (sides, len(screening.marks_of(forms))) == ({0, 1, 2}, 3)
    street = Trace(fact="a.b", whose=Whose.PERSON, kind=Kind.STREET, form="1 alder close", compartment="core")
    assert screening.marks_of([(0, street)]) == set()


def test_one_name_alone_and_no_details_match_nobody(norfolk: County) -> None:
    them = colleague(norfolk)
    gives_own(them, names=("Ada", "", "Ms"), phones=("12",), emails=("ada",), homes=(("1 Alder Close", ""),))
    assert conflicts(norfolk.case()) == {}


def test_each_purpose_has_a_key_of_its_own() -> None:
    found = {screening.mark(purpose, "the same")[1] for purpose in Purpose}
    assert len(found) == len(Purpose)
    assert crypto.token("screening/NAME", "the same") not in found
    assert all(0 <= mark < 2**crypto.MARK_BITS for mark in found)
    assert max(mark.bit_length() for mark in found) > 50


def test_an_alarm_tells_oversight_and_neither_the_colleague_nor_anybody_shut_out(norfolk: County) -> None:
    lead, them, kin = colleague(norfolk, "Lee Jessop"), colleague(norfolk), colleague(norfolk, "Kit Example")
    for person in (lead, them, kin):
        give_duties(person, "oversight")
    case_id = norfolk.case()
    declares_case(kin, asked("select reference from kase where id = %s", case_id)[0][0])
    gives_own(them, names=("Ada Example",))

    def told(person: Person) -> set[UUID | None]:
        with asking(person):
            return {alarm.about for alarm in alarms.looked_after() if alarm.case_id == case_id}

    def listed(person: Person) -> set[UUID]:
        with asking(person):
            return {found.account for found in screening.looked_after() if found.case_id == case_id}

    assert told(lead) == listed(lead) == {kin.account, them.account}
    assert told(them) == listed(them) == told(kin) == listed(kin) == set()
    assert listed(colleague(norfolk)) == set()


def test_a_conflict_by_name_is_looked_at_and_stays(norfolk: County) -> None:
    lead, them = colleague(norfolk, "Lee Jessop"), colleague(norfolk)
    give_duties(lead, "oversight")
    case_id = norfolk.case()
    gives_own(them, names=("Ada Example",))
    with asking(them):
        assert not screening.keep(them.account, case_id)
    with asking(lead):
        assert screening.keep(them.account, case_id)
        assert not screening.keep(them.account, case_id)
        found = [each for each in screening.looked_after() if each.case_id == case_id]
        assert [(each.name, each.source, each.state) for each in found] == [(them.name, 1, "kept")]
    assert not sees(them, case_id)
    gives_own(them, phones=("020 7946 0123",))
    assert conflicts(case_id) == {them.account: BY_DETAILS}


def lift(case_id: UUID, account: UUID, *people: Person) -> bool:
    """Two people propose, agree and carry out."""
    first, second = people
    with fresh(first):
        proposal = proposals.propose("lift_conflict", case_id, account)
    with fresh(second):
        if not proposals.decide(proposal, True):
            return False
    with fresh(first):
        return screening.lift(proposal, account, case_id)


@contextmanager
def fresh(person: Person) -> Iterator[None]:
    """A transaction of somebody who has just proved who they are."""
    with context.acting(accounts.open_session(person.account, fresh=True)), transaction.atomic():
        yield


def test_two_people_lift_a_conflict_and_anything_stronger_shuts_out_anew(norfolk: County) -> None:
    lead, second, them = colleague(norfolk, "Lee Jessop"), colleague(norfolk, "Ash Kershaw"), colleague(norfolk)
    for person in (lead, second):
        give_duties(person, "oversight")
    case_id = norfolk.case()
    gives_own(them, names=("Ada Example",))
    with fresh(lead):
        nobody_agreed = proposals.propose("lift_conflict", case_id, them.account)
        assert not screening.lift(nobody_agreed, them.account, case_id)
    assert not sees(them, case_id)
    assert lift(case_id, them.account, lead, second)
    assert sees(them, case_id)
    gives_own(them, names=("Ada Example", "Ada Other"))
    norfolk.do("police", case_id, "initial_assessment", ASSESSMENT)
    assert sees(them, case_id), "what was lifted stays lifted"
    gives_own(them, phones=("020 7946 0123",))
    assert conflicts(case_id) == {them.account: BY_DETAILS}
    assert lift(case_id, them.account, lead, second)
    assert sees(them, case_id)
    gives_own(them, phones=("020 7946 0123",))
    assert sees(them, case_id)
    declares_case(them, asked("select reference from kase where id = %s", case_id)[0][0])
    assert not sees(them, case_id)


def test_nothing_is_lifted_that_does_not_stand(norfolk: County) -> None:
    lead, second, them = colleague(norfolk, "Lee Jessop"), colleague(norfolk, "Ash Kershaw"), colleague(norfolk)
    for person in (lead, second):
        give_duties(person, "oversight")
    case_id = norfolk.case()
    assert not lift(case_id, them.account, lead, second)
    gives_own(them, names=("Ada Example",))
    assert not sees(them, case_id)


def test_what_is_erased_matches_nobody(norfolk: County) -> None:
    them = colleague(norfolk)
    case_id = norfolk.case()
    assert asked("select count(*) from case_mark where case_id = %s", case_id)[0][0] == 3
    asked("delete from case_key where case_id = %s and compartment = 0 returning 1", case_id)
    assert asked("select count(*) from case_mark where case_id = %s", case_id)[0][0] == 0
    gives_own(them, phones=("020 7946 0123",))
    assert conflicts(case_id) == {}


def test_what_was_given_can_be_screened_again_and_read_by_nobody(
    norfolk: County, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sanctuary.config.server.connect", lambda: None)
    them = colleague(norfolk)
    gives_own(
        them, names=("Łucja Example",), phones=("020 7946 0123",), emails=("a@mail.example",), homes=(("1", "ZZ1 1AA"),)
    )
    declares_case(them, "NOR-2222-22")
    with asking(them):
        assert [each.kind for each in screening.given()] == ["case", "own"]
    sealed = asked("select sealed from staff_given where account_id = %s and kind = 'own'", them.account)[0][0]
    assert "Łucja".encode() not in bytes(sealed)
    asked("delete from staff_mark returning 1")
    case_id = norfolk.case()
    assert conflicts(case_id) == {}
    many = asked("select count(*) from staff_given where kind <> 'case'")[0][0]
    assert main(["screen-again"]) == 0
    assert capsys.readouterr().out.startswith(f"Screened again: {many}. ")
    assert conflicts(case_id) == {them.account: BY_DETAILS}


@pytest.mark.parametrize(
    "statement",
    [
        "select * from case_mark", "select * from staff_given", "select * from staff_mark", "select * from crossing",
        "select * from conflict_lifted", "select source from conflict", "select state from conflict",
        "insert into conflict (user_id, case_id) select user_id, case_id from conflict", "delete from conflict",
        "select exclude(gen_random_uuid(), gen_random_uuid(), 3::smallint)", "select screen(null, null)",
        "select given_by_all()", "select lock_marks('{}', '{}')", "select sees_crossing(null, null, null)",
    ],
)  # fmt: skip
def test_the_application_reads_nothing_of_it_and_shuts_nobody_out(norfolk: County, statement: str) -> None:
    with (
        as_account(norfolk.people["housing"]),
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
    ):
        row(statement)


def test_nobody_gives_and_nobody_marks_without_standing(norfolk: County) -> None:
    case_id = norfolk.case()
    with pytest.raises(ProgrammingError, match="nobody is asking"), transaction.atomic():
        screening.give_case("NOR-2222-22")
    outsider = make_person(colleague(norfolk).agency, "installer")
    with asking(outsider), pytest.raises(cases.NotAllowed):
        screening.mark_case(case_id, [])
    assert asked("select count(*) from case_mark where case_id = %s", case_id)[0][0] == 3


def test_two_who_write_at_the_same_moment_are_not_missed(norfolk: County) -> None:
    """A case with a number, and a colleague with the same: two transactions that do not see each other's rows."""
    rounds = 5 if SHORT else 25
    for number in range(rounds):
        phone = f"020 7946 0{number:03d}"
        them, start = colleague(norfolk), Barrier(2)

        def refers(phone: str = phone, start: Barrier = start) -> UUID:
            try:
                start.wait()
                return norfolk.case(safe_phone=phone)
            finally:
                close()

        def gives(phone: str = phone, start: Barrier = start, them: Person = them) -> None:
            try:
                start.wait()
                gives_own(them, phones=(phone,))
            finally:
                close()

        with ThreadPoolExecutor(2) as pool:
            case, given = pool.submit(refers), pool.submit(gives)
            given.result()
            case_id = case.result()
        assert conflicts(case_id) == {them.account: BY_DETAILS}, number
    figure(f"{rounds} pairs written at the same moment, none missed")


def close() -> None:
    for alias in ALIASES:
        connections[alias].close()


def test_details_hold_what_they_were_given() -> None:
    assert screening.marks(Details()) == set()
    home = ("1 Alder Close", "ZZ1 1AA")
    whole = Details(names=("A B",), phones=("020 7946 0123",), emails=("a@b.example",), homes=(home,))
    assert {purpose for purpose, _ in screening.marks(whole)} == {1, 2, 3, 4}
