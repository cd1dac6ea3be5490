"""Show parts of a case to others for a time, and end that again: by whoever reads and writes what is shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db import transaction

from sanctuary.actions.held import Held, No, hold, once, record
from sanctuary.actions.results import Faulty, Missing, Recorded, Refused, Result
from sanctuary.core.conditions import Scope
from sanctuary.core.consents import Consent
from sanctuary.core.events import EventKind
from sanctuary.core.known import known
from sanctuary.core.messages import Kind
from sanctuary.core.progress import Progress, evaluate
from sanctuary.core.shares import Ground, Terms
from sanctuary.core.sharing import Sharer, agreed, ceiling, faults, latest, shareable, sharer
from sanctuary.records import accounts, messages

NOT_YOURS = (
    "Your agency has no part of its own in this case, so it cannot share it. Those who have are on the case page."
)
NOTHING = "Your role has nothing here that it could share: it shares what it both reads and writes."
CLOSED = "The case is closed. What was shared of it has ended, and nothing more of it is shared."


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What somebody asks to share; `parts` are names of compartments. It rests on a `consent` or a `ground`."""

    role: str
    agency: str
    parts: tuple[str, ...]
    purpose: str
    until: datetime
    consent: str = ""
    ground: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What this person could share. `agencies` are those of the case's scheme, by key.

    `parts` and `consents` are, for each role, the compartments and the consents to choose from.
    """

    held: Held
    agencies: Mapping[str, str]
    parts: Mapping[str, tuple[str, ...]]
    consents: Mapping[str, tuple[Consent, ...]]
    latest: datetime


@transaction.atomic
def offer(*, case_id: UUID, now: datetime) -> Offer | Refused | Missing:
    """What there is to share, or why there is nothing."""
    try:
        held = hold(case_id, now)
        progress, by, scope = _ready(held, now)
    except No as no:
        return no.result  # type: ignore[return-value]
    scheme, reads = held.scheme, progress.reads[held.staff.role]
    parts = {role: found for role in scheme.roles if (found := shareable(scheme, by, role))}
    return Offer(
        held=held,
        agencies=scheme.agencies,
        parts=parts,
        consents={role: agreed(scheme, scope, reads, role) for role in parts},
        latest=latest(scheme, now),
    )


@transaction.atomic
def share_case(*, case_id: UUID, wanted: Wanted, key: UUID, now: datetime) -> Result:
    """Share what is wanted, from now until its end. It then stands in their worklist, with a notice."""
    return once(key, lambda: _shared(case_id, wanted, now), "share", case_id, wanted)


@transaction.atomic
def end_share(*, case_id: UUID, number: int, reason: str, key: UUID, now: datetime) -> Result:
    """End a share before its time. Whoever could see the case only by it cannot from now on."""
    return once(key, lambda: _ended(case_id, number, reason, now), "unshare", case_id, number, reason)


def _shared(case_id: UUID, wanted: Wanted, now: datetime) -> Recorded:
    held = hold(case_id, now)
    progress, by, scope = _ready(held, now)
    if bool(wanted.consent) is bool(wanted.ground) or wanted.ground not in {"", *(each.value for each in Ground)}:
        raise No(Faulty(faults={"basis": "Select the consent or the lawful ground that it rests on"}))
    terms = Terms(
        number=held.facts.seq + 1,
        role=wanted.role,
        agency=wanted.agency,
        parts=wanted.parts,
        purpose=wanted.purpose.strip(),
        until=wanted.until,
        consent=wanted.consent,
        ground=Ground(wanted.ground) if wanted.ground else None,
    )
    wrong = faults(held.scheme, scope, by, progress.reads[held.staff.role], terms)
    if wrong:
        raise No(Faulty(faults=wrong))
    recorded = record(held, [replace(held.event(EventKind.SHARED, now), share=terms)], now)
    messages.queue(Kind.SHARED, case_id=case_id, agency=terms.agency, role=terms.role, rests_on=terms.rests_on,
                   until=terms.until)  # fmt: skip
    return recorded


def _ended(case_id: UUID, number: int, reason: str, now: datetime) -> Recorded:
    held = hold(case_id, now)
    progress = evaluate(held.scheme, held.facts, now)
    found = next((one for one in progress.given if one.number == number and not one.account), None)
    if found is None:
        raise No(Refused(reasons=("This share has ended already.",)))
    if not may_end(progress, held.staff):
        raise No(Refused(reasons=(NOT_YOURS,)))
    return record(held, [held.event(EventKind.UNSHARED, now, str(number), reason=reason.strip())], now)


def may_end(progress: Progress, staff: accounts.Staff) -> bool:
    """Whether this person may end what is shared: anybody who plays a part in the case may close what stands open."""
    return progress.agencies.get(staff.role) == staff.agency


def _ready(held: Held, now: datetime) -> tuple[Progress, Sharer, Scope]:
    """Where the case stands, who shares, and what is known. Raises No where this person can share nothing now."""
    scheme, staff = held.scheme, held.staff
    progress = evaluate(scheme, held.facts, now)
    if not may_end(progress, staff):
        raise No(Refused(reasons=(NOT_YOURS,)))
    if progress.is_closed:
        raise No(Refused(reasons=(CLOSED,)))
    by = sharer(scheme, staff.role, staff.agency, progress.reads[staff.role])
    if not any(by.parts & ceiling(scheme, role) for role in scheme.roles):
        raise No(Refused(reasons=(NOTHING,)))
    return progress, by, Scope(known(scheme, held.facts, now), now, scheme.calendar)
