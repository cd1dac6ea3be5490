"""Where do people declare conflicts of interest, and where are they looked at?"""

from __future__ import annotations

from sanctuary.web.access_table import Address, Who
from sanctuary.web.screens import conflicts

ADDRESSES: tuple[Address, ...] = (
    Address(path="conflicts", name="conflicts", view=conflicts.conflicts, who=Who.STAFF),
    Address(path="conflicts/somebody", name="conflict_somebody", view=conflicts.somebody, who=Who.STAFF),
    Address(path="conflicts/case", name="conflict_case", view=conflicts.case, who=Who.STAFF),
    Address(path="conflicts/own", name="conflict_own", view=conflicts.own, who=Who.STAFF),
    Address(
        path="oversight/conflicts",
        name="conflicts_found",
        view=conflicts.found,
        who=Who.OVERSIGHT,
    ),
    Address(
        path="oversight/conflicts/<uuid:account>/<uuid:of_case>",
        name="conflict",
        view=conflicts.conflict,
        who=Who.OVERSIGHT,
        fresh=True,
    ),
    Address(
        path="oversight/crossings",
        name="crossings",
        view=conflicts.crossings,
        who=Who.SPECIALIST,
    ),
    Address(
        path="oversight/crossings/<uuid:crossing>",
        name="crossing",
        view=conflicts.crossing,
        who=Who.SPECIALIST,
    ),
)
