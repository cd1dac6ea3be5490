"""How long do pages and writes take in a register of this size? Each beside its floor, where it has one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import cycle
from random import Random
from uuid import UUID, uuid4

from django.core.handlers.wsgi import WSGIHandler
from django.db import transaction

from sanctuary.actions import definitions
from sanctuary.actions.complete_step import complete_step
from sanctuary.actions.open_case import open_case
from sanctuary.actions.results import Recorded, Result
from sanctuary.core.clocks import LONDON
from sanctuary.core.scheme import Scheme
from sanctuary.jobs.demonstration import address_of
from sanctuary.jobs.people import person
from sanctuary.records import accounts, context
from sanctuary.records.accounts import Staff
from sanctuary.records.query import rows
from tests.support.bench import floor
from tests.support.bench.browser import Browser
from tests.support.bench.result import Result as Measured
from tests.support.bench.timing import Act, timed
from tests.support.county import ASSESSMENT, REFERRAL

TIMES_FLOOR = 2.0
SCHEME, AREA, ROLES = "norfolk", "norwich", ("housing", "police", "support")
CONFERENCE = {
    "held_on": "2026-06-01", "why": "The reports differ.", "attended": ["housing", "police", "support"],
    "conclusion": "To go on as planned.",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Somebody:
    """A person whose pages are measured."""

    account: UUID
    token: str
    staff: Staff
    browser: Browser


def measured(staff: Mapping[str, UUID], runs: int) -> list[Measured]:
    """The pages of the table of promises first, then what else people do all day."""
    application, bare = WSGIHandler(), Browser(floor.application(), None)
    with transaction.atomic():
        scheme = definitions.running()[SCHEME]
    people = {role: _somebody(application, scheme, role, staff) for role in ROLES}
    return [
        _worklist(people, bare, runs),
        _case(people["housing"], bare, runs),
        _search(people["housing"], runs),
        *_writes(people, runs),
    ]


def _somebody(application: WSGIHandler, scheme: Scheme, role: str, staff: Mapping[str, UUID]) -> Somebody:
    agency = scheme.areas[AREA].agencies[role]
    account = staff[address_of(role, agency)]
    token = accounts.open_session(account)
    with context.acting(token), transaction.atomic():
        found = accounts.current()
    if found is None:
        raise LookupError(f"nobody is {role} for {agency}")
    return Somebody(account=account, token=token, staff=found, browser=Browser(application, account))


def _worklist(people: Mapping[str, Somebody], bare: Browser, runs: int) -> Measured:
    ours = [each.browser.get("/work") for each in people.values()]
    floors = [bare.get(f"/ours/{each.staff.agency_id}/{each.staff.role}") for each in people.values()]
    timing, least = timed([ours, floors], runs)
    return Measured(what="worklist, two lists of 50", timing=timing, floor=least, times_floor=TIMES_FLOOR)


def _case(who: Somebody, bare: Browser, runs: int) -> Measured:
    ours = {case: who.browser.get(f"/cases/{case}") for case in _long_cases(who)}
    floors = [bare.get(f"/cases/{case}/{_lines(ask())}") for case, ask in ours.items()]
    timing, least = timed([list(ours.values()), floors], runs)
    return Measured(what="page of a case of about 50 events", timing=timing, floor=least, times_floor=TIMES_FLOOR)


def _lines(page: bytes) -> int:
    """How many list items and lines of questions and answers a page has."""
    return page.count(b"<li") + page.count(b"<dt")


def _search(who: Somebody, runs: int) -> Measured:
    names = [person(Random(number)).name.split()[-1] for number in range(40)]
    (timing,) = timed([[who.browser.post("/search", {"name": name}) for name in names]], runs)
    return Measured(what="search by surname", timing=timing)


def _writes(people: Mapping[str, Somebody], runs: int) -> Iterator[Measured]:
    """The actions themselves, committed to disk, without a page around them."""
    police, housing = people["police"], people["housing"]
    made: list[UUID] = []
    (timing,) = timed([[_doing(police, lambda now: made.append(_case_id(_open(now))))]], runs)
    yield Measured(what="open a case with its referral", timing=timing)
    fresh = iter(made)
    (timing,) = timed(
        [[_doing(police, lambda now: _recorded(next(fresh), "initial_assessment", ASSESSMENT, now))]], runs
    )
    yield Measured(what="record the initial assessment of a case just referred", timing=timing)
    old = cycle(_long_cases(housing))
    (timing,) = timed([[_doing(housing, lambda now: _recorded(next(old), "case_conference", CONFERENCE, now))]], runs)
    yield Measured(what="record a case conference in a case of about 50 events", timing=timing)


def _long_cases(who: Somebody) -> list[UUID]:
    """Open cases of theirs with about 50 events, at most 60."""
    with context.acting(who.token), transaction.atomic():
        found = rows(
            "select k.id from kase k join access_grant g on g.case_id = k.id "
            "where g.is_open order by abs(k.head_seq - 50), k.id limit 60"
        )
    return [line[0] for line in found]


def _doing(who: Somebody, act: Callable[[datetime], object]) -> Act:
    def done() -> None:
        with context.acting(who.token):
            act(datetime.now(LONDON))

    return done


def _open(now: datetime) -> Result:
    return open_case(scheme_key=SCHEME, area=AREA, plain=REFERRAL, key=uuid4(), now=now - timedelta(hours=1))


def _recorded(case_id: UUID, step: str, plain: Mapping[str, object], now: datetime) -> None:
    result = complete_step(case_id=case_id, step=step, plain=plain, expected_seq=10_000, key=uuid4(), now=now)  # type: ignore[arg-type]
    _case_id(result)


def _case_id(result: Result) -> UUID:
    if not isinstance(result, Recorded):
        raise ValueError(f"nothing was recorded: {result}")
    return result.case_id
