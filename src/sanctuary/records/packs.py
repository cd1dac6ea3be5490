"""Where does a copy of somebody's record lie until it is let go? Sealed; what is in it, `core.packs` decides."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from sanctuary.records import crypto
from sanctuary.records.cases import NotAllowed
from sanctuary.records.query import Row, as_owner, row, rows

_PLAN_ENDS = b"\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """What may be known of a pack without opening it. `is_here`: it was not let go, and no other took its place."""

    id: UUID
    case_id: UUID
    at_seq: int
    recipient: str
    items: int
    digest: bytes
    by: UUID
    by_name: str
    at: datetime
    is_here: bool
    released_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A pack's file, and the plan that it was made by."""

    file: bytes
    plan: bytes

    @property
    def digest(self) -> bytes:
        """Of the file as it is now."""
        return digest(self.file)


_COLUMNS = (
    "select p.id, p.case_id, p.at_seq, p.recipient, p.items, p.digest, p.made_by, a.name, p.made_at, "
    "p.sealed is not null, p.released_at from pack p join account a on a.id = p.made_by "
)


def digest(file: bytes) -> bytes:
    """What stands for these bytes and no others."""
    return hashlib.sha256(file).digest()


def keep(
    case_id: UUID, at_seq: int, *, recipient: str, items: int, parts: Iterable[int], file: bytes, plan: bytes
) -> UUID:
    """Seal the file with the key of each of `parts`, and keep it in place of what this person kept before.

    `plan` has no line breaks. Raises NotAllowed where they may not read all of that, or the case has moved on.
    """
    new, numbers = uuid4(), sorted(set(parts))
    found = rows(
        "select compartment, wrapped from case_key where case_id = %s and compartment = any(%s::smallint[]) "
        "order by compartment",
        [case_id, numbers],
    )
    if [number for number, _ in found] != numbers:
        raise NotAllowed
    sealed = plan + _PLAN_ENDS + file
    for number, cipher in _ciphers(case_id, found):
        sealed = b"".join(crypto.seal(cipher, sealed, _about(case_id, new, number)))
    values = [new, case_id, at_seq, recipient, items, numbers, digest(file), sealed]
    done = row("select keep_pack(%s, %s, %s, %s, %s, %s::smallint[], %s, %s)", values)
    if done is None or not done[0]:
        raise NotAllowed
    return new


def find(pack: UUID) -> Pack | None:
    """The pack, where this person may know of it."""
    found = row(_COLUMNS + "where p.id = %s", [pack])
    return _pack(found) if found else None


def of_case(case_id: UUID) -> list[Pack]:
    """Every pack that was made of a case, the newest first."""
    return [_pack(line) for line in rows(_COLUMNS + "where p.case_id = %s order by p.made_at desc", [case_id])]


def unseal(pack: UUID) -> Opened | None:
    """The pack as it lies here; None where it is not here, or not for this person to open now.

    Note the reading. Raises crypto.Damaged where it is not as it was sealed.
    """
    found = row("select case_id, sealed from pack where id = %s and sealed is not null", [pack])
    keys = rows("select compartment, wrapped from pack_keys(%s) order by compartment desc", [pack])
    if found is None or not keys:
        return None
    case_id, sealed = found[0], bytes(found[1])
    for number, cipher in _ciphers(case_id, keys):
        nonce, inside = sealed[: crypto.NONCE_SIZE], sealed[crypto.NONCE_SIZE :]
        sealed = crypto.unseal(cipher, nonce, inside, _about(case_id, pack, number))
    plan, _, file = sealed.partition(_PLAN_ENDS)
    return Opened(file=file, plan=plan)


def release(pack: UUID, proposal: UUID, of_file: bytes) -> bool:
    """True once, where another person agreed to a file with this digest and the case stands as it stood."""
    found = row("select release_pack(%s, %s, %s)", [pack, proposal, of_file])
    return bool(found and found[0])


def empty_old(now: datetime) -> str:
    """Empty packs that cannot be let go any more, or were made a week before `now`. By the owner's login."""
    with as_owner():
        found = row("select empty_old_packs(%s)", [now], using="owner")
    return f"{found[0] if found else 0} emptied"


def _ciphers(case_id: UUID, keys: Iterable[Row]) -> list[tuple[int, AESGCM]]:
    return [(number, crypto.unwrap(wrapped, case_id, number)) for number, wrapped in keys]


def _about(case_id: UUID, pack: UUID, number: int) -> bytes:
    return b"pack|%b|%b|%d" % (case_id.bytes, pack.bytes, number)


def _pack(line: Row) -> Pack:
    pack, case_id, at_seq, recipient, items, of_file, by, name, at, is_here, released_at = line
    return Pack(
        id=pack, case_id=case_id, at_seq=at_seq, recipient=recipient, items=items, digest=bytes(of_file), by=by,
        by_name=name, at=at, is_here=is_here, released_at=released_at,
    )  # fmt: skip
