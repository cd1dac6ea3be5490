"""Is nothing shown that was not noted first? For every address of a case, whatever fails: 503, and not a byte of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from random import Random
from uuid import UUID

import pytest

from sanctuary.records import accounts, audit, budgets
from sanctuary.records.chains import faults
from tests.support.access import addresses
from tests.support.access.browsers import Answer, Browser
from tests.support.access.planting import Planted, plant, staff
from tests.support.database import administrator, asking, make_agency, make_person, on_the_record, open_case
from tests.support.proof import figure, length

pytestmark = [on_the_record, pytest.mark.failure(20)]

# What goes wrong with the note, the link, or both: each undone again by the second statement.
FAULTS = {
    "the note is refused": (
        "alter table audit_entry add constraint fault check (false) not valid",
        "alter table audit_entry drop constraint fault",
    ),
    "the link is refused, at the very end": (
        "alter table audit_link add constraint fault check (false) not valid",
        "alter table audit_link drop constraint fault",
    ),
    "the right to note was taken away": (
        "revoke insert on audit_entry from {engine}; revoke insert on audit_link from {engine}",
        "grant insert on audit_entry to {engine}; grant insert on audit_link to {engine}",
    ),
}
WAYS = length(full=6, short=1)


@contextmanager
def broken(fault: str) -> Iterator[None]:
    """The audit with that fault."""
    from django.conf import settings

    breaks, mends = (statement.format(engine=settings.DATABASE_ROLES["engine"]) for statement in FAULTS[fault])
    with administrator() as connection:
        connection.execute(breaks)
        try:
            yield
        finally:
            connection.execute(mends)


@pytest.fixture(scope="module")
def planted() -> list[Planted]:
    """Filled by the first test that needs it."""
    return []


@pytest.fixture
def case(planted: list[Planted]) -> Planted:
    """An open case with marks in every part."""
    if not planted:
        planted.extend(plant(first=7000, only=["norfolk"]))
    return next(each for each in planted if each.is_open)


def seen(case: Planted) -> Iterator[tuple[Browser, str, Answer]]:
    """What somebody of each role is shown of the case, where anything is."""
    chance = Random(6)
    for role in case.on_it:
        browser = Browser(accounts.open_session(staff(case.agencies[role], role).account, fresh=True))
        for address in addresses.every():
            if addresses.of_case(address):
                for asked in addresses.asked(address, case, WAYS, chance):
                    answer = browser.get(asked)
                    if answer.status == 200:
                        yield browser, asked, answer


@pytest.mark.parametrize("fault", FAULTS)
def test_every_page_of_a_case_stays_away(fault: str, case: Planted) -> None:
    budgets.allow(cases=(10_000, 10_000), searches=(10_000, 10_000))
    shown = list(seen(case))
    names = {asked.removeprefix(f"/cases/{case.id}") for _, asked, _ in shown}
    assert {"", "/pathway", "/readers", "/who"} <= names
    with broken(fault):
        for browser, asked, _ in shown:
            answer = browser.get(asked)
            assert (answer.status, answer.marks, answer.references) == (503, frozenset(), frozenset()), asked
    figure(f"{fault}: {len(shown)} pages of a case, 503 each")


@pytest.mark.parametrize("fault", FAULTS)
def test_lists_and_searches_stay_away(fault: str, case: Planted) -> None:
    person = staff(case.agencies["housing"], "housing")
    browser = Browser(accounts.open_session(person.account))
    assert browser.get("/work").status == 200
    assert case.reference in browser.post("/search", {"reference": case.reference}).references
    with broken(fault):
        for answer in (browser.get("/work"), browser.post("/search", {"reference": case.reference})):
            assert answer.status == 503
            assert case.reference not in answer.references
            assert not answer.marks


def test_what_is_shown_was_noted_with_its_page(case: Planted) -> None:
    for _, asked, _ in seen(case):
        with administrator() as connection:
            noted = connection.execute(
                "select page, what from audit_entry where case_id = %s order by id desc limit 1", [case.id]
            ).fetchone()
        assert noted is not None
        assert noted[0] != "", asked
    assert [fault for fault in faults() if fault.chain == case.id] == []


def test_a_search_is_noted_by_its_purpose_and_never_by_its_words(case: Planted) -> None:
    person = staff(case.agencies["housing"], "housing")
    browser = Browser(accounts.open_session(person.account))
    browser.post("/search", {"name": "Unmistakable Wordsworth", "postcode": "ZZ1 1AA"})
    with administrator() as connection:
        noted = connection.execute(
            "select what, page, listed, audit_entry::text from audit_entry where account_id = %s "
            "and what like %s order by id desc limit 3",
            [person.account, "searched%"],
        ).fetchall()
    assert {what for what, *_ in noted} == {"searched_full_name", "searched_surname", "searched_postcode"}
    assert {page for _, page, *_ in noted} == {"search"}
    assert not any("wordsworth" in line.lower() or "ZZ1" in line for *_, line in noted)


def test_nobody_notes_writings_or_loadings_by_hand(case: Planted) -> None:
    from django.db.utils import ProgrammingError

    from sanctuary.records.query import run

    person = make_person(make_agency())
    made = open_case(person)
    for what in ("write", "loaded", "adopted"):
        with pytest.raises(ProgrammingError, match="row-level security"), asking(person):
            run("insert into audit_entry (case_id, what) values (%s, %s)", [made.id, what])


def test_a_refused_note_is_named(case: Planted) -> None:
    person = make_person(make_agency())
    with pytest.raises(audit.NotNoted), asking(person):
        audit.case_read(UUID(int=7), "case")
