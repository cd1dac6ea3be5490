"""Does a case from which somebody is shut out exist for them anywhere? As little as one that never was."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import product
from random import Random
from types import SimpleNamespace
from uuid import UUID, uuid4

import pytest
from django.utils import timezone

from sanctuary.records import cases, events, screening, search, worklist
from sanctuary.records.search import Purpose
from sanctuary.web import showing
from sanctuary.web.access_table import Who
from tests.support import county
from tests.support.access import addresses
from tests.support.access.knowing import asked, conflicts, declares_case, forget, give_duties
from tests.support.access.people import agency_of
from tests.support.access.planting import Planted, plant
from tests.support.access.traces import Noticed, Prober
from tests.support.county import County
from tests.support.database import Person, asking, make_person, on_the_record
from tests.support.proof import figure, length

pytestmark = [on_the_record, pytest.mark.failure(20)]

WAYS = length(full=6, short=1)
SCHEMES = length(full=5, short=2)
# For what is known by a number: nobody's.
ELSE = {"uuid": "00000000-0000-4000-8000-000000000000", "int": "1"}
DUTIES = ("administrator", "oversight", "specialist")


@pytest.fixture(scope="module")
def planted() -> Iterator[list[Planted]]:
    """Taken off everybody's lists again at the end: other proofs look at those."""
    made: list[Planted] = []
    yield made
    asked("delete from access_grant where case_id = any(%s) returning 1", [case.id for case in made])


@pytest.fixture
def of_each(planted: list[Planted]) -> list[Planted]:
    """A case of each scheme."""
    if not planted:
        forget()
        planted += plant(first=7000)
    return list({case.scheme.key: case for case in planted}.values())[:SCHEMES]


def excluded(case: Planted, role: str) -> Person:
    """Somebody whose part it would be, and who knows the people in it. They have every duty as well."""
    person = make_person(agency_of(case, role), role, "Robin Ashworth")
    give_duties(person, *DUTIES)
    declares_case(person, case.reference)
    assert person.account in conflicts(case.id)
    return person


def hidden(of_each: list[Planted], case: Planted) -> Planted:
    """A case of people whom this person's agency has nothing to do with."""
    agencies = set(case.agencies.values())
    return next(other for other in of_each if agencies.isdisjoint(other.agencies.values()))


def of_case() -> Iterator[addresses.Address]:
    yield from (address for address in addresses.every() if addresses.of_case(address))


@pytest.mark.parametrize("posting", [False, True])
def test_every_address_answers_as_if_there_were_no_such_case(of_each: list[Planted], posting: bool) -> None:
    """The same status, headers, bytes and statements as for a case that is not theirs, and one that never was."""
    tried, walked = 0, set[str]()
    for case in of_each:
        prober = Prober(excluded(case, case.on_it[0]).account, fresh=True)
        numbers = (case.id, hidden(of_each, case).id, uuid4())
        for address in of_case():
            ways = [ways_to_ask(address.path, case, number) for number in numbers]
            for same in zip(*ways, strict=True):
                pairs = zip(same, numbers, strict=True)
                asked_for = [_ask(prober, path, posting=posting).without(str(number)) for path, number in pairs]
                assert len({replace(each, body=b"") for each in asked_for}) == 1, (address.name, same, asked_for)
                assert len({each.body for each in asked_for}) == 1, (address.name, same)
                assert asked_for[0].status in (302, 404, 405), (address.name, asked_for[0].status)
                tried, walked = tried + 1, walked | {address.name}
    assert walked == {address.name for address in of_case()}
    figure(f"{tried:,} ways to ask, three cases each: hidden, not theirs and never there answer alike")


def ways_to_ask(path: str, case: Planted, number: UUID) -> list[str]:
    """Some addresses of this kind about the case of this number, with steps and the like of the case's own scheme."""
    names = [(kind, name) for kind, name in re.findall(r"<(\w+):(\w+)>", path) if name != "case_id"]
    offered = [
        addresses.OFFERED[name](case) if name in ("step", "section", "rule", "consent") else [ELSE.get(kind, "none")]
        for kind, name in names
    ]
    ways = list(product(*offered))
    chosen = ways if len(ways) <= WAYS else Random(7).sample(ways, WAYS)
    return [_filled(path, {"case_id": str(number), **dict(zip([name for _, name in names], way, strict=True))})
            for way in chosen]  # fmt: skip


def _filled(path: str, parts: Mapping[str, str]) -> str:
    return "/" + re.sub(r"<\w+:(\w+)>", lambda found: parts[found[1]], path)


def _ask(prober: Prober, path: str, *, posting: bool) -> Noticed:
    if not posting:
        return prober.get(path)
    return prober.post(path, key=str(uuid4()), seq="1", go="continue", reason="It was wrong", answer="yes")


def test_what_names_a_case_in_another_way_finds_none(of_each: list[Planted]) -> None:
    """Its reference in a search or in an emergency, and its number among the colleagues' conflicts."""
    case = of_each[0]
    person = excluded(case, case.on_it[0])
    prober = Prober(person.account, fresh=True)
    never = f"{case.reference[:4]}2222-22"
    for fields in ({"reference": "{}"}, {"reference": "{}", "name": "Example"}):
        found = [
            prober.post("/search", **{k: v.format(each) for k, v in fields.items()}) for each in (case.reference, never)
        ]
        found = [each.without(case.reference).without(never) for each in found]
        assert found[0] == found[1]
        assert found[0].status == 200
    opening = {"reason": "Somebody is at the door", "understood": "recorded"}
    emergency = [
        prober.post("/emergency", reference=each, key=str(uuid4()), **opening) for each in (case.reference, never)
    ]
    emergency = [each.without(case.reference).without(never) for each in emergency]
    assert emergency[0] == emergency[1]
    other = uuid4()
    pages = [prober.get(f"/oversight/conflicts/{person.account}/{number}") for number in (case.id, other)]
    assert pages[0] == pages[1]
    assert pages[0].status == 404


@pytest.fixture
def norfolk() -> County:
    forget()
    return county.county()


def everywhere(person: Person, **search_for: str) -> Mapping[str, Noticed]:
    """Every page that is about no case by its address, and every search for one."""
    prober = Prober(person.account, fresh=True)
    # How somebody signs in is drawn anew each time, and tells of no case.
    left_out = ("account/", "confirm")
    plain = [each for each in addresses.every() if "<" not in each.path and each.who is not Who.ANYONE]
    plain = [each for each in plain if not each.path.startswith(left_out)]
    found = {each.name: prober.get(f"/{each.path}") for each in plain}
    for what, text in search_for.items():
        found[f"search by {what}"] = prober.post("/search", **{what: text})
    found["all searches"] = prober.post("/search", **search_for)
    for page in (
        "work?scheme=norfolk",
        "work?area=norwich",
        "flows?scheme=norfolk",
        "flows?scheme=norfolk&area=norwich",
    ):
        found[page] = prober.get(f"/{page}")
    return found


@pytest.mark.parametrize("how", ["by what they gave", "by reference", "as its author"])
def test_no_list_count_search_or_total_changes_when_such_a_case_begins(
    norfolk: County, how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Everything looked at before there is the case, and after: the same bytes and statements."""
    # The site's clock stands still: notices of other tests' cases would be another minute old.
    at = timezone.localtime()
    monkeypatch.setattr(showing, "timezone", SimpleNamespace(localtime=lambda: at))
    person = make_person(norfolk.people["housing"].agency, "housing", "Robin Ashworth")
    twin = make_person(norfolk.people["housing"].agency, "housing", "Robin Ashworth")
    for each in (person, twin):
        give_duties(each, *DUTIES)
    with asking(person):
        screening.give_own(screening.Details(phones=("020 7946 0777",) if how != "by reference" else ()))
    looked_for = {"name": "Zuzana Uniquely", "postcode": "ZZ97 9ZZ", "birth_date": "4 5 1990"}
    own = {"name": "Zuzana Uniquely", "postcode": "ZZ97 9ZZ", "safe_phone": "+44 20 7946 0777"}
    everywhere(person, **looked_for), everywhere(twin, **looked_for)  # whatever is done on a first visit is done
    before, twins = everywhere(person, **looked_for), everywhere(twin, **looked_for)
    if how == "as its author":
        norfolk.people["housing"] = person
    case_id = norfolk.case(**own) if how != "as its author" else _refers(norfolk, own)
    if how == "by reference":
        declares_case(person, asked("select reference from kase where id = %s", case_id)[0][0])
    assert set(conflicts(case_id)) == {person.account}
    after = everywhere(person, **looked_for)
    changed = {name for name in before if before[name] != after[name]}
    # What the person did themselves, they see: that they gave something, and when.
    assert changed <= ({"conflicts"} if how == "by reference" else set()), changed
    noticed = {name for name, page in everywhere(twin, **looked_for).items() if page.body != twins[name].body}
    assert {"worklist", "search by name", "search by postcode", "flows", "all searches"} <= noticed, (
        "a colleague sees it"
    )


def _refers(norfolk: County, own: Mapping[str, str]) -> UUID:
    opened = norfolk.refer("housing", approached="housing", **own)
    return opened.case_id  # type: ignore[union-attr]


def test_nothing_of_the_record_answers_either(norfolk: County) -> None:
    """Below the pages: every query of the record, as somebody who is shut out and as if there were no such case."""
    person = norfolk.people["housing"]
    home = "ZZ98 8XY"  # no other test's: of what is found by another, a list shows the first only
    case_id = norfolk.case(postcode=home)
    reference = asked("select reference from kase where id = %s", case_id)[0][0]
    declares_case(person, reference)
    with asking(norfolk.people["police"]):
        assert case_id in search.find({Purpose.POSTCODE: home})
    with asking(person):
        assert cases.find(case_id) is None
        assert events.readable(case_id) == events.whole(case_id) == []
        assert worklist.these([case_id]) == []
        assert case_id not in {line.case_id for line in worklist.lately(limit=None)}
        assert search.find({Purpose.REFERENCE: reference}) == []
        assert case_id not in search.find({Purpose.POSTCODE: home})
        with pytest.raises(cases.NotAllowed):
            search.describe(case_id, b"{}", {})
        with pytest.raises(cases.NotAllowed):
            screening.mark_case(case_id, [])
