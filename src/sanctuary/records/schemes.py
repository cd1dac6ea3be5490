"""Which definitions has this installation run? Each version as written, for ever; what they mean is the loader's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sanctuary.records.masks import Masks
from sanctuary.records.query import as_owner, row, rows, run


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One version of a scheme. `id` is the hash of its content."""

    id: str
    scheme: str
    document: str


def publish(version: Version, ceilings: Mapping[str, Masks]) -> bool:
    """Keep a version and the most that each role may ever read and write under it. False where it was kept before.

    Done by the owner's login (`make run`, the command line), never by a request.
    """
    with as_owner():
        added = run(
            "insert into scheme_version (id, scheme, document) values (%s, %s, %s) on conflict do nothing",
            [version.id, version.scheme, version.document],
            using="owner",
        )
        if added:
            for role, masks in ceilings.items():
                run(
                    "insert into role_ceiling (version, role, read_mask, write_mask) values (%s, %s, %s, %s)",
                    [version.id, role, masks.read, masks.write],
                    using="owner",
                )
        return bool(added)


def find(version_id: str) -> Version | None:
    """The version with this id."""
    found = row("select id, scheme, document from scheme_version where id = %s", [version_id])
    return Version(id=found[0], scheme=found[1], document=found[2]) if found else None


def known() -> list[tuple[str, str]]:
    """Every (scheme, version id) ever published, oldest first."""
    return [
        (scheme, version) for scheme, version in rows("select scheme, id from scheme_version order by loaded_at, id")
    ]
