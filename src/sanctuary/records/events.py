"""What happened in a case? Appending, and reading back what a person may read or what the engine needs to conclude."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import IntegrityError, ProgrammingError, transaction
from psycopg import errors

from sanctuary.records import audit, crypto
from sanctuary.records.cases import CaseRow, NotAllowed, find, overtaken, refused
from sanctuary.records.query import Row, rows, run

READABLE = """
    select e.seq, e.compartment, e.kind, e.recorded_at, e.happened_at, a.key, e.author_user, p.name,
           e.nonce, e.ciphertext, k.wrapped, f.name
      from event e join agency a on a.id = e.author_agency join account p on p.id = e.author_user
      left join account f on f.id = e.author_for
      left join case_key k on k.case_id = e.case_id and k.compartment = e.compartment
     where e.case_id = %s order by e.seq
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Something to be recorded. `happened_at` is aware; `payload` is what only its compartment's readers will see."""

    kind: str
    compartment: int
    happened_at: datetime
    payload: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredEvent:
    """Something recorded. `agency` is the key of the author's agency; `payload` None: its compartment was erased.

    `author_for` is the name of the colleague whose deputy the author was then, or "".
    """

    seq: int
    compartment: int
    kind: str
    recorded_at: datetime
    happened_at: datetime
    agency: str
    author: UUID
    author_name: str
    payload: bytes | None
    author_for: str = ""


def append(case_id: UUID, expected_seq: int, entries: Sequence[Entry]) -> int:
    """Record `entries` after event `expected_seq`, all or none; return the number of the last.

    Call `cases.store` in the same transaction: a commit without it is refused.
    Raises cases.Overtaken where somebody else was first, cases.NotAllowed where this person may not write there.
    """
    if not entries:
        return expected_seq
    keys = _keys(case_id, {entry.compartment for entry in entries})
    values: list[object] = []
    for seq, entry in enumerate(entries, start=expected_seq + 1):
        values += sealed(case_id, seq, entry, keys)
    places = ", ".join(["(%s, %s, %s, %s, %s, %s, %s)"] * len(entries))
    statement = f"insert into event (case_id, seq, compartment, kind, happened_at, nonce, ciphertext) values {places}"  # noqa: S608 - places only
    try:
        with transaction.atomic():
            run(statement, values)
    except IntegrityError as error:
        if isinstance(error.__cause__, errors.UniqueViolation):
            raise overtaken(case_id, expected_seq + 1) from error
        raise
    except ProgrammingError as error:
        raise refused(error) from error
    return expected_seq + len(entries)


def with_case(case_id: UUID) -> tuple[CaseRow, list[StoredEvent]] | None:
    """The case with what this person may read of its events, noted as one reading, "case", before they are read.

    None where there is none or this person has no grant on it. Raises crypto.Damaged where an event does not open.
    """
    row = find(case_id)
    return (row, opened(case_id, rows(READABLE, [case_id]))) if row else None


def readable(case_id: UUID, what: str = "events") -> list[StoredEvent]:
    """The events of the compartments that this person may read, oldest first. Notes the reading as `what`.

    Empty where there is no such case or no grant. Raises crypto.Damaged where one does not open.
    """
    found = rows(READABLE, [case_id])
    if found:
        audit.case_read(case_id, what, found[-1][0])
    return opened(case_id, found)


def whole(case_id: UUID) -> list[StoredEvent]:
    """Every event of the case, for the engine alone: what it reads must not be shown, only what it concludes.

    Empty where there is no such case or no grant. Noted as "evaluation". Raises crypto.Damaged where one does not open.
    """
    found = rows("select * from events_for_evaluation(%s)", [case_id])
    if found:
        audit.case_read(case_id, "evaluation", found[-1][0])
    return opened(case_id, found)


def opened(case_id: UUID, found: Sequence[Row]) -> list[StoredEvent]:
    """The events in these rows, decrypted. Raises crypto.Damaged where one does not open."""
    ciphers: dict[int, AESGCM] = {}
    return [_stored(case_id, line, ciphers) for line in found]


def sealed(case_id: UUID, seq: int, entry: Entry, keys: dict[int, AESGCM]) -> list[object]:
    """The columns of event `seq` from `case_id` to `ciphertext`, encrypted with its compartment's key."""
    about = crypto.event_about(case_id, seq, entry.compartment, entry.kind, entry.happened_at)
    nonce, ciphertext = crypto.seal(keys[entry.compartment], entry.payload, about)
    return [case_id, seq, entry.compartment, entry.kind, entry.happened_at, nonce, ciphertext]


def _stored(case_id: UUID, line: Row, ciphers: dict[int, AESGCM]) -> StoredEvent:
    seq, compartment, kind, recorded_at, happened_at, agency, author, name, nonce, ciphertext, wrapped, *rest = line
    payload = None
    if wrapped is not None:
        if compartment not in ciphers:  # one unwrapping serves all events of a compartment
            ciphers[compartment] = crypto.unwrap(wrapped, case_id, compartment)
        about = crypto.event_about(case_id, seq, compartment, kind, happened_at)
        payload = crypto.unseal(ciphers[compartment], nonce, ciphertext, about)
    return StoredEvent(
        seq=seq, compartment=compartment, kind=kind, recorded_at=recorded_at, happened_at=happened_at,
        agency=agency, author=author, author_name=name, payload=payload,
        author_for=next(filter(None, rest), ""),
    )  # fmt: skip


def _keys(case_id: UUID, compartments: set[int]) -> dict[int, AESGCM]:
    found = rows(
        "select compartment, wrapped from case_key where case_id = %s and compartment = any(%s::smallint[])",
        [case_id, sorted(compartments)],
    )
    keys = {compartment: crypto.unwrap(wrapped, case_id, compartment) for compartment, wrapped in found}
    if keys.keys() != compartments:
        raise NotAllowed
    return keys
