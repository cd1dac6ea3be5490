"""What is waiting for a second person? Proposing, answering and carrying out; the database decides who may and when.

Every answer here is the same for "there is none" and "not for this person", so that neither can be told from the other.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.db import ProgrammingError, transaction

from sanctuary.core.proposals import Act
from sanctuary.records.cases import refused
from sanctuary.records.query import Row, as_owner, row, rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """Something proposed, as far as it has come. `at_seq`: the case's last event when it was, where that matters.

    `subject_name` is that of the colleague whom it is about, if there is one.
    """

    id: UUID
    act: Act
    case_id: UUID
    reference: str
    subject: str
    subject_name: str
    digest: bytes
    at_seq: int | None
    by: UUID
    by_name: str
    at: datetime
    expires: datetime
    decided_by_name: str
    agreed: bool | None
    carried_out: datetime | None


_COLUMNS = (
    "select p.id, p.kind, p.case_id, p.reference, p.subject, p.digest, p.at_seq, p.proposed_by, a.name, p.proposed_at, "
    "p.expires, d.name, p.agreed, p.carried_out, s.name "
    "from proposal p join account a on a.id = p.proposed_by left join account d on d.id = p.decided_by "
    "left join account s on s.id::text = p.subject "
)


def others_oversee() -> bool:
    """Whether anybody else in the agency of who is asking could be the second person."""
    found = row("select others_oversee()", [])
    return bool(found and found[0])


def propose(
    act: Act | str, case_id: UUID, subject: str | UUID | int, digest: bytes = b"", at_seq: int | None = None
) -> UUID:
    """Ask for an act on what `subject` names, bound to `digest` and, where given, to the case as of event `at_seq`.

    Raises cases.NotAllowed where it is not this person's to ask, or there is no such case for them.
    """
    new = uuid4()
    try:
        with transaction.atomic():
            row(
                "select propose(%s, %s, %s, %s, %s, %s)",
                [new, Act(act).value, case_id, str(subject), digest, at_seq],
            )
    except ProgrammingError as error:
        raise refused(error) from error
    return new


def decide(proposal: UUID, agree: bool) -> bool:
    """Whether the answer counts: not where it was answered before, has expired, or is not this person's to answer."""
    found = row("select decide_proposal(%s, %s)", [proposal, agree])
    return bool(found and found[0])


def carry_out(proposal: UUID, act: Act | str, case_id: UUID, subject: str | UUID | int, digest: bytes = b"") -> bool:
    """True once, where another person agreed to exactly this and nothing changed. Do the act in this transaction."""
    found = row(
        "select carry_out_proposal(%s, %s, %s, %s, %s)", [proposal, Act(act).value, case_id, str(subject), digest]
    )
    return bool(found and found[0])


def carry_out_unasked(
    proposal: UUID, act: Act | str, case_id: UUID, subject: str | UUID | int, digest: bytes = b""
) -> bool:
    """The same by the owner's login, for a job that does later what two people agreed to."""
    with as_owner():
        values = [proposal, Act(act).value, case_id, str(subject), digest]
        found = row("select spend_proposal(%s, %s, %s, %s, %s)", values, using="owner")
    return bool(found and found[0])


def waiting() -> list[Proposal]:
    """What this person may answer or take back now, the oldest first."""
    found = rows(_COLUMNS + "where p.decided_at is null and p.expires > clock_timestamp() order by p.proposed_at, p.id")
    return [_proposal(line) for line in found]


def settled(limit: int = 50) -> list[Proposal]:
    """What came of those that this person may know of, the newest first."""
    found = rows(
        _COLUMNS + "where p.decided_at is not null or p.expires <= clock_timestamp() "
        "order by p.proposed_at desc, p.id limit %s",
        [limit],
    )
    return [_proposal(line) for line in found]


def find(proposal: UUID) -> Proposal | None:
    """The proposal, where this person may know of it."""
    found = row(_COLUMNS + "where p.id = %s", [proposal])
    return _proposal(found) if found else None


def of_subject(act: Act | str, case_id: UUID, subject: str | UUID | int) -> list[Proposal]:
    """What was proposed about this, the newest first."""
    found = rows(
        _COLUMNS + "where p.kind = %s and p.case_id = %s and p.subject = %s order by p.proposed_at desc",
        [Act(act).value, case_id, str(subject)],
    )
    return [_proposal(line) for line in found]


def _proposal(line: Row) -> Proposal:
    new, kind, case_id, reference, subject, digest, at_seq, by, name, at, expires, decider, agreed, done, whom = line
    return Proposal(
        id=new, act=Act(kind), case_id=case_id, reference=reference, subject=subject,
        subject_name=whom or "", digest=bytes(digest),
        at_seq=at_seq, by=by, by_name=name, at=at, expires=expires, decided_by_name=decider or "", agreed=agreed,
        carried_out=done,
    )  # fmt: skip
