"""Which records were destroyed, whatever an old copy of the database says? A signed ledger outside it, only added to.

One line for each, each bound to the one before by a key that comes from the master key. Nothing in it is personal.
"""

from __future__ import annotations

import fcntl
import hashlib
import hmac
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from io import FileIO
from pathlib import Path
from typing import Any
from uuid import UUID

from sanctuary.gateways import keys
from sanctuary.gateways.home import home

Entry = Mapping[str, Any]


class Altered(Exception):
    """A line of the ledger is not as it was written, or not where it was."""


def place() -> Path:
    """The file: SANCTUARY_ERASURES, otherwise `erasures` in the home. Keep it apart from the copies of the database."""
    return Path(os.environ.get("SANCTUARY_ERASURES") or home() / "erasures")


def note(entry: Entry) -> None:
    """Add an entry; it is on the disk when this returns. Raises Altered, and OSError where it cannot be written."""
    text = json.dumps(entry, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    with _held() as file:
        lines, size = _whole_lines(file)
        _checked(lines)
        mark = _mark(lines[-1].partition(" ")[0] if lines else "", text)
        os.ftruncate(file.fileno(), size)  # half a line: whoever wrote it was stopped before it counted
        file.seek(size)
        _write(file, f"{mark} {text}\n".encode())
        os.fsync(file.fileno())


def entries() -> Sequence[Entry]:
    """Every entry, the oldest first; none where there is no ledger. Raises Altered."""
    if not place().exists():
        return ()
    with _held() as file:
        return _checked(_whole_lines(file)[0])


def cases() -> list[UUID]:
    """The cases whose records were destroyed. Raises Altered."""
    return [UUID(entry["case"]) for entry in entries()]


def _checked(lines: Sequence[str]) -> tuple[Entry, ...]:
    found: list[Entry] = []
    before = ""
    for number, line in enumerate(lines, start=1):
        mark, _, text = line.partition(" ")
        if not hmac.compare_digest(mark, _mark(before, text)):
            raise Altered(f"line {number} of the erasure ledger {place()} is not as it was written: restore the ledger")
        found.append(json.loads(text))
        before = mark
    return tuple(found)


def _mark(before: str, text: str) -> str:
    secret = hmac.digest(keys.master_key(), b"sanctuary/erasures/1", hashlib.sha256)
    return hmac.new(secret, f"{before} {text}".encode(), hashlib.sha256).hexdigest()


@contextmanager
def _held() -> Iterator[FileIO]:
    """The file, for one process at a time."""
    path = place()
    is_new = not path.exists()
    with os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "rb+", buffering=0) as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield file
    if is_new:
        _sync(path.parent)


def _whole_lines(file: FileIO) -> tuple[list[str], int]:
    """The lines that were finished, and where the last of them ends."""
    file.seek(0)
    written = file.readall() or b""
    end = written.rfind(b"\n") + 1
    return written[:end].decode().split("\n")[:-1], end


def _write(file: FileIO, whole: bytes) -> None:
    while whole:
        whole = whole[file.write(whole) or 0 :]


def _sync(folder: Path) -> None:
    """Let the file's name be on the disk as well."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
