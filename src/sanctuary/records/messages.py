"""Which notices wait for whom? Queued in the site until their reader opens them; nothing is sent anywhere.

What rests on a consent or a share (`rests_on`) is taken back in the transaction that ends it.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sanctuary.core.messages import Kind
from sanctuary.records.cases import FAR, NotAllowed
from sanctuary.records.query import Row, row, rows

_MESSAGES = "select id, kind, case_id, subject, queued from message "


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A notice that waits for who is asking: of a case, or of a `subject`, or of neither."""

    id: UUID
    kind: str
    case_id: UUID | None
    subject: UUID | None
    queued: datetime


def queue(
    kind: Kind,
    *,
    case_id: UUID | None = None,
    agency: str | None = None,
    role: str | None = None,
    duty: str | None = None,
    account: UUID | None = None,
    rests_on: str = "",
    until: datetime = FAR,
) -> None:
    """Queue a notice for an `account`, or for everybody with a `role` or a `duty` in the agency of this key.

    `rests_on` is the name of a consent ("consented.share") or of a share (`Terms.rests_on`) of the case.
    Raises NotAllowed where who is asking has no grant on the case, or there is no such agency.
    """
    done = row(
        "select queue_message(%s, %s, %s, %s, %s, %s, %s, %s)",
        [kind.value, case_id, account, agency, role, duty, rests_on, until],
    )
    if done is None or not done[0]:
        raise NotAllowed


def settle(case_id: UUID, holding: Collection[str]) -> None:
    """Take back what waits and rests on anything but these consents and shares, which hold."""
    row("select settle_messages(%s, %s)", [case_id, sorted(holding)])


def waiting(limit: int | None = None) -> list[Message]:
    """What waits for who is asking, the oldest first; all of it, or as much as `limit` says."""
    return [_message(line) for line in rows(_MESSAGES + "order by queued, id limit %s", [limit])]


def open_message(message: UUID) -> Message | None:
    """The notice, which does not wait any more; None where there is none for who is asking."""
    found = row(_MESSAGES + "where id = %s", [message])
    done = row("select open_message(%s)", [message])
    return _message(found) if found and done and done[0] else None


def _message(line: Row) -> Message:
    id, kind, case, about, at = line
    return Message(id=id, kind=kind, case_id=case, subject=about, queued=at)
