"""Do pages of a duty answer nobody else, fresh ones nobody with an old proof, and do jobs show nothing of a case?"""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from datetime import UTC, datetime
from itertools import product
from random import Random

import pytest

from sanctuary.jobs.tending import TASKS, tend
from sanctuary.records import accounts
from tests.support.access import addresses, people, written
from tests.support.access.browsers import Browser
from tests.support.access.kept import everything_kept
from tests.support.access.marks import marks
from tests.support.access.planting import Planted, plant
from tests.support.database import make_person, on_the_record
from tests.support.proof import figure

pytestmark = [on_the_record, pytest.mark.failure(18, 20)]

DUTIES = ("administrator", "oversight", "specialist")
FORM = {"reason": "Because", "name": "Robin Example", "key": "0b0e9a6e-7a4e-4a59-8b1c-1f1d6f0e1a12"}


@pytest.fixture(scope="module")
def planted() -> list[Planted]:
    """Filled by the first test that needs it: a module's fixture comes before the database may be used."""
    return []


@pytest.fixture
def case(planted: list[Planted]) -> Planted:
    """A case to be asked about."""
    if not planted:
        planted.extend(plant(only=["west_norfolk"]))
    return planted[0]


def browser(case: Planted, duties: tuple[str, ...], *, fresh: bool) -> Browser:
    """Somebody of an agency of the case with these duties, at their browser."""
    person = make_person(people.agency_of(case, case.on_it[0]), case.on_it[0])
    people.told("update account set duties = %s where id = %s", list(duties), person.account)
    made = Browser(accounts.open_session(person.account, fresh=fresh))
    made.get("/work")
    return made


def pages() -> Iterator[tuple[str, written.Page]]:
    """The pages for staff and for duties, with an address that leads to each."""
    for address in addresses.every():
        told = written.pages()[address.name]
        if told.meant_for != "anyone":
            yield address.name, told


def test_pages_of_a_duty_answer_nobody_else(case: Planted) -> None:
    asked = 0
    for missing in DUTIES:
        somebody = browser(case, tuple(duty for duty in DUTIES if duty != missing), fresh=True)
        before = everything_kept()
        for address in addresses.every():
            if written.pages()[address.name].meant_for != missing:
                continue
            for path in addresses.asked(address, case, 2, Random(1)):
                for answer in (somebody.get(path), somebody.post(path, FORM)):
                    assert answer.status == 404, f"{path} without {missing}: {answer.status}"
                    assert not answer.marks, path
                    asked += 1
        assert everything_kept() == before, f"somebody without {missing} changed something"
    figure(f"{asked} requests without the duty, 0 answered")


def test_pages_of_a_duty_answer_whoever_has_it(case: Planted) -> None:
    """A page that needs no number of anything is there for them."""
    opened = 0
    for duty in DUTIES:
        somebody = browser(case, (duty,), fresh=True)
        for address in addresses.every():
            told = written.pages()[address.name]
            if told.meant_for == duty and "<" not in address.path:
                answer = somebody.come(f"/{address.path}")
                assert answer.status in (200, 405), f"{address.path} with {duty}: {answer.status}"
                assert not answer.marks, f"{address.path} shows what was told in a case"
                opened += 1
    assert opened > 10


def test_what_must_be_fresh_answers_nobody_whose_proof_is_old(case: Planted) -> None:
    stale, asked = browser(case, DUTIES, fresh=False), 0
    before = everything_kept()
    for address in addresses.every():
        if not written.pages()[address.name].fresh:
            continue
        for path in addresses.asked(address, case, 1, Random(2)):
            for answer in (stale.get(path), stale.post(path, FORM)):
                assert answer.status == 302, f"{path}: {answer.status}"
                assert answer.leads_to.startswith("/confirm"), f"{path}: {answer.leads_to}"
                asked += 1
    assert everything_kept() == before
    figure(f"{asked} requests with an old proof, 0 answered")
    assert asked > 20


def test_the_first_tables_of_duties_and_fresh_are_those_of_the_site() -> None:
    assert {told.meant_for for _, told in pages()} == {"staff", *DUTIES}
    assert all(len(told.about.split()) >= 2 for _, told in pages())


def test_every_job_has_its_line_and_shows_nothing_of_a_case(case: Planted) -> None:
    told = jobs()
    assert {task.name for task in TASKS} == told
    out, stream = io.StringIO(), io.StringIO()
    handler = logging.StreamHandler(stream)
    logging.getLogger().addHandler(handler)
    try:
        with redirect_stdout(out), redirect_stderr(out):
            ran = list(tend(datetime.now(UTC), all_of_them=True))
    finally:
        logging.getLogger().removeHandler(handler)
    said = f"{out.getvalue()}{stream.getvalue()}{ran}"
    assert {each.name for each in ran} == told
    assert marks(said.encode()) == frozenset()
    assert case.reference not in said


def jobs() -> set[str]:
    """The jobs that have a line."""
    return {name for row in written.rows("Below the pages") if "Job" in row for name in written.codes(row["Job"])}


def test_relations_are_tried_with_every_role(case: Planted) -> None:
    """Whoever is on the case by their role has none of the pages of duties by that."""
    refused = 0
    for role, (_, told) in product(case.on_it, list(pages())):
        if told.meant_for == "staff" or told.name not in {"alarms", "people", "crossings", "audit"}:
            continue
        address = next(each for each in addresses.every() if each.name == told.name)
        asker = people.ON_IT["in_role"](case, role)
        assert Browser(asker.token).get(f"/{address.path}").status == 404
        refused += 1
    assert refused
