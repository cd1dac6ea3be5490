"""Who looked at a case in an emergency, why, and was it right? Opening, lasting, reviewing; not its event."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from sanctuary.core.emergencies import Verdict
from sanctuary.records import crypto
from sanctuary.records.query import Row, as_owner, row, rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """Leave that was just given: the case, the number that its event must have, and when it ends."""

    case_id: UUID
    number: int
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Emergency:
    """One use of emergency access. `reason` and `words` None: not written, or erased with the case."""

    id: UUID
    case_id: UUID
    reference: str
    account: UUID
    name: str
    agency: str
    role: str
    opened: datetime
    ends: datetime
    review_due: datetime
    reason: str | None
    reviewed: datetime | None
    reviewer: str
    verdict: Verdict | None
    words: str | None


_EMERGENCIES = """
    select e.id, e.case_id, e.account_id, p.name, a.title, e.role, e.opened, e.ends, e.review_due, e.reviewed,
           coalesce(q.name, ''), e.verdict, e.wrapped, e.nonce, e.reason, e.words_nonce, e.words, e.reference
      from emergency e
      join account p on p.id = e.account_id
      join agency a on a.id = e.agency_id
      left join account q on q.id = e.reviewer
"""
_OVERSEEN = "'oversight' = any ((select (ctx()).duties)::text[])"


def break_glass(reference: str, reason: str) -> Opened | None:
    """Leave for who is asking, alone; None where there is none to be had: why, nobody can tell.

    Every try is noted, so do not roll it back. Where it is given, the transaction must record its event.
    """
    made, key = uuid4(), crypto.new_key()
    nonce, sealed = crypto.seal(AESGCM(key), reason.encode(), _about(made, "reason"))
    found = row(
        "select of_case, at_number, until from break_glass(%s, %s, %s, %s, %s)",
        [made, reference, crypto.wrap(key, made, 0), nonce, sealed],
    )
    return Opened(case_id=found[0], number=found[1], until=found[2]) if found else None


def lasting(case_id: UUID) -> datetime | None:
    """Until when who is asking sees the case in an emergency; None where they do not."""
    found = row(
        "select max(e.ends) from emergency e where e.case_id = %s and e.ends > now() "
        "and e.account_id = (select (ctx()).account_id)",
        [case_id],
    )
    return found[0] if found else None


def overseen(limit: int | None = None, skip: int = 0) -> list[Emergency]:
    """What who is asking may review: those still to be reviewed first, the soonest due first; then the newest."""
    return _found(
        f"where {_OVERSEEN} order by e.verdict is not null, case when e.verdict is null then e.review_due end, "
        "e.opened desc, e.id limit %s offset %s",
        [limit, skip],
    )


def count_overseen() -> int:
    """How many `overseen` gives without a limit."""
    found = row(f"select count(*) from emergency e where {_OVERSEEN}")  # noqa: S608 - written above
    return int(found[0]) if found else 0


def review_of(emergency: UUID) -> Emergency | None:
    """One of those that who is asking may review."""
    return next(iter(_found(f"where {_OVERSEEN} and e.id = %s", [emergency])), None)


def find(emergency: UUID) -> Emergency | None:
    """One of them, for who reviews it or opened it; None where there is none for them."""
    return next(iter(_found("where e.id = %s", [emergency])), None)


def reads(emergency: UUID) -> list[tuple[datetime, str, str]]:
    """When by it what was read, and on which page, for those who review it."""
    found = rows("select at, what, page from read_in_emergency(%s)", [emergency])
    return [(at, str(what), str(page)) for at, what, page in found]


def review(emergency: UUID, verdict: Verdict, words: str) -> bool:
    """Whether it is now reviewed with these words; not where there is none for who is asking, or somebody has."""
    found = row("select wrapped from emergency where id = %s", [emergency])
    if found is None or found[0] is None:
        return False
    cipher = crypto.unwrap(found[0], emergency, 0)
    nonce, sealed = crypto.seal(cipher, words.encode(), _about(emergency, "words"))
    done = row("select review_emergency(%s, %s, %s, %s)", [emergency, verdict.value, nonce, sealed])
    return bool(done and done[0])


def tell_overdue(now: datetime) -> str:
    """How many were not reviewed in time and raise an alarm now. By the owner's login; the database tells the time."""
    with as_owner():
        found = row("select overdue_emergencies()", using="owner")
    return f"{found[0]} overdue" if found else ""


def _found(which: str, values: Sequence[object]) -> list[Emergency]:
    return [_emergency(line) for line in rows(_EMERGENCIES + which, values)]


def _emergency(line: Row) -> Emergency:
    (
        made, case_id, account, name, agency, role, opened, ends, due, reviewed, reviewer, verdict,
        wrapped, nonce, reason, words_nonce, words, reference,
    ) = line  # fmt: skip
    cipher = crypto.unwrap(wrapped, made, 0) if wrapped is not None else None
    return Emergency(
        id=made, case_id=case_id, reference=reference, account=account, name=name, agency=agency, role=role,
        opened=opened, ends=ends, review_due=due, reason=_read(cipher, nonce, reason, _about(made, "reason")),
        reviewed=reviewed, reviewer=reviewer, verdict=Verdict(verdict) if verdict else None,
        words=_read(cipher, words_nonce, words, _about(made, "words")),
    )  # fmt: skip


def _read(cipher: AESGCM | None, nonce: bytes | None, sealed: bytes | None, about: bytes) -> str | None:
    if cipher is None or nonce is None or sealed is None:
        return None
    return crypto.unseal(cipher, nonce, sealed, about).decode()


def _about(emergency: UUID, what: str) -> bytes:
    return b"emergency|%b|%b" % (emergency.bytes, what.encode())
