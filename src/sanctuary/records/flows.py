"""How many cases of a scheme came and went? Counted by the database among the cases that this person may see."""

from __future__ import annotations

from sanctuary.core.flows import Stay
from sanctuary.records.query import rows

def stays(scheme: str, area: str = "") -> list[Stay]:
    """The cases of the scheme, or of one area of it, counted by the days on which they were opened and closed."""
    found = rows("select opened, closed, reason, cases from stays(%s, %s)", [scheme, area])
    return [Stay(opened=opened, closed=closed, reason=reason, cases=cases) for opened, closed, reason, cases in found]
