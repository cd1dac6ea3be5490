"""Which records are due to go, what holds them, and what is left of those that went? Destroying takes two people.

What is asked for here is nothing personal. Whether and when a record may go, `core.retention` says.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sanctuary.core.keeping import Ground
from sanctuary.records import audit, events
from sanctuary.records.cases import ALPHABET
from sanctuary.records.query import Row, as_owner, row, rows, run

Certificate = Mapping[str, Any]
_OF_REFERENCE = "from disposal where reference_digest = coalesce(%s, reference_digest)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """Why a record has to stay. `file`: where somebody else keeps the matter; it is nobody's name."""

    id: UUID
    ground: Ground
    file: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DueRecord:
    """A record whose time has passed, or on which a hold stands (then `due_at` may be None)."""

    case_id: UUID
    reference: str
    scheme: str
    version: str
    area: str
    outcome: str
    rule: str
    ended: datetime | None
    due_at: datetime | None
    holds: tuple[Ground, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptRecord:
    """A record as somebody who looks after records may know it. `progress` is as stored; nothing of it is personal."""

    case_id: UUID
    reference: str
    scheme: str
    version: str
    area: str
    opened_at: datetime
    seq: int
    progress: Mapping[str, Any]
    noted_due: datetime | None
    holds: tuple[Hold, ...]


def due(limit: int | None = None, skip: int = 0) -> list[DueRecord]:
    """What this person's agency is to dispose of, the longest due first. The look is noted."""
    found = [_due(line) for line in rows("select * from records_due() limit %s offset %s", [limit, skip])]
    audit.list_read([each.case_id for each in found], "disposal")
    return found


def count_due() -> int:
    """How many `due` gives without a limit."""
    found = row("select count(*) from records_due()")
    return int(found[0]) if found else 0


def kept(reference: str) -> KeptRecord | None:
    """The record with this reference, or None where there is none that this person looks after. The look is noted."""
    found = row("select * from record_kept(%s)", [reference])
    if found is None:
        return None
    case_id, ours, scheme, version, area, opened_at, seq, progress, _, due_at, holds = found
    audit.list_read([case_id], "disposal")
    return KeptRecord(
        case_id=case_id, reference=ours, scheme=scheme, version=version, area=area, opened_at=opened_at, seq=seq,
        progress=_plain(progress), noted_due=due_at, holds=tuple(map(_hold, _plain(holds))),
    )  # fmt: skip


def place_hold(case_id: UUID, ground: Ground, file: str = "") -> bool:
    """Stop a record from going. False where this person does not look after it."""
    found = row("select place_hold(%s, %s, %s, %s)", [uuid4(), case_id, ground.value, file])
    return bool(found and found[0])


def lift_hold(hold: UUID) -> bool:
    """Take a hold away; by somebody who has proved lately who they are. False where it is not theirs, or is gone."""
    found = row("select lift_hold(%s)", [hold])
    return bool(found and found[0])


def events_for(proposal: UUID) -> list[events.StoredEvent]:
    """All that was told in the case that two people agreed to destroy, for the engine alone. Empty for others."""
    found = row("select case_id from proposal where id = %s", [proposal])
    return events.opened(found[0], rows("select * from events_for_disposal(%s)", [proposal])) if found else []


def dispose(proposal: UUID, said: Mapping[str, Any], counted: Mapping[str, Any], bound_to: bytes) -> Certificate | None:
    """Destroy what two people agreed to destroy, in this transaction; the certificate that stays. None: it may not be.

    The caller writes the certificate to the ledger before this transaction commits.
    """
    values = [proposal, _number(), json.dumps(said), json.dumps(counted), bound_to]
    found = row("select dispose(%s, %s, %s::jsonb, %s::jsonb, %s)", values)
    if found is None or found[0] is None:
        return None
    run("set constraints all immediate")  # nothing is left that could fail once the ledger has it
    certificate: Certificate = _plain(found[0])
    return certificate


def certificates(reference: str = "", limit: int | None = None, skip: int = 0) -> list[Certificate]:
    """What was destroyed in cases of this person's agency, the newest first; or that of one reference."""
    found = rows(
        f"select certificate {_OF_REFERENCE} order by carried_out desc, number limit %s offset %s",
        [_digest(reference), limit, skip],
    )
    return [_plain(line[0]) for line in found]


def count_certificates(reference: str = "") -> int:
    """How many `certificates` gives without a limit."""
    found = row(f"select count(*) {_OF_REFERENCE}", [_digest(reference)])
    return int(found[0]) if found else 0


def _digest(reference: str) -> bytes | None:
    return hashlib.sha256(reference.encode()).digest() if reference else None


def certificate(number: str) -> Certificate | None:
    """The certificate with this number, where this person's agency had part in the case."""
    found = row("select certificate from disposal where number = %s", [number])
    return _plain(found[0]) if found else None


def names(accounts: Sequence[str]) -> Mapping[str, str]:
    """What these accounts are called."""
    found = rows("select id, name from account where id = any(%s::uuid[])", [list(accounts)])
    return {str(account): name for account, name in found}


# --- by the owner's login, never by a request ------------------------------------------------------------------------


def ended() -> list[tuple[UUID, str, Mapping[str, Any]]]:
    """Case, version and progress of everything that has ended and is not noted as due."""
    with as_owner():
        return [
            (case, version, _plain(progress))
            for case, version, progress in rows("select * from ended_records()", using="owner")
        ]


def note_due(case_id: UUID, *, outcome: str, rule: str, ended: datetime, since: datetime) -> None:
    """Let the record stand among those that are due."""
    with as_owner():
        row("select note_due(%s, %s, %s, %s, %s)", [case_id, outcome, rule, ended, since], using="owner")


def whole(case_id: UUID) -> list[events.StoredEvent]:
    """All that was told in a case, for the engine alone, where the ledger says that it was destroyed."""
    with as_owner():
        return events.opened(case_id, rows("select * from events_of(%s)", [case_id], using="owner"))


def dispose_again(certificate: Certificate, counted: Mapping[str, Any]) -> bool:
    """Destroy what an old copy of the database brought back. False where there is no such case, or it is gone."""
    with as_owner():
        values = [json.dumps(certificate), json.dumps(counted)]
        found = row("select dispose_again(%s::jsonb, %s::jsonb)", values, using="owner")
    return bool(found and found[0])


def all_certificates() -> Iterator[Certificate]:
    """Every certificate in the database, the oldest first."""
    with as_owner():
        found = rows("select * from all_disposals()", using="owner")
    yield from (_plain(line[0]) for line in found)


def still_here(cases: Sequence[UUID], using: str = "door") -> list[UUID]:
    """Which of the cases, destroyed according to the ledger, could be opened in this database."""
    with as_owner() if using == "owner" else nullcontext():
        return [line[0] for line in rows("select still_here(%s)", [list(cases)], using=using)]


def _number() -> str:
    first, second = ("".join(secrets.choice(ALPHABET) for _ in range(4)) for _ in range(2))
    return f"D-{first}-{second}"


def _due(line: Row) -> DueRecord:
    case_id, reference, scheme, version, area, outcome, rule, ended, due_at, holds = line
    return DueRecord(
        case_id=case_id, reference=reference, scheme=scheme, version=version, area=area, outcome=outcome, rule=rule,
        ended=ended, due_at=due_at, holds=tuple(map(Ground, holds)),
    )  # fmt: skip


def _hold(plain: Mapping[str, Any]) -> Hold:
    return Hold(
        id=UUID(plain["id"]), ground=Ground(plain["ground"]), file=plain["file"], by=plain["by"],
        at=datetime.fromisoformat(plain["at"]),
    )  # fmt: skip


def _plain(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value
