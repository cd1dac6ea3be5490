"""When may time alone take reading away? The case as it will be concluded then, so that a grant can end by itself."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache

from sanctuary.core import dated
from sanctuary.core.conditions import Scope
from sanctuary.core.consents import Consent, lapses
from sanctuary.core.dated import Dated
from sanctuary.core.facts import Facts
from sanctuary.core.known import known
from sanctuary.core.progress import Progress, evaluate
from sanctuary.core.scheme import Scheme
from sanctuary.core.topics import behind

# A month of midnights, where a rule on reading asks what day it is. What is dated is foreseen however far ahead.
MOST = 31


def foreseen(scheme: Scheme, facts: Facts, progress: Progress) -> tuple[Progress, ...]:
    """The case at each time to come at which its roles may read less, or other agencies play them; the next one first.

    Nothing where no rule on reading asks for anything that time changes: that is so in most schemes.
    """
    if not turns_with_time(scheme):
        return ()
    found: list[Progress] = []
    for _ in range(MOST):
        last = found[-1] if found else progress
        if last.recheck_at is None or last.recheck_at <= last.at:
            break
        found.append(evaluate(scheme, facts, last.recheck_at))
    last = found[-1] if found else progress
    return (*found, *(evaluate(scheme, facts, at) for at in _dated(scheme, facts, progress.at) if at > last.at))


@lru_cache(maxsize=256)
def turns_with_time(scheme: Scheme) -> bool:
    """Whether time alone may change what is read, or by whom: by a lapsing consent, a date, a rule's days, or `now`."""
    rules = [rule.when for role in scheme.roles.values() for rule in role.reads if rule.when is not None]
    conditions = [*rules, *(change.when for change in scheme.reassignments)]
    facts = behind(scheme, frozenset(fact for each in conditions for fact in each.reads))
    turning = {one.name for one in scheme.derived if isinstance(one, Dated) or (isinstance(one, Consent) and one.lasts)}
    ruled = any(name.startswith("gate.") for name in facts)
    return not turning.isdisjoint(facts) or (bool(conditions) and (ruled or scheme.reads_time))


def _dated(scheme: Scheme, facts: Facts, now: datetime) -> list[datetime]:
    scope = Scope(known(scheme, facts, now), now, scheme.calendar)
    return sorted({*lapses(scheme, facts, scope), *dated.turns(scheme, scope)})
