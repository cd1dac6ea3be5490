"""What was known of the audit's chains, kept where the database cannot reach: signed files, each naming the one before.

A file holds the identifiers of chains and their hashes, nothing of anybody. Who has a copy elsewhere can prove more.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from sanctuary.gateways import keys
from sanctuary.gateways.home import home

TITLE = "sanctuary checkpoint"
FIRST = "-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoint:
    """What stands in a file: its number, when, and for each chain that had grown its number and hash, in hex."""

    number: int
    at: datetime
    heads: tuple[tuple[str, int, str], ...]


class Unreadable(Exception):
    """A file is not as it was written; the message says how."""


def folder() -> Path:
    """Where checkpoints lie: SANCTUARY_CHECKPOINTS, best on another machine, otherwise in the home."""
    path = Path(os.environ.get("SANCTUARY_CHECKPOINTS") or home() / "checkpoints")
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def set_aside() -> None:
    """Begin a new row of checkpoints, for a database that begins anew; what there was stays beside it."""
    place = folder()
    if numbers(place):
        earlier = len(list(place.parent.glob(f"{place.name}-before-*")))
        place.rename(place.with_name(f"{place.name}-before-{earlier + 1}"))


def numbers(where: Path) -> list[int]:
    """The numbers of the checkpoints that are there."""
    return sorted(int(path.stem) for path in where.glob("*.checkpoint") if path.stem.isdigit())


def write(where: Path, at: datetime, heads: Sequence[tuple[str, int, str]]) -> int:
    """Write the next checkpoint; its number. Whoever is overtaken by another process gets FileExistsError."""
    number = max(numbers(where), default=0) + 1
    before = _digest(_path(where, number - 1)) if number > 1 else FIRST
    lines = [f"{TITLE} {number}", f"at {at.isoformat()}", f"after {before}"]
    body = "\n".join([*lines, *(f"{chain} {n} {digest}" for chain, n, digest in heads), ""]).encode()
    text = body + f"signed {_key().sign(body).hex()}\n".encode()
    with os.fdopen(os.open(_path(where, number), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o400), "wb") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    return number


def read(where: Path, number: int) -> Checkpoint:
    """The checkpoint of this number, once its signature and its place in the row hold. Raises Unreadable."""
    try:
        text = _path(where, number).read_bytes()
        body, _, signature = text.rpartition(b"signed ")
        _key().public_key().verify(bytes.fromhex(signature.decode().strip()), body)
        title, at, after, *rest = body.decode().splitlines()
    except FileNotFoundError as error:
        raise Unreadable("is not there") from error
    except (InvalidSignature, ValueError) as error:
        raise Unreadable("is not as it was signed") from error
    if title != f"{TITLE} {number}":
        raise Unreadable("stands under another's number")
    if number > 1 and _path(where, number - 1).exists() and after != f"after {_digest(_path(where, number - 1))}":
        raise Unreadable("does not follow the one before it")
    return Checkpoint(number=number, at=datetime.fromisoformat(at.removeprefix("at ")), heads=tuple(_heads(rest)))


def public_key() -> str:
    """What others need to check the signatures, in hex."""
    return _key().public_key().public_bytes_raw().hex()


def _heads(lines: Sequence[str]) -> Iterator[tuple[str, int, str]]:
    for line in lines:
        chain, n, digest = line.split()
        yield chain, int(n), digest


def _path(where: Path, number: int) -> Path:
    return where / f"{number:06d}.checkpoint"


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.exists() else "lost"


def _key() -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(keys.kept("checkpoint.key"))
