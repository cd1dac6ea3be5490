"""Who administers an agency in a test? People with duties, proved just now or not, at a browser or at the record."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import HttpResponse

from sanctuary.actions import definitions
from sanctuary.core.answers import Plain
from sanctuary.records import accounts, context, middleware, people
from sanctuary.records.invitations import Asked, Keys, invite
from tests.support.access.signing import with_app
from tests.support.county import person
from tests.support.database import Agency, Person, administrator, make_agency, make_person
from tests.support.journey import Trail, Visitor
from tests.support.screen import Screen


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """An agency with an administrator and an officer, none of them of any scheme. The role `housing` is known."""

    agency: Agency
    administrator: Person
    officer: Person


@cache
def published() -> None:
    """The schemes of this checkout are on record, as they are wherever the site runs."""
    assert definitions.publish(Path(settings.SCHEMES)) == ()


def office() -> Office:
    """A fresh one."""
    published()
    agency = make_agency()
    return Office(agency=agency, administrator=make_administrator(agency), officer=make_person(agency))


def make_administrator(agency: Agency, name: str = "Ada Example", role: str = "housing") -> Person:
    """A fresh account that looks after the people of the agency."""
    made = with_app(make_person(agency, role, name))
    people.give_duties(made.account, ["administrator"])
    return made


def county_administrator(agency: str = "norwich_council", role: str = "housing") -> Person:
    """A fresh administrator of an agency of the schemes of this checkout, which are published."""
    published()
    made = with_app(person(agency, role))
    people.give_duties(made.account, ["administrator"])
    return made


@contextmanager
def proved(who: Person) -> Iterator[str]:
    """Act as this person, who has just proved who they are, in one transaction; yields their session's token."""
    token = accounts.open_session(who.account, fresh=True)
    with context.acting(token), transaction.atomic():
        yield token


def browser(who: Person, *, fresh: bool = True) -> Visitor:
    """This person at a browser."""
    visitor, answer = Visitor(Trail()), HttpResponse()
    middleware.remember(answer, accounts.open_session(who.account, fresh=fresh))
    visitor.client.cookies[middleware.COOKIE] = answer.cookies[middleware.COOKIE].value
    return visitor


def stranger() -> Visitor:
    """Somebody at a browser whom nobody knows."""
    return Visitor(Trail())


def invited(by: Person, **words: Any) -> tuple[Keys, str]:
    """An invitation, and its e-mail address, made by this administrator."""
    email = words.pop("email", f"{secrets.token_hex(6)}@agency.example")
    asked = Asked(**{"email": email, "name": "Nia Example", "role": "housing", **words})
    with proved(by):
        return invite(asked), email


def kept_of(table: str, column: str, value: object) -> dict[str, Any]:
    """The one row of a table in which the column has this value."""
    with administrator() as connection:
        found = connection.execute(f"select to_jsonb(t) from {table} t where {column} = %s", [value]).fetchall()
    assert len(found) == 1, found
    return dict(found[0][0])


def told(statement: str, *values: object) -> None:
    """Put straight into the record what time, or somebody with all rights, would."""
    with administrator() as connection:
        connection.execute(statement, list(values))


def acts(who: Person) -> list[str]:
    """The log of people as this person sees it: what was done, the newest first."""
    with proved(who):
        return [noted.act for noted in people.log(1000)]


def fill(visitor: Visitor, address: str, button: str, answers: Mapping[str, Plain] | None = None) -> Screen:
    """Open a page, fill its form in, and press a button."""
    visitor.open(address)
    return visitor.press(button, answers)
