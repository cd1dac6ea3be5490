"""What does a fictional county look like? The schemes' examples, happening lately to fictional people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from pathlib import Path
from random import Random
from uuid import UUID

from django.db import transaction

from sanctuary.actions.held import begin, hold, record
from sanctuary.core.access import agencies
from sanctuary.core.conditions import Scope
from sanctuary.core.events import Event, fold
from sanctuary.core.known import known
from sanctuary.core.scheme import Scheme
from sanctuary.jobs.people import colleague
from sanctuary.jobs.retelling import Story, attributed, retold, stories
from sanctuary.records import accounts, context, people, ways


@dataclass(frozen=True, slots=True, kw_only=True)
class SignIn:
    """A demonstration account. Its password is that of the whole county."""

    area: str
    role: str
    agency: str
    email: str
    name: str


def sign_ins(scheme: Scheme) -> tuple[SignIn, ...]:
    """An account for every role of every agency of the scheme, each once, in the order of its areas."""
    found: dict[str, SignIn] = {}
    moved = [(change.role, change.agency) for change in scheme.reassignments]
    for area in scheme.areas.values():
        for role, agency in (*area.agencies.items(), *moved):
            email = address_of(role, agency)
            name = colleague(Random(email))  # noqa: S311
            found.setdefault(email, SignIn(area=area.title, role=role, agency=agency, email=email, name=name))
    return tuple(found.values())


def make_accounts(scheme: Scheme, password: str) -> dict[str, UUID]:
    """The accounts of `sign_ins`, by e-mail address, all with this password. By the owner's login."""
    made = {
        each.email: accounts.make_account(
            email=each.email, name=each.name, password=password, agency=each.agency, role=each.role
        )
        for each in sign_ins(scheme)
    }
    for email, duties in duties_of(scheme).items():
        people.give_duties(made[email], duties)
    return made


def give_codes(scheme: Scheme, secret: str) -> None:
    """Let the accounts of `sign_ins` be asked for the codes of this secret, unless they have an app of their own."""
    ways.give_code_app((each.email for each in sign_ins(scheme)), secret)


def duties_of(scheme: Scheme) -> Mapping[str, tuple[str, ...]]:
    """Who looks after what, by e-mail address.

    In each agency the first account looks after its people, and the next, or the same where there is none, after who
    looked at what. A specialist stands where most of a case is written.
    """
    found: dict[str, list[str]] = {}
    writes_most = max(scheme.roles.values(), key=lambda role: len(role.writes)).name
    for _, several in groupby(sorted(sign_ins(scheme), key=lambda each: each.agency), key=lambda each: each.agency):
        first, *others = several
        found.setdefault(first.email, []).append("administrator")
        found.setdefault((others or [first])[0].email, []).append("oversight")
        for each in (first, *others):
            if each.role == writes_most:
                found.setdefault(each.email, []).append("specialist")
    return {email: tuple(duties) for email, duties in found.items()}


def happen(scheme: Scheme, folder: Path, staff: Mapping[str, UUID], now: datetime, chance: Random) -> int:
    """Let every example in `folder` happen once in an area of the scheme, ending in the days before `now`; how many."""
    tokens: dict[str, str] = {}
    areas = list(scheme.areas)
    cases = list(stories(scheme, folder))
    for number, story in enumerate(cases):
        _replay(scheme, retold(scheme, story, areas[number % len(areas)], now, chance), staff, tokens, now)
    for token in tokens.values():
        accounts.close_session(token)
    return len(cases)


def address_of(role: str, agency: str) -> str:
    """The e-mail address of the demonstration account that plays `role` for `agency`."""
    return f"{role}@{agency}.example".replace("_", "-")


def _replay(scheme: Scheme, story: Story, staff: Mapping[str, UUID], tokens: dict[str, str], now: datetime) -> None:
    """Record the story as the people who do it would, each with their own account."""
    case_id: UUID | None = None
    done: list[Event] = []
    for role, group in groupby(attributed(scheme, story), key=lambda event: event.role):
        happened = list(group)
        facts = fold(done or happened[:1])
        scope = Scope(known(scheme, facts, now), now, scheme.calendar)
        agency = agencies(scheme, facts, scope)[role]
        with context.acting(_token(address_of(role, agency), staff, tokens)), transaction.atomic():
            held = hold(case_id, happened[0].at) if case_id else begin(scheme, story[0].area, happened[0].at)
            record(held, [replace(event, agency=agency) for event in happened], now)
            case_id = held.id
        done += happened


def _token(email: str, staff: Mapping[str, UUID], tokens: dict[str, str]) -> str:
    if email not in tokens:
        tokens[email] = accounts.open_session(staff[email])
    return tokens[email]
