"""Which case is this, where does it stand and who may do what in it? Its events are `events`, its names `search`."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError, ProgrammingError, transaction
from psycopg import errors

from sanctuary.records import audit, crypto
from sanctuary.records.masks import compartments, mask
from sanctuary.records.query import as_owner, row, run

FAR = datetime(9999, 12, 31, tzinfo=UTC)
# Without letters and digits that are mistaken for each other on the telephone or on paper.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


class NotAllowed(Exception):
    """This person may not do this in this case, or there is no such case: the two are not told apart."""


class Overtaken(Exception):
    """Somebody else recorded something in the case first. What this person may not know of it is None."""

    def __init__(self, *, by_agency: str | None, by_name: str | None, kind: str | None, at: datetime | None) -> None:
        super().__init__("somebody else was first")
        self.by_agency, self.by_name, self.kind, self.at = by_agency, by_name, kind, at


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedCase:
    """A case just made."""

    id: UUID
    reference: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRow:
    """What a person with any grant on a case may know of it; nothing personal.

    `seq` is the number of its newest event, whether or not this person may read that one; `progress` what was
    stored; `reads` and `writes` are the compartments of this person's own grant.
    """

    id: UUID
    reference: str
    scheme: str
    version: str
    area: str
    opened_at: datetime
    seq: int
    progress: Mapping[str, Any]
    recheck_at: datetime | None
    reads: frozenset[int]
    writes: frozenset[int]
    is_open: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """What one role of one agency may do in a case, and that role's line in its worklist.

    `agency` is the agency's key. `needs_us`: it is this role's turn now; `opens_at`: not before then.
    Several may stand beside each other and add up, each with a `basis` of its own: 0 by the procedure, otherwise the
    number of the event that gave it, or a negative one for what the procedure gives beside it until a time only.
    `account`: for that person alone. One of them, `in_list`, is the line.
    """

    agency: str
    role: str
    reads: frozenset[int]
    writes: frozenset[int]
    stage: str
    last_at: datetime
    needs_us: bool = False
    is_open: bool = True
    due_at: datetime | None = None
    opens_at: datetime | None = None
    next_step: str = ""
    waiting_on: str = ""
    valid_until: datetime = FAR
    account: UUID | None = None
    basis: int = 0
    in_list: bool = True


def open_case(*, version: str, area: str, numbers: Iterable[int]) -> OpenedCase:
    """A new case under a published version, with a data key for each compartment number.

    Until `store` is called, in the same transaction, whoever opens it holds all that their role may ever hold under the
    version. Raises NotAllowed where the role may write nothing there, or nobody is signed in.
    """
    case_id, wanted = uuid4(), sorted(set(numbers))
    wrapped = [crypto.wrap(crypto.new_key(), case_id, number) for number in wanted]
    prefix = _prefix(version)
    while True:
        reference = f"{prefix}-{_random(4)}-{_random(2)}"
        try:
            with transaction.atomic():
                row(
                    "select open_case(%s, %s, %s, %s, %s::smallint[], %s::bytea[])",
                    [case_id, reference, version, area, wanted, wrapped],
                )
            return OpenedCase(id=case_id, reference=reference)
        except IntegrityError as error:
            if not isinstance(error.__cause__, errors.UniqueViolation):
                raise  # otherwise the reference was taken: draw another
        except ProgrammingError as error:
            raise refused(error) from error


def find(case_id: UUID, what: str = "case") -> CaseRow | None:
    """The case, or None where there is none or this person has no grant on it. Notes the reading as `what`."""
    found = row(
        "select k.reference, k.scheme, k.version, k.area, k.opened_at, k.head_seq, p.progress, p.recheck_at, "
        "bit_or(g.read_mask), bit_or(g.write_mask), bool_or(g.is_open) "
        "from access_grant g join kase k on k.id = g.case_id left join case_projection p on p.case_id = g.case_id "
        "where g.case_id = %s group by k.id, p.case_id",
        [case_id],
    )
    if found is None:
        return None
    audit.case_read(case_id, what, found[5])
    reference, scheme, version, area, opened_at, seq, progress, recheck_at, reads, writes, is_open = found
    return CaseRow(
        id=case_id, reference=reference, scheme=scheme, version=version, area=area, opened_at=opened_at, seq=seq,
        progress=_mapping(progress), recheck_at=recheck_at, reads=compartments(reads), writes=compartments(writes),
        is_open=is_open,
    )  # fmt: skip


def store(
    case_id: UUID, seq: int, progress: Mapping[str, Any], grants: Sequence[Grant], recheck_at: datetime | None = None
) -> None:
    """Keep what was concluded from the events up to `seq` and replace the case's grants, in the append's transaction.

    `progress` is plain JSON without anything personal. Raises NotAllowed without a writing grant, Overtaken where more
    has happened, and IntegrityError for a grant beyond its role's ceiling or to an unknown agency.
    """
    try:
        with transaction.atomic():
            done = row(
                "select store_projection(%s, %s, %s::jsonb, %s::jsonb, %s::timestamptz)",
                [case_id, seq, json.dumps(progress), json.dumps([_plain(grant) for grant in grants]), recheck_at],
            )
    except IntegrityError as error:
        if isinstance(error.__cause__, errors.UniqueViolation):
            raise overtaken(case_id, seq + 1) from error
        raise
    if done is None or not done[0]:
        raise NotAllowed


def refused(error: ProgrammingError) -> Exception:
    """NotAllowed where the database refused for want of a right; otherwise the error itself, which is our mistake."""
    return NotAllowed() if isinstance(error.__cause__, errors.InsufficientPrivilege) else error


def overtaken(case_id: UUID, seq: int) -> Overtaken:
    """The exception that says who recorded event `seq`."""
    found = row("select agency, name, kind, recorded_at from who_came_first(%s, %s)", [case_id, seq])
    agency, name, kind, at = found or (None, None, None, None)
    return Overtaken(by_agency=agency, by_name=name, kind=kind, at=at)


def erase(case_id: UUID, number: int) -> None:
    """Destroy a compartment's key, and with it all that it held. By the owner's login, never by a request."""
    with as_owner():
        run("select erase_compartment(%s, %s::smallint)", [case_id, number], using="owner")


def _prefix(version: str) -> str:
    found = row("select upper(left(scheme, 3)) from scheme_version where id = %s", [version])
    if found is None:
        raise NotAllowed
    return str(found[0])


def _random(length: int) -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def _mapping(progress: Any) -> Mapping[str, Any]:
    return json.loads(progress) if isinstance(progress, str) else progress or {}


def _plain(grant: Grant) -> dict[str, Any]:
    return {
        "agency": grant.agency,
        "role": grant.role,
        "read_mask": mask(grant.reads),
        "write_mask": mask(grant.writes),
        "valid_until": grant.valid_until.isoformat(),
        "is_open": grant.is_open,
        "stage": grant.stage,
        "needs_us": grant.needs_us,
        "due_at": grant.due_at and grant.due_at.isoformat(),
        "opens_at": grant.opens_at and grant.opens_at.isoformat(),
        "next_step": grant.next_step,
        "waiting_on": grant.waiting_on,
        "last_at": grant.last_at.isoformat(),
        "account": grant.account and str(grant.account),
        "basis": grant.basis,
        "in_list": grant.in_list,
    }
