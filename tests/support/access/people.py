"""Who asks? People in every relation to a case that the page names, each made by what brings it about."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django.utils import timezone

from sanctuary.actions.open_emergency import open_emergency
from sanctuary.actions.parts_played import parts
from sanctuary.actions.results import Missing, Recorded, Refused
from sanctuary.actions.share_case import Wanted, end_share, offer, share_case
from sanctuary.core.emergencies import UNDERSTOOD
from sanctuary.core.shares import Ground
from sanctuary.records import accounts, context
from tests.support.access.planting import Planted, staff
from tests.support.access.two_people import fresh_token
from tests.support.database import Agency, Person, administrator, make_agency, make_person


@dataclass(frozen=True, slots=True, kw_only=True)
class Asker:
    """Somebody at a browser: their session, and the role by which the page judges them. `shown` are the parts of the
    record that an act has opened to them; None where they see what the procedure lets their role see.
    """

    account: UUID
    token: str
    role: str
    shown: frozenset[str] | None = None

    def may_read(self, case: Planted) -> frozenset[tuple[int, int]]:
        """The marks of the case that they are to see."""
        return case.readable(self.role) if self.shown is None else case.marks(self.shown)


Make = Callable[[Planted, str], Asker]


def asker(person: Person, role: str = "", shown: frozenset[str] | None = None) -> Asker:
    """This person, signed in, who has just proved who they are."""
    token = accounts.open_session(person.account, fresh=True)
    return Asker(account=person.account, token=token, role=role or person.role, shown=shown)


def colleague(case: Planted, role: str) -> Person:
    """A fresh account with the role in the agency that plays it in the case."""
    return make_person(agency_of(case, role), role)


def agency_of(case: Planted, role: str) -> Agency:
    """The agency that plays the role in the case, or would."""
    return _agency(case.agencies.get(role) or case.scheme.areas[case.area].agencies[role])


def _agency(key: str) -> Agency:
    return Agency(id=accounts.make_agency(key, key), key=key, title=key)


def told(statement: str, *values: Any) -> None:
    """Put straight into the record what an act would put there."""
    with administrator() as connection:
        connection.execute(statement, list(values))


def _in_role(case: Planted, role: str) -> Asker:
    return asker(staff(agency_of(case, role).key, role))


def _named(case: Planted, role: str) -> Asker:
    """Alone of an agency that has no part in the case."""
    person = make_person(make_agency(), role)
    _grant(case, person, alone=True)
    return asker(person)


def _colleague_of_named(case: Planted, role: str) -> Asker:
    agency = make_agency()
    _grant(case, make_person(agency, role), alone=True)
    return asker(make_person(agency, role))


def _deputy(case: Planted, role: str, starts: str = "-1 day", ends: str = "1 day") -> Asker:
    here = agency_of(case, role)
    away, stands_in = make_person(here, role), make_person(here, f"{role}_trainee")
    deputy, made = uuid4(), asker(stands_in, role)
    told(
        "insert into deputy (id, account_id, for_account, starts, ends, made_by) "
        "values (%s, %s, %s, now() + %s::interval, now() + %s::interval, %s)",
        deputy, stands_in.account, away.account, starts, ends, away.account,
    )  # fmt: skip
    told("update sign_in_session set deputy_id = %s where token_hash = %s", deputy, accounts.hashed(made.token))
    return made


def _team(case: Planted, role: str, area: str) -> Asker:
    person, team = colleague(case, role), uuid4()
    told(
        "insert into team (id, agency_id, title, areas) values (%s, %s, %s, %s)",
        team, person.agency.id, secrets.token_hex(8), [area],
    )  # fmt: skip
    told("update account set team_id = %s where id = %s", team, person.account)
    return asker(person)


def _other_agency(case: Planted, role: str) -> Asker:
    return asker(make_person(make_agency(), role))


def _other_role(case: Planted, role: str) -> Asker:
    return asker(make_person(agency_of(case, role), f"{role}_trainee"))


def _duty(duty: str) -> Make:
    def made(case: Planted, role: str) -> Asker:
        person = make_person(agency_of(case, role), "no_role")
        told("update account set duties = array[%s] where id = %s", duty, person.account)
        return asker(person)

    return made


def _role_changed(case: Planted, role: str) -> Asker:
    made = asker(colleague(case, role))
    told("update account set role = %s where id = %s", f"{role}_trainee", made.account)
    return made


def _expired(case: Planted, role: str) -> Asker:
    person = make_person(make_agency(), role)
    _grant(case, person, alone=True, until="-1 second")
    return asker(person)


def _shared(case: Planted, role: str) -> Asker:
    """In an agency of the scheme that plays the role nowhere, with which that which does has shared all that it may."""
    return _share(case, role, 0)[0]


def _share_ended(case: Planted, role: str) -> Asker:
    """The same, once the share has been ended; their session was opened before."""
    made, number = _share(case, role, 1)
    with context.acting(_in_role(case, role).token):
        ended = end_share(case_id=case.id, number=number, reason="", key=uuid4(), now=timezone.localtime())
    assert isinstance(ended, Recorded), ended
    return made


def _share(case: Planted, role: str, which: int) -> tuple[Asker, int]:
    """With one such agency for what stands and another for what is ended: what is shared twice stands twice."""
    scheme, now = case.scheme, timezone.localtime()
    person = make_person(_agency([key for key in scheme.agencies if role not in parts({"": scheme}, key)][which]), role)
    with context.acting(_in_role(case, role).token):
        there = offer(case_id=case.id, now=now)
        assert not isinstance(there, Refused | Missing), there
        wanted = Wanted(
            role=role, agency=person.agency.key, parts=there.parts[role], purpose="They take this on",
            until=now + timedelta(days=1), ground=Ground.LIFE.value,
        )  # fmt: skip
        shared = share_case(case_id=case.id, wanted=wanted, key=uuid4(), now=now)
    assert isinstance(shared, Recorded), shared
    return asker(person, shown=frozenset(wanted.parts)), shared.seq


def _emergency(case: Planted, role: str) -> Asker:
    """In an agency without a part, who has opened it in an emergency."""
    person = make_person(make_agency(), role)
    with context.acting(fresh_token(person)):
        opened = open_emergency(
            reference=case.reference, reason="She rang from a box", understood=tuple(UNDERSTOOD), key=uuid4(),
            now=timezone.localtime(),
        )  # fmt: skip
    assert isinstance(opened, Recorded), opened
    return asker(person, shown=case.procedure.ever(role))


def _emergency_ended(case: Planted, role: str) -> Asker:
    made = _emergency(case, role)
    told("update access_grant set valid_until = now() where account_id = %s", made.account)
    return made


def _account_ended(case: Planted, role: str) -> Asker:
    made = asker(colleague(case, role))
    accounts.retire_account(made.account)
    return made


def _signed_out(case: Planted, role: str) -> Asker:
    made = _in_role(case, role)
    accounts.close_session(made.token)
    return made


def _excluded(case: Planted, role: str) -> Asker:
    made = asker(colleague(case, role))
    told("insert into conflict (user_id, case_id) values (%s, %s)", made.account, case.id)
    return made


def _excluded_by_name(case: Planted, role: str) -> Asker:
    """On the case twice over, by their role and by name, and excluded all the same."""
    person = colleague(case, role)
    _grant(case, person, alone=True, basis=-7)
    told("insert into conflict (user_id, case_id) values (%s, %s)", person.account, case.id)
    return asker(person)


def _grant(case: Planted, person: Person, *, alone: bool, until: str = "1 day", basis: int = 1) -> None:
    reads = sum(1 << case.scheme.compartments[name].number for name in case.procedure.reads(person.role, case.told))
    told(
        "insert into access_grant (agency_id, role, case_id, read_mask, write_mask, valid_until, account_id, basis, "
        "area, in_list) values (%s, %s, %s, %s, %s, now() + %s::interval, %s, %s, %s, true) "
        "on conflict (agency_id, role, case_id, basis) do nothing",
        person.agency.id, person.role, case.id, reads, 1, until, person.account if alone else None, basis,
        f"{case.scheme.key}/{case.area}",
    )  # fmt: skip


# By their names on the page.
ON_IT: Mapping[str, Make] = {
    "in_role": _in_role,
    "named": _named,
    "deputy": _deputy,
    "team_of_the_area": lambda case, role: _team(case, role, f"{case.scheme.key}/{case.area}"),
    "shared": _shared,
    "emergency": _emergency,
}
NOT_ON_IT: Mapping[str, Make] = {
    "other_agency": _other_agency,
    "other_role": _other_role,
    "colleague_of_named": _colleague_of_named,
    "team_of_another_area": lambda case, role: _team(case, role, f"{case.scheme.key}/elsewhere"),
    "administrator": _duty("administrator"),
    "oversight": _duty("oversight"),
    "specialist": _duty("specialist"),
    "expired": _expired,
    "deputy_ended": lambda case, role: _deputy(case, role, "-9 days", "-1 second"),
    "deputy_not_begun": lambda case, role: _deputy(case, role, "1 day", "2 days"),
    "share_ended": _share_ended,
    "emergency_ended": _emergency_ended,
}
EXCLUDED: Mapping[str, Make] = {"excluded": _excluded, "excluded_twice_on_it": _excluded_by_name}
SIGNED_OUT: Mapping[str, Make] = {
    "role_changed": _role_changed,
    "account_ended": _account_ended,
    "signed_out": _signed_out,
}
# Of a case that has ended nothing more is shared.
WHILE_OPEN = frozenset({"shared", "share_ended"})
GROUPS: Mapping[str, Mapping[str, Make]] = {
    "on it": ON_IT,
    "not on it, or no longer": NOT_ON_IT,
    "excluded": EXCLUDED,
    "signed out, or account ended": SIGNED_OUT,
}
