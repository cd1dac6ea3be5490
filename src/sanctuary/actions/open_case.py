"""Open a case: the first step of a scheme, done by somebody whose part it is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from sanctuary.actions import definitions
from sanctuary.actions.held import No, begin, once, record, refuse_within_reach
from sanctuary.actions.results import Faulty, Missing, Recorded, Refused, Result
from sanctuary.core.answers import Plain
from sanctuary.core.events import EventKind
from sanctuary.core.facts import Answers, Facts
from sanctuary.core.forms import read
from sanctuary.core.known import known
from sanctuary.core.scheme import Scheme, Step
from sanctuary.records import accounts
from sanctuary.records.accounts import Staff


def first_step(scheme: Scheme) -> Step:
    """The step with which every case of the scheme begins."""
    return next(iter(scheme.steps.values()))


def starting(scheme: Scheme, staff: Staff, area: str, now: datetime) -> Answers:
    """What conditions may read before there is a case: who is about to begin one, and by which route."""
    begun = Facts(opened_at=now, area=area, version=scheme.version, opened_by=staff.role, opened_for=staff.agency)
    return known(scheme, begun, now)


@transaction.atomic
def open_case(*, scheme_key: str, area: str, plain: Mapping[str, Plain], key: UUID, now: datetime) -> Result:
    """Record the first step of the scheme that runs under `scheme_key`, in `area`; the whole case begins with it.

    Where no route entitles this person to refer, the case begins all the same, and the step is passed on.
    """
    scheme = definitions.running().get(scheme_key)
    staff = accounts.current()
    if scheme is None or staff is None or area not in scheme.areas:
        return Missing()
    return once(key, lambda: _opened(scheme, staff, area, plain, now))


def _opened(scheme: Scheme, staff: Staff, area: str, plain: Mapping[str, Plain], now: datetime) -> Recorded:
    step = first_step(scheme)
    if staff.role not in step.who.roles:
        raise No(Refused(reasons=(f"“{step.title}” is not for your role.",)))
    reading = read(step, plain, starting(scheme, staff, area, now), now, scheme.calendar)
    if reading.faults:
        raise No(Faulty(faults=reading.faults))
    refuse_within_reach(scheme, step, reading.answers, Facts(opened_at=now, area=area), frozenset(), None)
    held = begin(scheme, area, now)
    opened = held.event(EventKind.OPENED, now, area=area, version=scheme.version)
    return record(held, [opened, *held.handed_in(now, step, reading.answers)], now)
