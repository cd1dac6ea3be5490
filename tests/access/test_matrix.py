"""Does everybody see what the hand-written page says, and nothing else? Every role, page, part and relation."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from random import Random
from uuid import UUID

import pytest

from tests.support.access import addresses, people, written
from tests.support.access.browsers import Answer, Browser
from tests.support.access.kept import everything_kept
from tests.support.access.marks import of_cases
from tests.support.access.people import Asker
from tests.support.access.planting import Planted, plant, running, staff
from tests.support.database import on_the_record
from tests.support.proof import figure, length

pytestmark = [on_the_record, pytest.mark.failure(18)]

# How many ways to ask for one address about one case (its steps, its rules), and about how many cases.
WAYS = length(full=12, short=1)
WAYS_REFUSED = length(full=2, short=1)
CASES_OF_EACH = length(full=9, short=1)
SCHEMES = length(full=5, short=1)
# The hint of the search page.
EXAMPLE = "NOR-4K7P-2X"
ON_CASE = ("all they may read", "some of it", "nothing of it")


@pytest.fixture(scope="module")
def planted() -> list[Planted]:
    """Filled by the first test that needs it: a module's fixture comes before the database may be used."""
    return []


@pytest.fixture
def cases(planted: list[Planted]) -> list[Planted]:
    """Every case of the page."""
    if not planted:
        planted.extend(plant())
    return planted


@pytest.fixture
def chance() -> Random:
    """The same each time."""
    return Random(20261122)


def some(cases: list[Planted], turn: int) -> Iterator[Planted]:
    """All of them; in the short form a case of one scheme, of another each turn."""
    keys = list({case.scheme.key: None for case in cases})
    for key in (keys * 2)[turn % len(keys) :][:SCHEMES]:
        yield from [case for case in cases if case.scheme.key == key][:CASES_OF_EACH]


def fit(cases: list[Planted], relation: str) -> list[Planted]:
    """The cases to which somebody can stand in this relation."""
    return [case for case in cases if case.is_open or relation not in people.WHILE_OPEN]


def test_every_role_and_part_of_the_record_stands_on_the_page() -> None:
    for key, scheme in running().items():
        told = written.procedures()[key]
        assert told.roles == scheme.roles.keys(), key
        assert told.compartments == scheme.compartments.keys(), key
        tried = frozenset().union(*(case.holding for case in told.cases))
        assert tried == told.conditions, f"{key}: no case tries {told.conditions - tried}"
    assert written.procedures().keys() == running().keys()


def test_every_address_stands_on_the_page_and_every_line_of_it_is_an_address() -> None:
    assert written.pages().keys() == {address.name for address in addresses.every()}
    wrong = {
        address.name
        for address in addresses.every()
        for told in [written.pages()[address.name]]
        if (address.who.name.lower(), address.fresh) != (told.meant_for, told.fresh)
    }
    assert wrong == set()


def test_every_relation_stands_on_the_page() -> None:
    told = {name: row["Stands"] for name, row in written.named("People and cases", "Name").items()}
    assert told == {name: group for group, makers in people.GROUPS.items() for name in makers}


def test_who_is_on_a_case_sees_what_the_page_says_and_no_more(cases: list[Planted]) -> None:
    seen = 0
    for case in cases:
        for role in case.scheme.roles:
            browser = Browser(people.ON_IT["in_role"](case, role).token)
            answer = browser.get(f"/cases/{case.id}")
            wanted = case.readable(role) if role in case.on_it else frozenset()
            assert answer.marks == wanted, f"{case.scheme.key} {case.told.story} {role}"
            assert answer.status == (200 if role in case.on_it else 404)
            seen += len(wanted)
    figure(f"{len(cases)} cases, {seen} parts of records seen by those who may")


@pytest.mark.covers("N12", "A3")
@pytest.mark.parametrize("relation", people.ON_IT)
def test_each_way_onto_a_case_shows_what_the_role_may_read(relation: str, cases: list[Planted], chance: Random) -> None:
    turn = list(people.ON_IT).index(relation)
    for case in some(fit(cases, relation), turn) if turn else cases[:: length(full=1, short=5)]:
        for role in case.on_it:
            assert_sees(case, people.ON_IT[relation](case, role), chance)


def assert_sees(case: Planted, asker: Asker, chance: Random) -> None:
    """Every page of the case, as somebody on it."""
    browser, role, may = Browser(asker.token), asker.role, asker.may_read(case)
    for address in filter(addresses.of_case, addresses.every()):
        told = written.pages()[address.name]
        if told.meant_for != "staff" or told.fresh:
            continue
        for path in addresses.asked(address, case, WAYS, chance):
            answer = browser.get(path)
            where = f"{path} as {role}: {answer.status}"
            assert told.on_it in ON_CASE, told
            assert answer.status in (200, 302, 409, 404 if addresses.varying(address) else 200), where
            assert not answer.is_door, where
            assert answer.references <= {case.reference, EXAMPLE}, where
            if told.on_it == "all they may read":
                assert answer.marks == may, where
            else:
                assert answer.marks <= (may if told.on_it == "some of it" else frozenset()), where


@pytest.mark.parametrize("relation", [*people.NOT_ON_IT, *people.EXCLUDED, *people.SIGNED_OUT])
def test_nobody_else_sees_anything_or_changes_anything(relation: str, cases: list[Planted], chance: Random) -> None:
    asked = 0
    makers = {**people.NOT_ON_IT, **people.EXCLUDED, **people.SIGNED_OUT}
    for case in some(fit(cases, relation), list(makers).index(relation)):
        asker = makers[relation](case, chance.choice(case.on_it))
        Browser(asker.token).get("/work")  # who comes for the first time is screened for conflicts
        before = everything_kept()
        for answer, told, missing in refused(case, asker, chance):
            said = {
                "not on it, or no longer": told.not_on_it, "excluded": told.excluded,
                "signed out, or account ended": told.signed_out,
            }[group(relation)]  # fmt: skip
            if said == "its reference, to a lead":
                said = "with its reference" if relation == "oversight" else "without it"
            assert_as_said(said, answer, missing, case)
            asked += 1
        assert everything_kept() == before, f"{relation} changed something"
    figure(f"{relation}: {asked:,} requests")


def group(relation: str) -> str:
    return next(name for name, makers in people.GROUPS.items() if relation in makers)


def refused(case: Planted, asker: Asker, chance: Random) -> Iterator[tuple[Answer, written.Page, Answer]]:
    """What they get of each address by asking and by sending, and what they get of a case that does not exist."""
    browser = Browser(asker.token)
    for address in addresses.every():
        told = written.pages()[address.name]
        if told.name == "sign_out":
            continue
        for number, path in enumerate(addresses.asked(address, case, WAYS_REFUSED, chance)):
            nowhere = path.replace(str(case.id), addresses.NOBODY)
            yield browser.come(path), told, browser.come(nowhere)
            if addresses.of_case(address):
                yield browser.post(path, FORM), told, browser.post(nowhere, FORM)
                if not number:
                    unproven = browser.post(path, FORM, proven=False)
                    assert unproven.status == 403, path
                    assert not unproven.marks, path


FORM = {
    "seq": "1",
    "key": "0b0e9a6e-7a4e-4a59-8b1c-1f1d6f0e1a11",
    "reason": "Because",
    "go": "continue",
    "name": "Robin",
}


def assert_as_said(said: str, answer: Answer, missing: Answer, case: Planted) -> None:
    """As the page says; and, where it is about the case, exactly as of a case that never was."""
    where = f"{answer.address}: {answer.status} {answer.leads_to}"
    assert case.number not in of_cases(answer.marks), where
    assert said == "with its reference" or case.reference not in answer.references, where
    if said == "no such page":
        assert answer.status == 404, where
        assert answer.status == missing.status, where
    elif said == "sign in":
        assert answer.is_door, where
    else:
        assert said in ("without it", "with its reference"), where
        assert answer.status < 500, where


def test_lists_hold_the_cases_that_somebody_is_on_and_no_others(cases: list[Planted]) -> None:
    """The worklist, page after page, and a search for each case by name and by reference, as everybody on any case."""
    by_person: dict[UUID, set[int]] = {}
    who = {}
    for case in cases:
        for role in case.on_it:
            person = staff(people.agency_of(case, role).key, role)
            who[person.account] = person
            if case.readable(role) & {(case.number, 0)}:
                by_person.setdefault(person.account, set()).add(case.number)
    for account, person in who.items():
        browser, mine = Browser(people.asker(person).token), by_person.get(account, set())
        listed = listed_pages(browser) & {case.number for case in cases}  # other proofs plant cases too
        assert listed == {case.number for case in cases if case.number in mine and case.is_open}
        found = {
            case.number
            for case in cases
            for answer in (browser.post("/search", {"reference": case.reference}),)
            if (case.number, 0) in answer.marks
        }
        assert found == mine, person.role
    figure(f"lists and searches of {len(who)} people")


def listed_pages(browser: Browser) -> set[int]:
    """The cases of all pages of the worklist, of those that this proof planted."""
    found: set[int] = set()
    for number in count(1):  # beyond the last page stands the last one again
        answer = browser.get(f"/work?page={number}")
        assert all(part == 0 for _, part in answer.marks)
        found |= {case for case, _ in answer.marks}
        if b'rel="next"' not in answer.body:
            break
    return found
