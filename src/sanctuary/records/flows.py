"""How many cases of a scheme came and went? Counted by the database among the cases that this person may see.

Those whose record is gone count on, by the months in which they came and ended.
"""

from __future__ import annotations

from sanctuary.core.flows import Stay
from sanctuary.records.query import rows

_STAYS = """
    select opened, closed, reason, cases from stays(%s, %s)
    union all
    select f.opened, f.closed, f.outcome, count(*)
      from figure f
     where f.scheme = %s and (%s = '' or f.area = %s)
     group by 1, 2, 3
"""


def stays(scheme: str, area: str = "") -> list[Stay]:
    """The cases of the scheme, or of one area of it, counted by the days on which they were opened and closed."""
    found = rows(_STAYS, [scheme, area, scheme, area, area])
    return [Stay(opened=opened, closed=closed, reason=reason, cases=cases) for opened, closed, reason, cases in found]
