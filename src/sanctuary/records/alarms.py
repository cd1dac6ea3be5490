"""What is to be looked at by somebody with oversight? Raising, taking and closing alarms; their words, `core.alarms`.

Who sees which, the database decides. Closing words are sealed: only their readers here open them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sanctuary.core.alarms import Kind, Outcome
from sanctuary.records import crypto
from sanctuary.records.query import Row, as_owner, row, rows

_NOTES = "oversight"


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """An alarm. `about` is a colleague's account; names and `words` are "" where there are none.

    `settled_by_me`: not of the reader's own causing, so theirs to take; `by_others`: somebody can settle it.
    """

    id: UUID
    kind: str
    detail: str
    case_id: UUID | None
    reference: str
    about: UUID | None
    about_name: str
    about_agency: str
    raised_name: str
    raised_at: datetime
    taken_by: UUID | None
    taken_name: str
    taken_at: datetime | None
    closed_name: str
    closed_at: datetime | None
    outcome: str
    words: str
    settled_by_me: bool
    by_others: bool

    def waits_for(self, reader: UUID) -> bool:
        """Whether the reader has to do something about it: settle it, or see to it that somebody else can."""
        return self.taken_by == reader or (self.taken_by is None and (self.settled_by_me or not self.by_others))


def raise_alarm(kind: Kind, case_id: UUID | None = None, account: UUID | None = None, detail: str = "") -> UUID:
    """Raise an alarm in this transaction, as whoever is asking. `detail` names a pattern or a page, never anybody."""
    return _raised(kind, case_id, account, detail, "default")


def raise_by_job(kind: Kind, case_id: UUID | None = None, account: UUID | None = None, detail: str = "") -> UUID:
    """Raise an alarm that a job found, by the owner's login."""
    with as_owner():
        return _raised(kind, case_id, account, detail, "owner")


def looked_after(*, only_open: bool = True, limit: int | None = None, skip: int = 0) -> list[Alarm]:
    """The alarms that this person looks after: those still open first, the newest first. Empty without the duty."""
    found = rows("select * from alarms_looked_after(%s, %s, %s)", [only_open, limit, skip])
    return [_alarm(line) for line in found]


def count(*, only_open: bool = True) -> int:
    """How many `looked_after` gives without a limit."""
    found = row("select count(*) from alarms_looked_after(%s, null, 0)", [only_open])
    return int(found[0]) if found else 0


def find(alarm: UUID) -> Alarm | None:
    """An open one, where this person looks after it."""
    found = row("select * from alarms_looked_after(true, null, 0) where id = %s", [alarm])
    return _alarm(found) if found else None


def take(alarm: UUID) -> bool:
    """Whether it is now this person's to deal with. Never where they caused it."""
    return _true("select take_alarm(%s)", [alarm])


def close(alarm: UUID, outcome: Outcome, words: str) -> bool:
    """Whether it is closed with these words. Only by whoever took it."""
    sealed = crypto.seal_for(_NOTES, words.encode(), crypto.alarm_about(alarm))
    return _true("select close_alarm(%s, %s, %s)", [alarm, outcome.value, sealed])


def _raised(kind: Kind, case_id: UUID | None, account: UUID | None, detail: str, using: str) -> UUID:
    found = row("select raise_alarm(%s, %s, %s, %s)", [kind.value, case_id, account, detail], using=using)
    if found is None:
        raise LookupError("an alarm was not kept")
    return UUID(str(found[0]))


def _true(statement: str, values: Sequence[object]) -> bool:
    found = row(statement, values)
    return bool(found and found[0])


def _alarm(line: Row) -> Alarm:
    (
        id, kind, detail, case_id, reference, about, about_name, about_agency, raised_name, raised_at, taken_by,
        taken_name, taken_at, closed_name, closed_at, outcome, words, settled_by_me, by_others,
    ) = line  # fmt: skip
    return Alarm(
        id=id, kind=kind, detail=detail, case_id=case_id, reference=reference or "", about=about,
        about_name=about_name or "", about_agency=about_agency or "",
        raised_name=raised_name or "", raised_at=raised_at, taken_by=taken_by,
        taken_name=taken_name or "", taken_at=taken_at, closed_name=closed_name or "", closed_at=closed_at,
        outcome=outcome, words=_opened(id, words) if words is not None else "",
        settled_by_me=settled_by_me, by_others=by_others,
    )  # fmt: skip


def _opened(alarm: UUID, words: bytes) -> str:
    return crypto.unseal_for(_NOTES, bytes(words), crypto.alarm_about(alarm)).decode()
