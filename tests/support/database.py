"""What does a test need of the record? A server, agencies, people signed in, and cases: random, so nothing collides."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from django.db import connections, transaction

from sanctuary.gateways import database
from sanctuary.records import accounts, cases, context, events, schemes
from sanctuary.records.masks import Masks, mask
from sanctuary.records.query import as_owner, run

# Real commits on real logins: what a test case's own transaction hides, a policy would not be asked about.
on_the_record = pytest.mark.django_db(transaction=True, databases=["default", "owner", "door"])

ALIASES = ("default", "owner", "door")
PASSWORD = "correct horse battery staple"
ALL = frozenset(range(31))
NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
# The site gives up on what hangs after two seconds; a loaded machine is slow, not wrong, and many wait in turn here.
PATIENCE = " ".join(
    f"-c {limit}=120s" for limit in ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout")
)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Start the server before the test database is made, and do without a pool, which would hold that database open."""
    database.ensure_server()
    connections["default"].settings_dict["OPTIONS"].pop("pool", None)
    for alias in ("default", "door"):
        connections[alias].settings_dict["OPTIONS"]["options"] = PATIENCE


@dataclass(frozen=True, slots=True, kw_only=True)
class Agency:
    """An agency made for a test."""

    id: int
    key: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """An account made for a test; its password is PASSWORD."""

    account: UUID
    email: str
    name: str
    agency: Agency
    role: str


@dataclass(slots=True)
class Happening:
    """A case made for a test, and the number of its last event."""

    id: UUID
    reference: str
    seq: int
    grants: list[cases.Grant] = field(default_factory=list)


def make_agency(title: str = "Example agency") -> Agency:
    """A fresh agency."""
    key = f"agency_{secrets.token_hex(8)}"
    return Agency(id=accounts.make_agency(key, title), key=key, title=title)


def make_person(agency: Agency, role: str = "housing", name: str = "Robin Example") -> Person:
    """A fresh account in the agency. Its password's hash is shared, since making one is slow on purpose."""
    account, email = uuid4(), f"{secrets.token_hex(6)}@agency.example"
    with as_owner():
        run(
            "insert into account (id, email, name, password, agency_id, role) values (%s, %s, %s, %s, %s, %s)",
            [account, email, name, hashed_password(), agency.id, role],
            using="owner",
        )
    return Person(account=account, email=email, name=name, agency=agency, role=role)


@lru_cache(maxsize=1)
def hashed_password() -> str:
    """The hash of PASSWORD."""
    from django.contrib.auth.hashers import make_password

    return make_password(PASSWORD)


@contextmanager
def as_account(person: Person | UUID) -> Iterator[str]:
    """Act as this person; yields the session token. Open transactions inside it."""
    token = accounts.open_session(person.account if isinstance(person, Person) else person)
    with context.acting(token):
        yield token


@contextmanager
def asking(person: Person | UUID) -> Iterator[str]:
    """Act as this person in one transaction, committed at the end."""
    with as_account(person) as token, transaction.atomic():
        yield token


def publish_version(ceilings: dict[str, Masks] | None = None, scheme: str = "norfolk") -> str:
    """A fresh version of a scheme; unless said otherwise housing, police and support may read and write everything."""
    version = secrets.token_hex(16)
    all_of_it = Masks(read=mask(ALL), write=mask(ALL))
    document = schemes.Version(
        id=version, scheme=scheme, document=json.dumps({f"{scheme}/scheme.yaml": f"title: Example {version}\n"})
    )
    schemes.publish(document, ceilings or dict.fromkeys(("housing", "police", "support"), all_of_it))
    return version


def grant(person: Person, reads: Sequence[int] = (0,), writes: Sequence[int] = (0,), **words: Any) -> cases.Grant:
    """What the person's role of the person's agency may do."""
    return cases.Grant(
        **{
            "agency": person.agency.key,
            "role": person.role,
            "reads": frozenset(reads),
            "writes": frozenset(writes),
            "stage": "referral",
            "last_at": NOON,
            **words,
        }
    )


def entry(text: str = "something", compartment: int = 0, kind: str = "answered") -> events.Entry:
    """Something to record."""
    return events.Entry(kind=kind, compartment=compartment, happened_at=NOON, payload=text.encode())


def open_case(
    by: Person,
    grants: Sequence[cases.Grant] | None = None,
    entries: Sequence[events.Entry] = (),
    numbers: Sequence[int] = (0, 1, 2, 3),
    version: str | None = None,
) -> Happening:
    """A case opened by this person, with the grants given: unless said otherwise, `by` may read and write it all."""
    given = list(grants if grants is not None else [grant(by, numbers, numbers, needs_us=True)])
    roles = {by.role, *(each.role for each in given)}
    version = version or publish_version(dict.fromkeys(roles, Masks(read=mask(ALL), write=mask(ALL))))
    with asking(by):
        made = cases.open_case(version=version, area="example_district", numbers=numbers)
        seq = events.append(made.id, 0, entries or [entry("opened", kind="opened")])
        cases.store(made.id, seq, {"stage": "referral"}, given)
    return Happening(id=made.id, reference=made.reference, seq=seq, grants=given)


def add(case: Happening, by: Person, *entries: events.Entry, grants: Sequence[cases.Grant] | None = None) -> int:
    """Record entries in the case as this person, and store its progress."""
    with asking(by):
        seq = events.append(case.id, case.seq, entries)
        cases.store(case.id, seq, {"stage": "referral"}, case.grants if grants is None else grants)
    case.seq = seq
    return seq


def make_conflict(person: Person, case: Happening) -> None:
    """Record that the person must never see the case, as an administrator would."""
    with administrator() as connection:
        connection.execute("insert into conflict (user_id, case_id) values (%s, %s)", [person.account, case.id])


@contextmanager
def administrator() -> Iterator[psycopg.Connection[Any]]:
    """The server's administrator in the test database: for looking behind the policies, and for breaking things."""
    name = connections["owner"].settings_dict["NAME"]
    with closing(database.administrator().connect(dbname=name)) as connection:
        yield connection


@contextmanager
def login(alias: str = "default") -> Iterator[psycopg.Connection[Any]]:
    """A bare connection with a login of the installation, as somebody has who stole it."""
    wanted = database.addresses()
    address = {"default": wanted.app, "door": wanted.door, "owner": wanted.owner}[alias]
    assert address is not None
    name = connections["owner"].settings_dict["NAME"]
    with closing(address.connect(dbname=name, options=PATIENCE)) as connection:
        yield connection
