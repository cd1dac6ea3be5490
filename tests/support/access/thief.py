"""What does a thief find? Everything that lies about, searched for planted words in whatever disguise they took."""

from __future__ import annotations

import base64
import html
import json
import os
import random
import re
import secrets
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
from psycopg import sql

from sanctuary.gateways import database, embedded

# Every planted word begins with one of these: a word, a number, and a name that is not spelt in plain letters. Drawn
# for each run, since a server's write-ahead log keeps what earlier runs planted in clear to see it found.
_DRAWN = "".join(secrets.choice("bcdfghjklmnprstvwz") for _ in range(6))
STEMS = (f"Quove{_DRAWN}", f"49817{secrets.randbelow(10**6):06d}", f"Øvræq{_DRAWN}")
_BYTEA = re.compile(rb"\\\\?x([0-9a-f]{8,})")


def words(count: int, seed: int) -> list[str]:
    """So many words that are nowhere else: names, addresses, numbers, file names, free text."""
    chance = random.Random(seed)
    shapes = ("{0}{1}", "17 {0}{1} Close", "{2}{3:07d}", "{0}{1}-plan.pdf", "{4}{1}", "came to {0}{1} at night")
    return [
        shapes[number % len(shapes)].format(
            STEMS[0], "".join(chance.choices("bcdfghjklm", k=7)), STEMS[1], chance.randrange(10**7), STEMS[2]
        )
        for number in range(count)
    ]


def disguises(word: str) -> Iterator[bytes]:
    """The forms that a word may take on its way to a disk: written out, in hex, base64, and escaped."""
    for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
        raw = word.encode(encoding)
        yield from (raw, raw.hex().encode(), raw.hex().upper().encode())
        for cut in range(3):  # a word inside something longer starts anywhere in a group of three
            yield base64.b64encode(raw[cut:])[: (len(raw) - cut) // 3 * 4]
            yield base64.urlsafe_b64encode(raw[cut:])[: (len(raw) - cut) // 3 * 4]
    yield quote(word).encode()
    yield html.escape(word).encode("ascii", "xmlcharrefreplace")
    yield json.dumps(word)[1:-1].encode()


@cache
def pattern(stems: tuple[str, ...] = STEMS) -> re.Pattern[bytes]:
    """Finds the beginning of any planted word in any disguise: all words share a few beginnings."""
    forms = {form for stem in stems for case in (stem, stem.lower(), stem.upper()) for form in disguises(case)}
    return re.compile(b"|".join(re.escape(form) for form in sorted(forms, key=len, reverse=True) if len(form) >= 6))


def found(content: bytes) -> list[bytes]:
    """Every place where a planted word begins, with what follows it."""
    return [content[hit.start() : hit.start() + 60] for hit in pattern().finditer(content)]


def dumps() -> Iterator[tuple[str, bytes]]:
    """A dump of every database of the server, as it is and with what stands in hex turned back."""
    with database.administrator().connect() as connection:
        names = [name for (name,) in connection.execute("select datname from pg_database where datallowconn")]
    for name in names:
        yield f"dump of {name}", opened(_dump(name))


def opened(dump: bytes) -> bytes:
    """With every column in hex turned back into what it holds."""
    return dump + b"".join(bytes.fromhex(held.decode()) for held in _BYTEA.findall(dump) if len(held) % 2 == 0)


def tables(connection: psycopg.Connection[Any]) -> Iterator[tuple[str, bytes]]:
    """Every table and catalogue as COPY gives it, what the planner knows of their values among them."""
    names = connection.execute(
        "select c.oid::regclass::text, n.nspname, c.relname from pg_class c "
        "join pg_namespace n on n.oid = c.relnamespace "
        "where c.relkind in ('r', 'm') and n.nspname in ('public', 'pg_catalog') order by 1"
    ).fetchall()
    for shown, schema, name in names:
        statement = sql.SQL("copy (select t::text from {} t) to stdout").format(sql.Identifier(schema, name))
        with connection.cursor() as cursor, cursor.copy(statement) as copy:
            yield f"table {shown}", opened(b"".join(bytes(part) for part in copy))
    activity = connection.execute("select string_agg(query, ' ') from pg_stat_activity").fetchone()
    yield "what sessions are asking", str(activity).encode()


def files_of_the_server(connection: psycopg.Connection[Any]) -> Iterator[tuple[str, bytes]]:
    """Heap, write-ahead log, temporary files and the server's own log, through the server if not by the disk."""
    connection.execute("checkpoint")
    where = connection.execute("select current_setting('data_directory')").fetchone()
    oid = connection.execute("select oid from pg_database where datname = current_database()").fetchone()
    assert where
    assert oid
    for folder in (f"base/{oid[0]}", "global", "pg_wal", "log", "base/pgsql_tmp", "pg_stat"):
        yield from _folder(connection, Path(where[0]), folder)
    logs = connection.execute("select pg_current_logfile()").fetchone()
    if logs and logs[0]:
        yield logs[0], _through_the_server(connection, logs[0])


def folder(place: Path) -> Iterator[tuple[str, bytes]]:
    """Every file below the folder, but for what the server throws away meanwhile."""
    for path in sorted(place.rglob("*")):
        if path.is_file() and os.access(path, os.R_OK):
            with suppress(FileNotFoundError):
                yield str(path.relative_to(place)), path.read_bytes()


def search(lying_about: Iterable[tuple[str, bytes]]) -> tuple[int, int, list[str]]:
    """How many things and bytes were searched, and where something was found."""
    things, size, hits = 0, 0, list[str]()
    for name, content in lying_about:
        things += 1
        size += len(content)
        hits += [f"{name}: {hit!r}" for hit in found(content)]
    return things, size, hits


def _dump(name: str) -> bytes:
    address = database.administrator()
    given = {"PGHOST": address.host, "PGPORT": address.port, "PGUSER": address.role, "PGPASSWORD": address.password}
    environment = {**os.environ, **{key: value for key, value in given.items() if value}}
    command: Sequence[str] = [str(embedded.programs() / "pg_dump"), "--dbname", name]
    return subprocess.run(command, env=environment, capture_output=True, check=True).stdout


def _folder(connection: psycopg.Connection[Any], home: Path, name: str) -> Iterator[tuple[str, bytes]]:
    if os.access(home, os.R_OK):
        yield from ((f"{name}/{path}", content) for path, content in folder(home / name))
        return
    listed = connection.execute("select pg_ls_dir(%s, true, false)", [name]).fetchall()
    for (each,) in listed:
        yield f"{name}/{each}", _through_the_server(connection, f"{name}/{each}")


def _through_the_server(connection: psycopg.Connection[Any], path: str) -> bytes:
    row = connection.execute("select pg_read_binary_file(%s, true)", [path]).fetchone()
    return bytes(row[0]) if row and row[0] else b""
