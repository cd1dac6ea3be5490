"""Who knows somebody in a case, and which cases name the same people? Keyed marks that the database compares.

What the marks are made of is in `core.reach` and `core.spellings`; who is shut out, the database decides at once.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from uuid import UUID, uuid4

from django.db import DatabaseError

from sanctuary.core import spellings
from sanctuary.core.reach import Kind, Trace
from sanctuary.core.whose import Whose
from sanctuary.records import audit, crypto
from sanctuary.records.cases import NotAllowed
from sanctuary.records.query import as_owner, row, rows

Mark = tuple[int, int]
_SEALED_FOR = "staff-given"
# All that has marks, with the account as it is now: of that itself only a digest is sealed. A reference has none.
_GIVEN = (
    "select g.id, g.kind, g.sealed, a.name, a.email from given_by_all() g join account a on a.id = g.account_id "
    "where g.kind <> 'case' order by g.id"
)


class Purpose(Enum):
    """What a mark is of. The value is how it is kept; never give one another's number."""

    NAME = 1
    PHONE = 2
    EMAIL = 3
    HOME = 4


_PURPOSES: Mapping[Kind, Purpose] = {
    Kind.NAME: Purpose.NAME,
    Kind.PHONE: Purpose.PHONE,
    Kind.EMAIL: Purpose.EMAIL,
    Kind.HOME: Purpose.HOME,
}
# On which side of a case somebody is; whoever works on it or referred it is no party to it, and has no mark.
_SIDES: Mapping[Whose, int] = {
    Whose.PERSON: 0,
    Whose.CHILD: 0,
    Whose.PERPETRATOR: 1,
    Whose.LANDLORD: 2,
    Whose.PERPETRATORS_LANDLORD: 2,
    Whose.OTHER: 2,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """What somebody gives of themselves or of somebody they know: names, homes as (address, postcode), and the like."""

    names: tuple[str, ...] = ()
    homes: tuple[tuple[str, str], ...] = ()
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """That something was given, and when; what it was nobody reads. `kind`: "own", "known" or "case"."""

    kind: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A conflict that somebody has the oversight of. `source`: 1 by a name alone, 2 by other details, 3 declared."""

    account: UUID
    name: str
    agency: str
    case_id: UUID
    reference: str
    source: int
    state: str
    at: datetime

    @property
    def is_new(self) -> bool:
        """Whether it rests on a name alone and nobody has looked at it yet."""
        return self.source == 1 and self.state == "found"


@dataclass(frozen=True, slots=True, kw_only=True)
class Crossing:
    """Two cases that name the same people on opposite sides, by their references, and what of them is the same."""

    id: UUID
    one: str
    other: str
    same: tuple[Purpose, ...]
    at: datetime
    looked_at: datetime | None
    looked_by: str
    outcome: str


def mark_case(case_id: UUID, found: Iterable[tuple[int, Trace]]) -> None:
    """Replace the marks of the people of the case, each trace with the number of its compartment, and screen them.

    The last thing to do in a transaction: whoever is asking may be shut out by it. Raises cases.NotAllowed.
    """
    marks = sorted(marks_of(found))
    parts, sides, purposes, tokens = ([mark[place] for mark in marks] for place in range(4))
    done = row(
        "select mark_case(%s, %s::smallint[], %s::smallint[], %s::smallint[], %s::bigint[])",
        [case_id, parts, sides, purposes, tokens],
    )
    if done is None or not done[0]:
        raise NotAllowed


def marks_of(found: Iterable[tuple[int, Trace]]) -> set[tuple[int, int, int, int]]:
    """Compartment, side, purpose and token of every trace that is screened."""
    return {
        (part, _SIDES[trace.whose], *mark(_PURPOSES[trace.kind], trace.form))
        for part, trace in found
        if trace.kind in _PURPOSES and trace.whose in _SIDES
    }


def give_own(details: Details) -> None:
    """Keep what who is asking gives of themselves, instead of what they gave before, and screen it.

    Raises audit.TooMuch where they gave as much as one person has to give in a day; `give_known` and `give_case` too.
    """
    _give("own", _dumped(details), marks(details))


def give_known(details: Details) -> None:
    """Keep what who is asking says of somebody they know, and screen it."""
    _give("known", _dumped(details), marks(details))


def give_case(reference: str) -> None:
    """Keep that who is asking knows the people of the case with this reference. Nothing tells whether there is one."""
    _give("case", json.dumps({"reference": reference}).encode(), set(), reference)


def screen_asker() -> None:
    """Screen the name and address of the account of who is asking, where that has not been done."""
    found = row("select name, email, digest from unscreened()")
    if found is not None:
        name, email, digest = found
        _keep(uuid4(), "account", bytes(digest), marks(_of_account(name, email)))


def given() -> list[Given]:
    """What who is asking gave, the newest first."""
    return [Given(kind=kind, at=at) for kind, at in rows("select kind, given_at from given_by_me()")]


def looked_after(limit: int | None = None, skip: int = 0) -> list[Found]:
    """The conflicts that this person has the oversight of; those to look at first."""
    return _looked_after("offset %s limit %s", [skip, limit])


def count_looked_after() -> int:
    """How many `looked_after` gives without a limit."""
    found = row("select count(*) from conflicts_looked_after(null)")
    return int(found[0]) if found else 0


def find(account: UUID, case_id: UUID) -> Found | None:
    """The conflict of this colleague with this case, where this person has the oversight of it."""
    return next(iter(_looked_after("where user_id = %s and case_id = %s", [account, case_id])), None)


def _looked_after(which: str, values: Sequence[object]) -> list[Found]:
    return [
        Found(
            account=account, name=name, agency=agency, case_id=case_id, reference=reference, source=source, state=state,
            at=at,
        )
        for account, name, agency, case_id, reference, source, state, at in rows(
            f"select * from conflicts_looked_after(null) {which}", values  # noqa: S608 - written above
        )
    ]  # fmt: skip


def keep(account: UUID, case_id: UUID) -> bool:
    """Whether the conflict is now one that somebody looked at, and stays."""
    return _true("select keep_conflict(%s, %s)", [account, case_id])


def lift(proposal: UUID, account: UUID, case_id: UUID) -> bool:
    """Whether the conflict is lifted: two people agreed to it, and it was there."""
    return _true("select lift_conflict(%s, %s, %s)", [proposal, account, case_id])


def crossings() -> list[Crossing]:
    """The crossings of which this person is told, those to look at first. Empty without the duty."""
    return [
        Crossing(
            id=id, one=one, other=other, same=tuple(map(Purpose, same)), at=at, looked_at=looked_at,
            looked_by=looked_by or "", outcome=outcome,
        )
        for id, one, other, same, at, looked_at, looked_by, outcome in rows("select * from crossings_for_me()")
    ]  # fmt: skip


def look_at(crossing: UUID, outcome: str) -> bool:
    """Whether the crossing is now one that this person looked at."""
    return _true("select look_at_crossing(%s, %s)", [crossing, outcome])


def screen_again() -> int:
    """Mark and screen anew what was given, and the accounts' own names and addresses, once spellings are read in
    another way; how many. Whoever was never here is screened when they come. By the owner's login, never by a request.
    """
    with as_owner():
        found = rows(_GIVEN, using="owner")
        for given_id, kind, sealed, name, email in found:
            details = _of_account(name, email) if kind == "account" else _opened(given_id, bytes(sealed))
            again = sorted(marks(details))
            row("select mark_given(%s, %s::smallint[], %s::bigint[])", [given_id, *_columns(again)], using="owner")
    return len(found)


def marks(details: Details) -> set[Mark]:
    """Purpose and token of everything in the details that can be told apart."""
    forms = [
        *((Purpose.NAME, spellings.name(name)) for name in details.names),
        *((Purpose.PHONE, spellings.phone(phone)) for phone in details.phones),
        *((Purpose.EMAIL, spellings.email(email)) for email in details.emails),
        *((Purpose.HOME, spellings.home(address, postcode)) for address, postcode in details.homes),
    ]
    return {mark(purpose, form) for purpose, form in forms if form}


def mark(purpose: Purpose, form: str) -> Mark:
    """The mark of one thing in the one form of its spellings."""
    return purpose.value, crypto.mark(f"screening/{purpose.name}", form)


def _give(kind: str, text: bytes, found: set[Mark], reference: str = "") -> None:
    given_id = uuid4()
    _keep(given_id, kind, crypto.seal_for(_SEALED_FOR, text, _about(given_id)), found, reference)


def _keep(given_id: UUID, kind: str, sealed: bytes, found: set[Mark], reference: str = "") -> None:
    values = [given_id, kind, sealed, *_columns(sorted(found)), reference]
    try:
        row("select give(%s, %s, %s, %s::smallint[], %s::bigint[], %s)", values)
    except DatabaseError as error:
        failed = audit.failure(error)
        raise (failed if isinstance(failed, audit.TooMuch) else error) from error


def _columns(found: Sequence[Mark]) -> tuple[list[int], list[int]]:
    return [purpose for purpose, _ in found], [token for _, token in found]


def _about(given_id: UUID) -> bytes:
    return b"given|" + given_id.bytes


def _dumped(details: Details) -> bytes:
    content = {"names": details.names, "homes": details.homes, "phones": details.phones, "emails": details.emails}
    return json.dumps(content, ensure_ascii=False).encode()


def _of_account(name: str, email: str) -> Details:
    return Details(names=(name,), emails=(email,))


def _opened(given_id: UUID, sealed: bytes) -> Details:
    content = json.loads(crypto.unseal_for(_SEALED_FOR, sealed, _about(given_id)))
    return Details(
        names=tuple(content["names"]),
        homes=tuple((address, postcode) for address, postcode in content["homes"]),
        phones=tuple(content["phones"]),
        emails=tuple(content["emails"]),
    )


def _true(statement: str, values: Sequence[object]) -> bool:
    found = row(statement, values)
    return bool(found and found[0])
