"""Who works here, and who is asking? Agencies and accounts; how people sign in is in sign_in.py and ways.py."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid4

from django.contrib.auth.hashers import make_password

from sanctuary.records import context, screening
from sanctuary.records.query import as_owner, row, rows, run
from sanctuary.records.tokens import hashed, new_token

SESSION_LASTS = timedelta(hours=12)


@dataclass(frozen=True, slots=True, kw_only=True)
class Staff:
    """The person signed in. `agency` is the agency's key, `role` the part that they play, their own or, as deputy, that
    of `acting_for`, a colleague's name.

    `areas`, each "scheme/area", None for all; `stepped_up`: they proved who they are within the last ten minutes.
    """

    account: UUID
    name: str
    role: str
    agency_id: int
    agency: str
    agency_title: str
    duties: frozenset[str] = frozenset()
    areas: frozenset[str] | None = None
    stepped_up: bool = False
    acting_for: str = ""


_asking: ContextVar[Staff | None] = ContextVar("asking", default=None)


def make_agency(key: str, title: str) -> int:
    """Its id; an agency with this key is given the title. By the owner's login, never by a request."""
    with as_owner():
        found = row(
            "insert into agency (key, title) values (%s, %s) "
            "on conflict (key) do update set title = excluded.title returning id",
            [key, title],
            using="owner",
        )
    return int(found[0]) if found else 0


def make_account(*, email: str, name: str, password: str, agency: str, role: str) -> UUID:
    """Its id; where the e-mail address has an account already, that one is brought up to date.

    By the owner's login, never by a request. Raises LookupError for an agency that is not there.
    """
    hashed = make_password(password)
    with as_owner():
        found = row(
            "insert into account (id, email, name, password, agency_id, role) "
            "select %s, %s, %s, %s, id, %s from agency where key = %s "
            "on conflict (email) do update set name = excluded.name, password = excluded.password, "
            "agency_id = excluded.agency_id, role = excluded.role, is_active = true returning id",
            [uuid4(), email.strip().lower(), name, hashed, role, agency],
            using="owner",
        )
    if found is None:
        raise LookupError(f"there is no agency {agency!r}")
    return UUID(str(found[0]))


def retire_account(account: UUID) -> None:
    """End an account: its sessions stop with the next request. By the owner's login."""
    with as_owner():
        run("update account set is_active = false where id = %s", [account], using="owner")


def open_session(account: UUID, lasting: timedelta = SESSION_LASTS, *, fresh: bool = False) -> str:
    """A session token for a job or a test, which nobody signed in for; `fresh`: as though just proved again.

    By the owner's login, never by a request: people prove who they are (records.sign_in).
    """
    token = new_token()
    with as_owner():
        row("select open_session_unproved(%s, %s, %s, %s)", [account, hashed(token), lasting, fresh], using="owner")
    return token


def close_session(token: str) -> None:
    """End the session of this token, if it has one."""
    row("select close_session(%s)", [hashed(token)], using="door")


@contextmanager
def asking() -> Iterator[Staff | None]:
    """Who is asking, looked up once for all that is done inside: within one transaction that cannot change."""
    mark = _asking.set(current() if context.token() else None)
    try:
        yield _asking.get()
    finally:
        _asking.reset(mark)


def current() -> Staff | None:
    """Who is asking in this transaction, as the database verified; None where nobody is signed in.

    Whoever asks for the first time, or under a new name, is screened first: see `screening`.
    """
    return _asking.get() or _looked_up()


def _looked_up() -> Staff | None:
    found = row(
        "select p.id, p.name, c.role, a.id, a.key, a.title, c.duties, c.areas, c.stepped_up, f.name, "
        "exists (select 1 from unscreened()) from ctx() c "
        "join account p on p.id = c.account_id join agency a on a.id = c.agency_id "
        "left join account f on f.id = c.acting_for"
    )
    if found is None:
        return None
    account, name, role, agency_id, agency, title, duties, areas, stepped_up, acting_for, unscreened = found
    if unscreened:
        screening.screen_asker()
    return Staff(
        account=account, name=name, role=role, agency_id=agency_id, agency=agency, agency_title=title,
        duties=frozenset(duties), areas=None if areas is None else frozenset(areas), stepped_up=stepped_up,
        acting_for=acting_for or "",
    )  # fmt: skip


def are_real() -> bool:
    """Whether anybody who is not of the fictional county has an account here; .example is nobody's address."""
    with as_owner():
        if row("select to_regclass('account') is null", using="owner") == (True,):
            return False
        found = row("select exists (select from account where email not like %s)", ["%.example"], using="owner")
    return bool(found and found[0])


def parts_played() -> list[tuple[UUID, str, str]]:
    """Account, role and agency's key of everybody who works here. By the owner's login."""
    with as_owner():
        return [
            (account, str(role), str(agency))
            for account, role, agency in rows(
                "select p.id, p.role, a.key from account p join agency a on a.id = p.agency_id where p.is_active",
                using="owner",
            )
        ]


def addresses() -> frozenset[str]:
    """The e-mail addresses of everybody who has an account here. By the owner's login."""
    with as_owner():
        return frozenset(str(email) for (email,) in rows("select email from account", using="owner"))


def agencies() -> dict[str, str]:
    """Every agency of the installation, its title by its key, for somebody signed in."""
    return {str(key): str(title) for key, title in rows("select key, title from agency order by title")}


def names(wanted: Iterable[UUID]) -> dict[UUID, str]:
    """The names of these accounts, for somebody signed in."""
    found = rows("select id, name from account where id = any(%s)", [list(wanted)])
    return {account: str(name) for account, name in found}
