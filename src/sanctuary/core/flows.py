"""How many cases came, ended and are still open between two days? Counts that reconcile; nothing about any one case."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Stay:
    """So many `cases` that were opened on one day and closed on one day, for one reason; None: they are still open."""

    opened: date
    closed: date | None = None
    reason: str = ""
    cases: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Flows:
    """What came and went from `first` to `last`, both included: open_before + opened = ended + open_after, always."""

    first: date
    last: date
    open_before: int
    opened: int
    closed: Mapping[str, int]
    open_after: int

    @property
    def ended(self) -> int:
        """All that were closed, whatever the reason."""
        return sum(self.closed.values())


def flows(stays: Iterable[Stay], first: date, last: date) -> Flows:
    """The flows of `stays`. Each number is counted by itself, so that it can be seen that they reconcile.

    A case is never closed before it is opened, whatever was written down. Raises ValueError where `last` is earlier.
    """
    if last < first:
        raise ValueError("the last day is not before the first")
    before = came = after = 0
    closed: dict[str, int] = {}
    for stay in stays:
        end = None if stay.closed is None else max(stay.opened, stay.closed)
        before += stay.cases * (stay.opened < first and (end is None or end >= first))
        came += stay.cases * (first <= stay.opened <= last)
        after += stay.cases * (stay.opened <= last and (end is None or end > last))
        if end is not None and first <= end <= last:
            closed[stay.reason] = closed.get(stay.reason, 0) + stay.cases
    return Flows(first=first, last=last, open_before=before, opened=came, closed=closed, open_after=after)
