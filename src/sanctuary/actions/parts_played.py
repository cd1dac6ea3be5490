"""Which parts does an agency play in the schemes that run here, where, and what does each part read?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sanctuary.core.scheme import Role, Scheme


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A role that the agency plays in a scheme, in these areas: name to title."""

    scheme: Scheme
    role: Role
    areas: Mapping[str, str]


def parts(schemes: Mapping[str, Scheme], agency: str) -> Mapping[str, tuple[Part, ...]]:
    """Role -> where the agency plays it, or may come to, because cases of some kind are given to it."""
    found: dict[str, list[Part]] = {}
    for scheme in schemes.values():
        for name, role in scheme.roles.items():
            moved = any(change.role == name and change.agency == agency for change in scheme.reassignments)
            theirs = {
                area.name: area.title for area in scheme.areas.values() if moved or area.agencies.get(name) == agency
            }
            if theirs:
                found.setdefault(name, []).append(Part(scheme=scheme, role=role, areas=theirs))
    return {name: tuple(several) for name, several in found.items()}


def places(schemes: Mapping[str, Scheme], agency: str) -> Mapping[str, str]:
    """The areas in which the agency plays any part, "scheme/area" to words."""
    return {
        f"{part.scheme.key}/{name}": f"{title}, {part.scheme.title}"
        for several in parts(schemes, agency).values()
        for part in several
        for name, title in part.areas.items()
    }
