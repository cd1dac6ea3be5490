"""Do sign-in, worklists and search answer as their pages will need?"""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.contrib.auth import hashers

from sanctuary.records import accounts, cases, crypto, search, sign_in, worklist
from sanctuary.records.masks import Masks, compartments, mask
from sanctuary.records.search import Purpose
from sanctuary.records.sign_in import Said
from tests.support.database import (
    NOON,
    PASSWORD,
    Person,
    add,
    administrator,
    asking,
    entry,
    grant,
    make_agency,
    make_conflict,
    make_person,
    on_the_record,
    open_case,
    publish_version,
)

pytestmark = on_the_record


@pytest.fixture
def long_tokens(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is searched by is cut less short: as it is, one pair of names in 262,144 finds each other's cases."""
    monkeypatch.setattr(crypto, "TOKEN_BITS", 31)


@pytest.fixture
def person() -> Person:
    return make_person(make_agency("Example District Council"), name="Robin Example")


def test_the_right_password_opens_and_nothing_else_does(person: Person) -> None:
    def said(email: str, password: str) -> Said:
        return sign_in.prove_password(email, password, "here")[0]

    assert said(f"  {person.email.upper()} ", PASSWORD) is Said.YES
    assert said(person.email, "wrong") is Said.NO
    assert said(f"{uuid4().hex}@agency.example", PASSWORD) is Said.NO
    accounts.retire_account(person.account)
    assert said(person.email, PASSWORD) is Said.NO


def test_an_unknown_address_is_worked_on_as_a_known_one(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    checked = []
    real = sign_in.check_password
    monkeypatch.setattr(sign_in, "check_password", lambda *words: checked.append(words) or real(*words))
    for email in (person.email, f"{uuid4().hex}@agency.example"):
        sign_in.prove_password(email, "wrong", "here")
    known, unknown = (hashers.identify_hasher(encoded).decode(encoded) for _, encoded in checked)
    assert (known["algorithm"], known["iterations"]) == (unknown["algorithm"], unknown["iterations"])


def test_an_account_can_be_made_and_brought_up_to_date() -> None:
    agency, email = make_agency(), f"{uuid4().hex}@agency.example"
    words = {"email": email, "password": PASSWORD, "agency": agency.key, "role": "police"}
    made = accounts.make_account(name="Sam Example", **words)
    assert accounts.make_account(name="Sam Sample", **words) == made
    with asking(made):
        staff = accounts.current()
    assert staff is not None
    assert (staff.name, staff.role, staff.agency) == ("Sam Sample", "police", agency.key)
    with pytest.raises(LookupError):
        accounts.make_account(name="Sam", **{**words, "agency": "no_such_agency"})


def test_who_is_asking_is_the_person_signed_in(person: Person) -> None:
    with asking(person):
        staff = accounts.current()
    assert staff == accounts.Staff(
        account=person.account,
        name="Robin Example",
        role="housing",
        agency_id=person.agency.id,
        agency=person.agency.key,
        agency_title="Example District Council",
    )


def test_tokens_are_kept_as_hashes_only(person: Person) -> None:
    token = accounts.open_session(person.account)
    with administrator() as connection:
        kept = connection.execute(
            "select token_hash from sign_in_session where account_id = %s", [person.account]
        ).fetchall()
    assert len(kept) == 1
    assert token.encode() not in kept[0][0]


def test_the_longest_overdue_comes_first_and_undated_last(person: Person) -> None:
    dues = [NOON + timedelta(days=5), None, NOON - timedelta(days=5), NOON - timedelta(days=1)]
    made = [open_case(person, [grant(person, needs_us=True, due_at=due)]).id for due in dues]
    with asking(person):
        listed = [line.case_id for line in worklist.needing_us(NOON)]
        assert listed == [made[2], made[3], made[0], made[1]]
        assert [line.case_id for line in worklist.needing_us(NOON, limit=2, skip=1)] == listed[1:3]
        assert worklist.counts(NOON) == (4, 0)


def test_what_does_not_need_us_now_is_not_in_the_worklist(person: Person) -> None:
    waiting = open_case(person, [grant(person, waiting_on="police")])
    later = open_case(person, [grant(person, needs_us=True, opens_at=NOON + timedelta(days=90))])
    closed = open_case(person, [grant(person, needs_us=True, is_open=False)])
    with asking(person):
        assert worklist.needing_us(NOON) == []
        assert [line.case_id for line in worklist.needing_us(NOON + timedelta(days=91))] == [later.id]
        assert {line.case_id for line in worklist.lately()} == {waiting.id, later.id}
        assert {line.case_id for line in worklist.these([closed.id, waiting.id, uuid4()])} == {closed.id, waiting.id}
        assert worklist.these([]) == []


def test_a_colleague_in_another_role_has_another_worklist(person: Person) -> None:
    officer = make_person(person.agency, "police")
    case = open_case(person, [grant(person, needs_us=True), grant(officer, (1,), (1,))])
    with asking(officer):
        assert worklist.needing_us(NOON) == []
        found = cases.find(case.id)
        assert found is not None
        assert (found.reads, found.writes) == ({1}, {1})


@pytest.mark.usefixtures("long_tokens")
def test_names_are_shown_to_those_who_may_read_them(person: Person) -> None:
    contractor = make_person(make_agency(), "support")
    case = open_case(person, [grant(person, needs_us=True), grant(contractor, (1,), (1,), needs_us=True)])
    with asking(person):
        search.describe(case.id, b"Ada Example", {Purpose.SURNAME: ["Example"], Purpose.POSTCODE: ["IP22 9ZZ"]})
        assert [line.summary for line in worklist.needing_us(NOON)] == [b"Ada Example"]
        assert search.find({Purpose.SURNAME: "EXAMPLE"}) == [case.id]
    with asking(contractor):
        assert [line.summary for line in worklist.needing_us(NOON)] == [None]
        assert search.find({Purpose.SURNAME: "Example"}) == []
        assert search.find({Purpose.REFERENCE: case.reference}) == [case.id]
        with pytest.raises(cases.NotAllowed):
            search.describe(case.id, b"Somebody else", {})


@pytest.mark.usefixtures("long_tokens")
def test_what_is_found_by_can_be_replaced(person: Person) -> None:
    case = open_case(person)
    with asking(person):
        search.describe(case.id, b"one", {Purpose.SURNAME: ["Marsh", "Fenn"], Purpose.BIRTH_DATE: ["2 March 1990"]})
        assert search.find({Purpose.SURNAME: "fenn"}) == search.find({Purpose.SURNAME: "marsh"}) == [case.id]
        search.describe(case.id, None, {Purpose.SURNAME: ["Reed"]})
        assert search.find({Purpose.SURNAME: "fenn"}) == []
        assert search.find({Purpose.SURNAME: "reed"}) == [case.id]
        assert search.find({Purpose.BIRTH_DATE: "02/03/1990"}) == [case.id]
        assert worklist.lately()[0].summary == b"one"


def test_nothing_is_found_in_another_agencys_cases(person: Person) -> None:
    case = open_case(person)
    with asking(person):
        search.describe(case.id, b"one", {Purpose.POSTCODE: ["NR1 3ZZ"]})
    with asking(make_person(make_agency())):
        assert search.find({Purpose.POSTCODE: "NR1 3ZZ"}) == []
        assert search.find({Purpose.REFERENCE: case.reference}) == []


@pytest.mark.usefixtures("long_tokens")
def test_what_is_remembered_narrows_what_many_cases_share(person: Person) -> None:
    first = open_case(person)
    with asking(person):
        search.describe(first.id, b"first", {Purpose.SURNAME: ["Fenn"], Purpose.POSTCODE: ["NR1 3ZZ"]})
    for _ in range(search.MOST + 1):
        case = open_case(person)
        with asking(person):
            search.describe(case.id, b"another", {Purpose.SURNAME: ["Marsh"], Purpose.POSTCODE: ["NR1 3ZZ"]})
    with asking(person):
        everybody, there = {Purpose.SURNAME: "Fenn", Purpose.FULL_NAME: "Fenn"}, {Purpose.POSTCODE: "NR1 3ZZ"}
        assert len(search.find(there)) == search.MOST + 1
        assert search.find(everybody, there) == search.find(there, {Purpose.REFERENCE: first.reference}) == [first.id]
        assert search.find(everybody, {Purpose.POSTCODE: "NR1 4ZZ"}) == []
        assert search.find(everybody, {Purpose.POSTCODE: " - "}) == []
        assert search.find() == []


def test_erasing_compartment_0_erases_name_and_search(person: Person) -> None:
    case = open_case(person)
    with asking(person):
        search.describe(case.id, b"one", {Purpose.SURNAME: ["Fenn"]})
    cases.erase(case.id, 0)
    with asking(person):
        assert search.find({Purpose.SURNAME: "fenn"}) == []
        assert worklist.lately()[0].summary is None


def test_a_conflict_hides_a_case_from_that_person_alone(person: Person) -> None:
    cousin = make_person(person.agency, person.role)
    case = open_case(person, [grant(person, needs_us=True)])
    make_conflict(cousin, case)
    with asking(cousin):
        assert cases.find(case.id) is None
        assert worklist.needing_us(NOON) == []
        with pytest.raises(cases.NotAllowed):
            cases.store(case.id, 1, {}, case.grants)
    with asking(person):
        assert cases.find(case.id) is not None


def test_a_withdrawn_grant_ends_with_the_next_question(person: Person) -> None:
    partner = make_person(make_agency(), "support")
    case = open_case(person, [grant(person), grant(partner)])
    with asking(partner):
        assert cases.find(case.id) is not None
    add(case, person, entry(), grants=[grant(person)])
    with asking(partner):
        assert cases.find(case.id) is None


def test_no_grant_goes_beyond_its_roles_ceiling(person: Person) -> None:
    version = publish_version({"housing": Masks(read=mask((0, 1)), write=mask((0,)))})
    case = open_case(person, [grant(person, (0, 1), (0,))], version=version)
    partner = make_person(make_agency(), "support")
    for given in ([grant(person, (0, 2))], [grant(person, (0,), (1,))], [grant(person), grant(partner)]):
        with pytest.raises(Exception, match="beyond its role"), asking(person):
            cases.store(case.id, 1, {}, given)


def test_a_role_that_writes_nothing_opens_no_case(person: Person) -> None:
    version = publish_version({"housing": Masks(read=1, write=0)})
    for of_version in (version, "no such version"):
        with pytest.raises(cases.NotAllowed), asking(person):
            cases.open_case(version=of_version, area="example_district", numbers=[0])


def test_lists_are_noted_as_read(person: Person) -> None:
    case = open_case(person, [grant(person, needs_us=True)])
    with asking(person):
        worklist.needing_us(NOON)
        worklist.these([case.id])
    with administrator() as connection:
        lists = "select what, listed from audit_entry where account_id = %s and listed is not null order by what"
        noted = connection.execute(lists, [person.account])
        assert noted.fetchall() == [("search", [case.id]), ("worklist", [case.id])]


def test_the_two_lists_of_a_page_are_noted_as_one(person: Person) -> None:
    ours, others = (open_case(person, [grant(person, needs_us=needs_us)]) for needs_us in (True, False))
    with asking(person):
        assert [[line.case_id for line in each] for each in worklist.both(NOON)] == [[ours.id], [others.id]]
    with administrator() as connection:
        noted = connection.execute(
            "select listed from audit_entry where account_id = %s and listed is not null", [person.account]
        )
        assert noted.fetchall() == [([ours.id, others.id],)]


@pytest.mark.parametrize(
    ("purpose", "spellings"),
    [
        (Purpose.SURNAME, ["O'Neill", "ONEILL", " o’neill ", "O’NEILL"]),
        (Purpose.SURNAME, ["García-Márquez", "garcia marquez", "GARCIA  MARQUEZ"]),
        (Purpose.FULL_NAME, ["Zoë  Ní Bhriain", "zoe ni bhriain"]),
        (Purpose.SURNAME, ["Łuczak", "luczak", "LUCZAK"]),
        (Purpose.POSTCODE, ["NR1 3ZZ", "nr13zz", "NR1-3ZZ", " nr1  3zz "]),
        (Purpose.BIRTH_DATE, ["1990-03-02", "2/3/1990", "02.03.1990", "2 March 1990", "2 Mar 1990", "02-03-1990"]),
        (Purpose.REFERENCE, ["NOR-7K3Q-9F", "nor7k3q9f", "nor 7k3q 9f"]),
    ],
)
def test_spellings_of_one_thing_are_one(purpose: Purpose, spellings: list[str]) -> None:
    assert len({search.normal(purpose, spelling) for spelling in spellings}) == 1
    assert search.normal(purpose, spellings[0])


@pytest.mark.parametrize(
    ("purpose", "value"), [(Purpose.BIRTH_DATE, "last spring"), (Purpose.POSTCODE, " - "), (Purpose.REFERENCE, "NOR")]
)
def test_what_means_nothing_finds_nothing(purpose: Purpose, value: str) -> None:
    assert search.normal(purpose, value) == ""
    assert search.find({purpose: value}) == []


def test_masks_and_numbers_are_two_words_for_one_thing() -> None:
    assert compartments(mask((0, 3, 30))) == {0, 3, 30}
    for wrong in (-1, 31):
        with pytest.raises(ValueError, match="numbered"):
            mask((wrong,))
