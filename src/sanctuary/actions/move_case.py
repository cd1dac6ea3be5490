"""Let a case go on under the version of its scheme that runs now: first what would change for it, then the act."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db import transaction

from sanctuary.actions import definitions
from sanctuary.actions.held import Held, No, as_far_as, hold, once, record
from sanctuary.actions.results import Missing, Overtaken, Recorded, Refused, Result
from sanctuary.actions.see_case import SeenCase
from sanctuary.core.changes import Changes, asked_anew, changes, unasked
from sanctuary.core.events import EventKind, fold
from sanctuary.core.facts import Facts
from sanctuary.core.forms import compartments_of_fact
from sanctuary.core.progress import Progress, evaluate
from sanctuary.core.scheme import Scheme
from sanctuary.records import moving

MAY = "move_cases"


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What would change for a case, as far as this person may read it; nothing has changed yet.

    `elsewhere` counts the questions in parts of the record that this person does not read.
    """

    case_id: UUID
    reference: str
    seq: int
    old: Scheme
    new: Scheme
    changes: Changes
    elsewhere: int


def newer(seen: SeenCase) -> Scheme | None:
    """The version that runs now, where it is another than the case's and this person may move the case to it."""
    found = definitions.running().get(seen.scheme.key)
    if found is None or found.version == seen.scheme.version or seen.progress.is_closed:
        return None
    return found if _may(found, seen.staff.role) else None


@transaction.atomic
def preview(*, case_id: UUID, now: datetime) -> Preview | Refused | Missing:
    """What would change if the case were moved now."""
    try:
        held, new = _both(case_id, now)
    except No as no:
        return no.result  # type: ignore[return-value]
    before, after = _concluded(held, new, now)
    found = changes(before, after)
    lost, wanted = unasked(new, held.facts), asked_anew(new, held.facts, now)
    may_lose = tuple(fact for fact in lost if _reads(held.scheme, before, held, fact))
    may_want = tuple(fact for fact in wanted if _reads(new, after, held, fact))
    return Preview(
        case_id=held.id,
        reference=held.reference,
        seq=held.facts.seq,
        old=held.scheme,
        new=new,
        changes=replace(
            found,
            stops=tuple(as_far_as(new, _own(after, held), reason) for reason in found.stops),
            lifts=tuple(as_far_as(held.scheme, _own(before, held), reason) for reason in found.lifts),
            unasked=may_lose,
            asked_anew=may_want,
        ),
        elsewhere=len(lost) + len(wanted) - len(may_lose) - len(may_want),
    )


@transaction.atomic
def move_case(*, case_id: UUID, version: str, expected_seq: int, key: UUID, now: datetime) -> Result:
    """Move the case to `version`, which has to be the one that was shown and still runs."""
    return once(key, lambda: _moved(case_id, version, expected_seq, now), "move", case_id, version)


def _moved(case_id: UUID, version: str, expected_seq: int, now: datetime) -> Recorded:
    held, new = _both(case_id, now)
    if new.version != version:
        raise No(Refused(reasons=("Another version has come into use since. Look at what would change once more.",)))
    if held.facts.seq > expected_seq:
        last = held.stored[-1][0]
        what = "recorded something on it, so that something else may change"
        raise No(Overtaken(by_name=last.author_name, by_agency=last.agency, what=what, at=last.recorded_at))
    known = {part.number for part in held.scheme.compartments.values()}
    moving.move(held.id, new.version, {part.number for part in new.compartments.values()} - known)
    event = held.event(EventKind.MOVED, now, version=new.version)
    return record(replace(held, scheme=new), [event], now)


def _both(case_id: UUID, now: datetime) -> tuple[Held, Scheme]:
    """The case, and the version that it can be moved to. Raises No where it cannot be, or not by this person."""
    held = hold(case_id, now)
    # Nothing that followed from the rules of the old version is a fact under the new one.
    held = replace(held, facts=replace(fold(event for _, event in held.stored), area=held.facts.area))
    new = definitions.running().get(held.scheme.key)
    if new is None or not _may(new, held.staff.role):
        raise No(Refused(reasons=("Your role does not move cases to another version of the procedure.",)))
    if new.version == held.scheme.version:
        raise No(Refused(reasons=("The case goes on under the newest version already.",)))
    if evaluate(held.scheme, held.facts, now).is_closed:
        raise No(Refused(reasons=("The case is closed. It stays under the version that it ended with.",)))
    if not _fits(held.scheme, new, held.facts):
        said = "In the newer version areas or parts of the record are others, so this case does not fit it."
        raise No(Refused(reasons=(said,)))
    return held, new


def _may(scheme: Scheme, role: str) -> bool:
    return role in scheme.roles and MAY in scheme.roles[role].may


def _fits(old: Scheme, new: Scheme, facts: Facts) -> bool:
    """Whether everything recorded has its place: a compartment is the same part of the record for ever."""
    numbers = {name: part.number for name, part in new.compartments.items()}
    kept = all(numbers.get(name) == part.number for name, part in old.compartments.items())
    return kept and facts.area in new.areas


def _concluded(held: Held, new: Scheme, now: datetime) -> tuple[Progress, Progress]:
    return evaluate(held.scheme, held.facts, now), evaluate(new, replace(held.facts, version=new.version), now)


def _own(progress: Progress, held: Held) -> frozenset[str]:
    return progress.reads.get(held.staff.role, frozenset())


def _reads(scheme: Scheme, progress: Progress, held: Held, fact: str) -> bool:
    return compartments_of_fact(scheme, fact) <= _own(progress, held)
