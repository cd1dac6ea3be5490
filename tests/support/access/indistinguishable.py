"""Does the time that an answer takes tell a hidden case from one that never was? Asks both, in turns, and compares.

`python -m tests.support.access.indistinguishable`: medians, and how often one takes longer than the other (0.5: as
often as not). Beside it two lots of what never was, and the control: a case that is the asker's is told apart, at
one of its pages at least. What leans to one side by chance is asked again, and does not lean there three times.
"""

from __future__ import annotations

import argparse
import logging
import sys
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from random import Random
from statistics import median
from time import perf_counter_ns
from uuid import UUID, uuid4

from sanctuary.core.clocks import LONDON
from tests.support.bench import installation

HIDDEN, NOT_THEIRS, NEVER, AGAIN, THEIRS = "hidden", "not theirs", "never was", "never was, again", "theirs"
KINDS = (HIDDEN, NOT_THEIRS, NEVER, AGAIN, THEIRS)
ADDRESSES = ("/cases/{}", "/cases/{}/who", "/cases/{}/steps/referral", "/cases/{}/steps/referral/letter.pdf")
CASES, REGISTER = 40, 1_000
# How far from even the odds may be before somebody who asks a thousand times learns anything.
EVEN = 0.06
# Of 800 and 800 that are the same, one look in 30,000 is further from even; three to the same side are no chance.
LOOKS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """One kind of case beside those that never were. `odds`: how often it takes longer; `medians` in microseconds."""

    kind: str
    asked: int
    odds: float
    medians: tuple[float, float]

    @property
    def is_even(self) -> bool:
        """Whether the two cannot be told apart."""
        return not self.leans

    @property
    def leans(self) -> int:
        """1 where it takes longer, -1 where it is faster, 0 where it is even."""
        far = self.odds - 0.5
        return (far > EVEN) - (far < -EVEN)

    def __str__(self) -> str:
        """One line for people."""
        own, other = self.medians
        return f"{self.kind}: longer in {self.odds:.3f} of {self.asked:,} pairs, {own:,.0f} beside {other:,.0f} µs"


def odds(some: Sequence[float], others: Sequence[float]) -> float:
    """How often one of `some` is larger than one of `others`, a tie counting half: the area under the curve."""
    ranked = sorted([(value, True) for value in some] + [(value, False) for value in others])
    values = [value for value, _ in ranked]
    starts = [0, *(place for place, (before, after) in enumerate(pairwise(values), start=1) if before != after)]
    ranks = 0.0
    for start, end in zip(starts, [*starts[1:], len(values)], strict=True):
        middle = (start + end + 1) / 2
        ranks += middle * sum(is_one for _, is_one in ranked[start:end])
    return (ranks - len(some) * (len(some) + 1) / 2) / (len(some) * len(others))


def compared(times: Mapping[str, Sequence[float]]) -> list[Compared]:
    """Each kind beside what never was."""
    return [
        Compared(
            kind=kind,
            asked=len(times[kind]),
            odds=odds(times[kind], times[NEVER]),
            medians=(median(times[kind]), median(times[NEVER])),
        )
        for kind in times
        if kind != NEVER
    ]


def told_apart(look: Callable[[], Sequence[Compared]]) -> frozenset[str]:
    """The kinds that lean to the same side at every look. Another is taken only while one leans that must not."""
    found = {each.kind: each.leans for each in look()}
    for _ in range(LOOKS - 1):
        if not (found[HIDDEN] or found[NOT_THEIRS]):
            break
        again = {each.kind: each.leans for each in look()}
        found = {kind: leans if leans == again[kind] else 0 for kind, leans in found.items()}
    return frozenset(kind for kind, leans in found.items() if leans)


def passes(apart: Collection[str]) -> bool:
    """Whether no hidden case is told apart, by a way of looking that tells apart what differs."""
    return not {HIDDEN, NOT_THEIRS} & set(apart) and any(kind.startswith(THEIRS) for kind in apart)


def measured(requests: int, account: UUID, numbers: Mapping[str, list[UUID]], chance: Random) -> list[Compared]:
    """Ask so often, a kind of case and an address at a time in an order of chance."""
    from tests.support.access.traces import Prober

    prober, times = Prober(account), defaultdict[str, list[float]](list)
    for turn in range(requests + 100):
        kind, address = chance.choice(KINDS), chance.choice(ADDRESSES)
        number = chance.choice(numbers[kind]) if kind in numbers else uuid4()
        path = address.format(number)
        start = perf_counter_ns()
        prober.client.get(path)
        if turn >= 100:  # what is done on first visits is done by then
            times[told_of(kind, address)].append((perf_counter_ns() - start) / 1000)
    return compared(times)


def told_of(kind: str, address: str) -> str:
    """What is compared: all addresses of a kind, but each page of their own by itself.

    How fast the machine is decides which of those take longer than a step and which less: of all together, half and
    half would look even.
    """
    return f"{kind}, {address}" if kind == THEIRS else kind


def _prepared(staff: Mapping[str, UUID]) -> tuple[UUID, Mapping[str, list[UUID]]]:
    """Somebody with cases that are hidden from them, others that are theirs, and the numbers of each."""
    from sanctuary.gateways import database

    with database.administrator().connect() as connection:
        found = connection.execute(
            "select a.id from account a join access_grant g on g.agency_id = a.agency_id and g.role = a.role "
            "where a.id = any(%s) group by a.id order by count(*) desc limit 1",
            [list(staff.values())],
        ).fetchone()
        account = found[0] if found else None
        asked = (
            "select k.id from kase k join account a on a.id = %s where {} exists (select 1 from access_grant g "
            "where g.case_id = k.id and g.agency_id = a.agency_id and g.role = a.role) order by k.id limit %s"
        )
        mine = [line[0] for line in connection.execute(asked.format(""), [account, 2 * CASES])]
        others = [line[0] for line in connection.execute(asked.format("not"), [account, CASES])]
        connection.execute("insert into conflict (user_id, case_id) select %s, unnest(%s)", [account, mine[:CASES]])
        connection.commit()
    return account, {HIDDEN: mine[:CASES], NOT_THEIRS: others, THEIRS: mine[CASES:]}


def main() -> int:
    """Measure on a database of its own, and say what came of it; 1 where a hidden case can be told."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--requests", type=int, default=4_000)
    asked = words.parse_args()
    installation.move_in()
    installed = installation.set_up(sys.stderr.write, afresh=True)
    installation.fill(REGISTER, installed.staff, datetime.now(LONDON), lambda text: None)
    logging.disable(logging.WARNING)  # that a page was not found
    account, numbers = _prepared(installed.staff)
    chance = Random(21)

    def look() -> list[Compared]:
        found = measured(asked.requests, account, numbers, chance)
        sys.stdout.writelines(f"{each}\n" for each in found)
        return found

    apart = told_apart(look)
    installation.move_out()
    return 0 if passes(apart) else 1


if __name__ == "__main__":  # processes that make cases import this file, too
    sys.exit(main())
