"""Look at a case: what this person may read of it, where it stands and what has happened. Every look is noted."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db import transaction

from sanctuary.actions import definitions
from sanctuary.actions.held import as_far_as, keep
from sanctuary.core.events import Event, EventKind, fold
from sanctuary.core.facts import Facts
from sanctuary.core.progress import Progress, as_of, evaluate
from sanctuary.core.scheme import Scheme
from sanctuary.records import accounts, cases, events
from sanctuary.records.accounts import Staff
from sanctuary.records.payload import load_event, load_progress


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineEntry:
    """Something that happened: the kind of event, its step, who recorded it, and a reason where one was given.

    `at` is when it happened, `recorded_at` when it was written down.
    """

    kind: EventKind
    step: str
    at: datetime
    recorded_at: datetime
    by_name: str
    by_agency: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenCase:
    """A case as one person may see it. `facts` hold only what they may read; `progress` is concluded from everything.

    `seq` is the number of the case's last event; `reads` the names of the compartments open to them.
    """

    case_id: UUID
    reference: str
    scheme: Scheme
    facts: Facts
    progress: Progress
    seq: int
    staff: Staff
    reads: frozenset[str]
    timeline: tuple[TimelineEntry, ...]

    @property
    def mine(self) -> tuple[str, ...]:
        """The roles that this person plays in the case: none, where it is only shown to them."""
        plays = self.progress.agencies.get(self.staff.role) == self.staff.agency
        return (self.staff.role,) if plays else ()


@transaction.atomic(savepoint=False)  # within a request, there is nothing to go back to: what fails here fails the page
def see_case(case_id: UUID, now: datetime) -> SeenCase | None:
    """The case, or None where there is none or it is not this person's to see: the two cannot be told apart."""
    staff, found = accounts.current(), events.with_case(case_id)
    if staff is None or found is None:
        return None
    row, told = found
    scheme = definitions.version(row.progress["version"])
    progress = load_progress(row.progress, scheme)
    if row.recheck_at is not None and row.recheck_at <= now:
        progress = _concluded_again(case_id, row, scheme, now)
        found = events.with_case(case_id)  # what this person may read may have ended with that
        if found is None:
            return None
        row, told = found
    progress = as_of(progress, now)
    readable = [(stored, load_event(stored.kind, stored.happened_at, stored.payload or b"{}")) for stored in told]
    reads = frozenset(name for name, part in scheme.compartments.items() if part.number in row.reads)
    facts = _facts(row, [event for _, event in readable], progress.version)
    return SeenCase(
        case_id=case_id,
        reference=row.reference,
        scheme=scheme,
        facts=facts,
        progress=replace(
            progress,
            stopped=tuple(as_far_as(scheme, reads, reason) for reason in progress.stopped),
            held=tuple(as_far_as(scheme, reads, reason) for reason in progress.held),
        ),
        seq=row.seq,
        staff=staff,
        reads=reads,
        timeline=tuple(_entry(stored, event) for stored, event in readable),
    )


def _concluded_again(case_id: UUID, row: cases.CaseRow, scheme: Scheme, now: datetime) -> Progress:
    """Time alone has changed where the case stands: conclude from all of it, and keep that for everybody.

    The case has not moved by being looked at. Where somebody adds to it at this moment, what they conclude is kept;
    where it is only shown to this person, what they conclude is not.
    """
    whole = [load_event(stored.kind, stored.happened_at, stored.payload or b"{}") for stored in events.whole(case_id)]
    facts = replace(fold(whole), area=row.area)
    progress = evaluate(scheme, facts, now)
    with suppress(cases.Overtaken, cases.NotAllowed):
        keep(case_id, scheme, facts, progress, whole[-1].at)
    return progress


def _facts(row: cases.CaseRow, readable: Sequence[Event], version: str) -> Facts:
    """What the readable events tell; a person without the core compartment sees a case that was merely opened."""
    start = Facts(opened_at=row.opened_at, area=row.area, version=version)
    return replace(fold(readable, start), seq=row.seq)


def _entry(stored: events.StoredEvent, event: Event) -> TimelineEntry:
    return TimelineEntry(
        kind=event.kind,
        step=event.step,
        at=stored.happened_at,
        recorded_at=stored.recorded_at,
        by_name=f"{stored.author_name}, for {stored.author_for}" if stored.author_for else stored.author_name,
        by_agency=stored.agency,
        reason=event.reason,
    )
