"""How many cases of a scheme came and went? Counted by the database among the cases that this person may see.

Those whose record is gone count on, by the months in which they came and ended.
"""

from __future__ import annotations

from sanctuary.core.flows import Stay
from sanctuary.records.query import rows

# A closed case has nothing left to do, so what was done last is what closed it; a case that was written down afterwards
# came when the first thing in it was done. Days are London's.
_STAYS = """
    select (least(k.opened_at, d.first_at) at time zone 'Europe/London')::date as opened,
           (case when o.closed then d.last_at end at time zone 'Europe/London')::date as closed,
           case when o.closed then o.outcome else '' end as reason,
           count(*)
      from kase k
      join case_projection p on p.case_id = k.id
      join lateral (select p.progress ->> 'outcome' as outcome,
                           p.progress ->> 'outcome' not in ('open', 'stopped') as closed) o on true
      join lateral (select min((e ->> 'at')::timestamptz) as first_at, max((e ->> 'at')::timestamptz) as last_at
                      from jsonb_array_elements(p.progress -> 'done') e) d on true
     where k.scheme = %s and (%s = '' or k.area = %s)
     group by 1, 2, 3
    union all
    select f.opened, f.closed, f.outcome, count(*)
      from figure f
     where f.scheme = %s and (%s = '' or f.area = %s)
     group by 1, 2, 3
"""


def stays(scheme: str, area: str = "") -> list[Stay]:
    """The cases of the scheme, or of one area of it, counted by the days on which they were opened and closed."""
    found = rows(_STAYS, [scheme, area, area] * 2)
    return [Stay(opened=opened, closed=closed, reason=reason, cases=cases) for opened, closed, reason, cases in found]
