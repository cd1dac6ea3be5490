"""Are two cases that name the same people on opposite sides found, told to a specialist, and shown to nobody else?"""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import UUID, uuid4

import pytest
from django.db import connections

from sanctuary.actions.reopen_step import reopen_step
from sanctuary.core.answers import Plain
from sanctuary.records import alarms, screening
from sanctuary.records.screening import Purpose
from tests.support import county
from tests.support.access.knowing import asked, crossings, declares_case, forget, give_duties
from tests.support.county import ASSESSMENT, County
from tests.support.database import ALIASES, Person, asking, make_agency, make_person, on_the_record
from tests.support.proof import SHORT, figure

pytestmark = [on_the_record, pytest.mark.failure(20)]

ADA: Mapping[str, Plain] = {"name": "Ada Example", "safe_phone": "020 7946 0123"}
MAX: Mapping[str, Plain] = {"name": "Max Example", "safe_phone": "020 7946 0188", "postcode": "ZZ1 1AB"}


@pytest.fixture
def norfolk() -> County:
    forget()
    return county.county()


def against(norfolk: County, person: Mapping[str, Plain], **perpetrator: Plain) -> UUID:
    """A case for the person, with what is known of the perpetrator."""
    case_id = norfolk.case(**person)
    known = {f"perpetrator_{name}": value for name, value in perpetrator.items()}
    norfolk.do("police", case_id, "initial_assessment", {**ASSESSMENT, "perpetrator_name": "Nobody Here", **known})
    return case_id


def specialist(norfolk: County, *, near: bool = True) -> Person:
    """Somebody who is told of crossings, of an agency that has part in the cases, or of another."""
    agency = norfolk.people["support"].agency if near else make_agency()
    person = make_person(agency, "support", "Sky Thackray")
    give_duties(person, "specialist")
    return person


def told(person: Person) -> set[frozenset[str]]:
    with asking(person):
        return {frozenset((each.one, each.other)) for each in screening.crossings()}


def references(*case_ids: UUID) -> frozenset[str]:
    return frozenset(asked("select reference from kase where id = %s", each)[0][0] for each in case_ids)


def pair(one: UUID, other: UUID) -> tuple[UUID, UUID]:
    return (min(one, other), max(one, other))


def test_each_the_perpetrator_of_the_other(norfolk: County) -> None:
    one = against(norfolk, ADA, name="Max Example")
    assert crossings() == []
    other = against(norfolk, MAX, name="Example, Ada")
    assert crossings() == [(*pair(one, other), [Purpose.NAME.value])]


@pytest.mark.parametrize(
    ("perpetrator", "same"),
    [
        ({"name": "Ada Example"}, [1]),
        ({"phone": "+44 20 7946 0123"}, [2]),
        ({"other_contacts": "sometimes on 02079460123"}, [2]),
        ({"address": "1 Alder Close", "postcode": "ZZ1 1AA"}, [4]),
        ({"alias": "Ada Example", "phone": "020 7946 0123"}, [1, 2]),
    ],
)
def test_the_person_of_one_is_the_perpetrator_of_the_other(
    norfolk: County, perpetrator: Mapping[str, Plain], same: list[int]
) -> None:
    """Whichever was there first."""
    one = against(norfolk, MAX, **perpetrator)
    other = against(norfolk, ADA)
    assert crossings() == [(*pair(one, other), same)]
    forget()
    other = against(norfolk, ADA)
    one = against(norfolk, MAX, **perpetrator)
    assert crossings() == [(*pair(one, other), same)]


def test_the_same_people_on_the_same_sides_are_no_crossing(norfolk: County) -> None:
    against(norfolk, ADA, name="Max Example", phone="020 7946 0188")
    against(norfolk, ADA, name="Max Example", phone="020 7946 0188")
    assert crossings() == []


def test_within_one_case_there_is_none(norfolk: County) -> None:
    against(norfolk, ADA, name="Ada Example")
    assert crossings() == []


def test_a_specialist_is_told_and_nobody_else(norfolk: County) -> None:
    one, other = against(norfolk, ADA), against(norfolk, MAX, name="Ada Example")
    worker = norfolk.people["housing"]
    give_duties(worker, "oversight")
    near, far, neither = specialist(norfolk), specialist(norfolk, near=False), make_person(make_agency(), "support")
    assert told(near) == {references(one, other)}
    assert told(far) == told(neither) == told(worker) == set()
    with asking(worker):
        kinds = {alarm.kind: alarm for alarm in alarms.looked_after() if alarm.case_id in (one, other)}
    assert set(kinds) == {"crossing"}


def test_where_no_agency_has_a_specialist_every_other_is_told(norfolk: County) -> None:
    asked("update account set duties = array_remove(duties, 'specialist') returning 1")
    one, other = against(norfolk, ADA), against(norfolk, MAX, name="Ada Example")
    far = specialist(norfolk, near=False)
    assert told(far) == {references(one, other)}
    asked("update account set is_active = false where id = %s returning 1", specialist(norfolk).account)
    assert told(far) == {references(one, other)}


@pytest.mark.parametrize("which", [0, 1])
def test_a_specialist_who_is_shut_out_of_either_is_not(norfolk: County, which: int) -> None:
    pairs = against(norfolk, ADA), against(norfolk, MAX, name="Ada Example")
    kin, other = specialist(norfolk), specialist(norfolk)
    declares_case(kin, next(iter(references(pairs[which]))))
    assert told(kin) == set()
    assert told(other) == {references(*pairs)}
    with asking(kin):
        (found,) = asked("select id from crossing")
        assert not screening.look_at(found[0], "other_people")


def test_a_crossing_is_looked_at_once_and_opens_again_when_more_is_the_same(norfolk: County) -> None:
    asked("update account set duties = array_remove(duties, 'specialist') returning 1")
    _, other = against(norfolk, ADA), against(norfolk, MAX, name="Ada Example")
    person = specialist(norfolk)
    with asking(person):
        (found,) = screening.crossings()
        assert (found.outcome, found.looked_at, found.same) == ("", None, (Purpose.NAME,))
        assert screening.look_at(found.id, "other_people")
        assert not screening.look_at(found.id, "same_people")
        (found,) = screening.crossings()
        assert (found.outcome, found.looked_by) == ("other_people", "Sky Thackray")
        assert found.looked_at is not None
    with norfolk.acting("police"):
        now, key = norfolk.now, uuid4()
        reopen_step(
            case_id=other, step="initial_assessment", reason="More is known", expected_seq=10_000, key=key, now=now
        )
    assert asked("select outcome from crossing") == [("other_people",)]
    again = {**ASSESSMENT, "perpetrator_name": "Ada Example", "perpetrator_phone": "020 7946 0123"}
    norfolk.do("police", other, "initial_assessment", again)
    assert asked("select outcome, purposes from crossing") == [("", [1, 2])]


def test_two_cases_begun_at_the_same_moment_are_not_missed(norfolk: County) -> None:
    rounds = 3 if SHORT else 12
    for number in range(rounds):
        forget()
        left, right = {**ADA, "name": f"Ada Pair{number}"}, {**MAX, "name": f"Max Pair{number}"}
        cases = norfolk.case(**left), norfolk.case(**right)
        start = Barrier(2)

        def assessed(case_id: UUID, name: str, start: Barrier = start) -> None:
            try:
                start.wait()
                norfolk.do("police", case_id, "initial_assessment", {**ASSESSMENT, "perpetrator_name": name})
            finally:
                for alias in ALIASES:
                    connections[alias].close()

        with ThreadPoolExecutor(2) as pool:
            names = (str(right["name"]), str(left["name"]))
            done = [pool.submit(assessed, case_id, name) for case_id, name in zip(cases, names, strict=True)]
            for each in done:
                each.result()
        assert crossings() == [(*pair(*cases), [1])], number
    figure(f"{rounds} pairs of cases written at the same moment, none missed")
