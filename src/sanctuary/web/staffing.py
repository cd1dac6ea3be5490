"""Where does a person work? The schemes and areas in which their agency plays, or may come to play, their role."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sanctuary.core.scheme import Area, Scheme
from sanctuary.records.accounts import Staff


def areas(schemes: Mapping[str, Scheme], staff: Staff) -> Iterator[tuple[Scheme, Area]]:
    """Every such area with its scheme."""
    for scheme in schemes.values():
        moved = {change.agency for change in scheme.reassignments if change.role == staff.role}
        for area in scheme.areas.values():
            if staff.agency in {area.agencies.get(staff.role), *moved}:
                yield scheme, area
