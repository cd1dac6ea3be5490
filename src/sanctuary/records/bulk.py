"""How are very many cases kept at once? As the actions would have left them, by COPY; for bench and demonstration.

The administrator's connection passes over every policy and trigger: nothing that serves a request may hold one.
The audit says of each case that it was loaded, with how many events, and their digest.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import psycopg
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from psycopg.types.json import Jsonb

from sanctuary.core.reach import Trace
from sanctuary.records import crypto, events, screening, search
from sanctuary.records.cases import ALPHABET, Grant
from sanctuary.records.masks import mask
from sanctuary.records.search import Purpose

TABLES: Mapping[str, Mapping[str, str]] = {
    "kase": {
        "id": "uuid", "reference": "text", "scheme": "text", "version": "text", "area": "text",
        "opened_at": "timestamptz", "head_seq": "int4",
    },
    "event": {
        "case_id": "uuid", "seq": "int4", "compartment": "int2", "kind": "text", "happened_at": "timestamptz",
        "nonce": "bytea", "ciphertext": "bytea", "recorded_at": "timestamptz", "author_agency": "int4",
        "author_user": "uuid",
    },
    "case_key": {"case_id": "uuid", "compartment": "int2", "wrapped": "bytea"},
    "case_projection": {"case_id": "uuid", "progress": "jsonb", "computed_seq": "int4", "recheck_at": "timestamptz"},
    "access_grant": {
        "agency_id": "int4", "role": "text", "case_id": "uuid", "read_mask": "int4", "write_mask": "int4",
        "valid_until": "timestamptz", "is_open": "bool", "stage": "text", "needs_us": "bool", "due_at": "timestamptz",
        "opens_at": "timestamptz", "next_step": "text", "waiting_on": "text", "last_at": "timestamptz",
        "account_id": "uuid", "basis": "int4", "area": "text", "in_list": "bool",
    },
    "case_summary": {"case_id": "uuid", "nonce": "bytea", "ciphertext": "bytea"},
    "search_token": {"case_id": "uuid", "purpose": "int2", "token": "int4"},
    "case_mark": {"case_id": "uuid", "compartment": "int2", "side": "int2", "purpose": "int2", "token": "int8"},
}  # fmt: skip
Rows = dict[str, list[Sequence[Any]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An event to be kept, with the key of its author's agency and the author's account."""

    entry: events.Entry
    agency: str
    author: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """A case with all that is kept of it. `progress` is the JSON that `cases.store` would be given, dumped."""

    reference: str
    scheme: str
    version: str
    area: str
    numbers: Sequence[int]
    told: Sequence[Told]
    progress: str
    recheck_at: datetime | None
    grants: Sequence[Grant]
    summary: bytes
    values: Mapping[Purpose, Sequence[str]]
    traces: Sequence[tuple[int, Trace]] = ()


class NoAdministrator(Exception):
    """The connection's role is no superuser, and only one may pass over the triggers."""


def load(connection: psycopg.Connection[Any], wholes: Sequence[Whole]) -> list[UUID]:
    """Keep all of them or none; their ids. Raises NoAdministrator where the connection may not pass over triggers."""
    with connection.transaction(), connection.cursor() as cursor:
        try:
            cursor.execute("set local session_replication_role = replica")
        except psycopg.errors.InsufficientPrivilege as error:
            raise NoAdministrator("cases are loaded by a superuser: let DATABASE_URL name one") from error
        ids = {key: number for number, key in cursor.execute("select id, key from agency")}
        kept: Rows = {table: [] for table in TABLES}
        for whole in wholes:
            for table, rows in _rows(whole, ids).items():
                kept[table].extend(rows)
        for table, columns in TABLES.items():
            _copy(cursor, table, columns, kept[table])
        made = [case_id for case_id, *_ in kept["kase"]]
        cursor.execute("select adopt_cases(%s, 'loaded')", [made])
    return made


def load_decoys(connection: psycopg.Connection[Any], wholes: Sequence[Whole]) -> None:
    """Keep them as cases about nobody. As `load` otherwise."""
    with connection.transaction(), connection.cursor() as cursor:
        made = load(connection, wholes)
        cursor.executemany("insert into decoy (case_id) values (%s)", [[case] for case in made])


def count(connection: psycopg.Connection[Any]) -> int:
    """How many cases there are, whoever's they are."""
    found = connection.execute("select count(*) from kase").fetchone()
    return int(found[0]) if found else 0


def tidy(connection: psycopg.Connection[Any]) -> None:
    """Have the planner know what was loaded, as the server would by itself some minutes later."""
    for table in (*TABLES, "audit_entry", "audit_link"):
        connection.execute(f"vacuum (analyze) {table}")


def reference(prefix: str, number: int) -> str:
    """The reference of case `number`: as irregular as a drawn one, and no other number's (up to 729 million)."""
    left, letters = number * 433_494_437 % len(ALPHABET) ** 6, ""
    for _ in range(6):
        left, letter = divmod(left, len(ALPHABET))
        letters += ALPHABET[letter]
    return f"{prefix}-{letters[:4]}-{letters[4:]}"


def _copy(cursor: psycopg.Cursor[Any], table: str, columns: Mapping[str, str], rows: list[Sequence[Any]]) -> None:
    with cursor.copy(f"copy {table} ({', '.join(columns)}) from stdin (format binary)") as copy:
        copy.set_types(list(columns.values()))
        for row in rows:
            copy.write_row(row)


def _rows(whole: Whole, ids: Mapping[str, int]) -> Rows:
    case_id, count = uuid4(), len(whole.told)
    keys = {number: crypto.new_key() for number in whole.numbers}
    ciphers = {number: AESGCM(key) for number, key in keys.items()}
    opened_at = whole.told[0].entry.happened_at
    progress = Jsonb(whole.progress, dumps=str)
    return {
        "kase": [(case_id, whole.reference, whole.scheme, whole.version, whole.area, opened_at, count)],
        "event": list(_events(case_id, whole.told, ciphers, ids)),
        "case_key": [(case_id, number, crypto.wrap(key, case_id, number)) for number, key in keys.items()],
        "case_projection": [(case_id, progress, count, whole.recheck_at)],
        "access_grant": [_grant(case_id, whole, grant, ids[grant.agency]) for grant in whole.grants],
        "case_summary": [(case_id, *crypto.seal(ciphers[0], whole.summary, crypto.summary_about(case_id)))],
        "search_token": [(case_id, purpose, token) for purpose, token in search.tokens(whole.values)],
        "case_mark": [(case_id, *mark) for mark in screening.marks_of(whole.traces)],
    }


def _events(
    case_id: UUID, told: Sequence[Told], ciphers: dict[int, AESGCM], ids: Mapping[str, int]
) -> Iterator[Sequence[Any]]:
    for seq, each in enumerate(told, start=1):
        row = events.sealed(case_id, seq, each.entry, ciphers)
        yield (*row, each.entry.happened_at, ids[each.agency], each.author)


def _grant(case_id: UUID, whole: Whole, grant: Grant, agency_id: int) -> Sequence[Any]:
    return (
        agency_id, grant.role, case_id, mask(grant.reads), mask(grant.writes), grant.valid_until, grant.is_open,
        grant.stage, grant.needs_us, grant.due_at, grant.opens_at, grant.next_step, grant.waiting_on, grant.last_at,
        grant.account, grant.basis, f"{whole.scheme}/{whole.area}", grant.in_list,
    )  # fmt: skip
