"""May this be shared, and is what was shared still open? The terms of a share against the scheme and what is known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sanctuary.core.clocks import Period, Unit, due
from sanctuary.core.conditions import Scope
from sanctuary.core.consents import GIVEN, Consent, consent_of, consents, may_withdraw
from sanctuary.core.facts import Facts
from sanctuary.core.scheme import Scheme
from sanctuary.core.shares import Given, Share, Terms

LONGEST = Period(count=12, unit=Unit.MONTHS)
EMERGENCY = timedelta(hours=4)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sharer:
    """Who shares: a role of an agency, with the compartments that it reads and writes now."""

    role: str
    agency: str
    parts: frozenset[str]


def sharer(scheme: Scheme, role: str, agency: str, reads: frozenset[str]) -> Sharer:
    """Who shares. What somebody may read but not write is another's to share."""
    writes = scheme.roles[role].writes if role in scheme.roles else ()
    return Sharer(role=role, agency=agency, parts=reads.intersection(writes))


def ceiling(scheme: Scheme, role: str) -> frozenset[str]:
    """The most that the role may ever read."""
    rules = scheme.roles[role].reads if role in scheme.roles else ()
    return frozenset(part for rule in rules for part in rule.compartments)


def shareable(scheme: Scheme, by: Sharer, role: str) -> tuple[str, ...]:
    """The compartments that may be shared with `role`, in the order of the scheme."""
    able = by.parts & ceiling(scheme, role)
    return tuple(name for name in scheme.compartments if name in able)


def agreed(scheme: Scheme, scope: Scope, reads: frozenset[str], role: str) -> tuple[Consent, ...]:
    """The consents on which something may be shared with `role`: those that hold, that the sharer may know of, and that
    are about this role or about somebody without one, who only people can tell.
    """
    return tuple(
        one
        for one in consents(scheme)
        if scope.facts.get(one.name) == GIVEN and may_withdraw(scheme, one, reads) and _is_about(scheme, one, role)
    )


def _is_about(scheme: Scheme, consent: Consent, role: str) -> bool:
    return role in consent.parties or any(party not in scheme.roles for party in consent.parties)


def latest(scheme: Scheme, now: datetime) -> datetime:
    """The longest that anything may be shared from `now` on."""
    return due(now, LONGEST, scheme.calendar)


def faults(scheme: Scheme, scope: Scope, by: Sharer, reads: frozenset[str], terms: Terms) -> Mapping[str, str]:
    """What is wrong with the terms, by field, in words; empty where they may stand. The sharer `reads` that."""
    return dict(_wrong(scheme, scope, by, reads, terms))


def _wrong(scheme: Scheme, scope: Scope, by: Sharer, reads: frozenset[str], terms: Terms) -> Iterator[tuple[str, str]]:
    if terms.role not in scheme.roles or terms.agency not in scheme.agencies:
        yield "with", "Select who it is to be shared with"
    elif (terms.role, terms.agency) == (by.role, by.agency):
        yield "with", "Select somebody other than yourselves"
    if not terms.parts:
        yield "parts", "Select at least one part of the record"
    elif terms.role in scheme.roles and not set(terms.parts) <= set(shareable(scheme, by, terms.role)):
        yield "parts", "Select only parts that your role both reads and writes, and that the other role may ever read"
    if not terms.purpose.strip():
        yield "purpose", "Enter what it is shared for"
    if terms.consent and terms.consent not in [one.key for one in agreed(scheme, scope, reads, terms.role)]:
        yield "basis", "Select a consent that holds and is about whom it is shared with"
    if terms.until <= scope.now:
        yield "until", "The end must be in the future"
    elif terms.until > latest(scheme, scope.now):
        yield "until", "The end must be within a year. It can be shared again then"


def given(scheme: Scheme, facts: Facts, scope: Scope, *, is_over: bool) -> tuple[Given, ...]:
    """What is open now by an act. In a case that has ended, only to somebody in an emergency."""
    found = (_given(scheme, facts, scope, one) for one in facts.shares.values() if one.terms.account or not is_over)
    return tuple(one for one in found if one is not None)


def _given(scheme: Scheme, facts: Facts, scope: Scope, share: Share) -> Given | None:
    terms, until = share.terms, _until(scheme, facts, scope, share)
    parts = tuple(name for name in terms.parts if name in ceiling(scheme, terms.role) and name in scheme.compartments)
    if until is None or until <= scope.now or not parts:
        return None
    return Given(
        number=terms.number,
        role=terms.role,
        agency=terms.agency,
        parts=parts,
        since=share.at,
        until=until,
        consent=terms.consent,
        ground=terms.ground.value if terms.ground else "",
        account=terms.account,
    )


def _until(scheme: Scheme, facts: Facts, scope: Scope, share: Share) -> datetime | None:
    """When it ends by itself; None where what it rests on has gone, for good.

    A consent that was asked anew is another consent, and a case that was opened again is not the one that was shared.
    """
    terms = share.terms
    if terms.account:
        return terms.until
    closing = [step.name for step in scheme.steps.values() if step.closes_with]
    if any(facts.reopened_at[name] > share.at for name in closing if name in facts.reopened_at):
        return None
    return _while_agreed(scheme, facts, scope, share) if terms.consent else terms.until


def _while_agreed(scheme: Scheme, facts: Facts, scope: Scope, share: Share) -> datetime | None:
    consent = consent_of(scheme, share.terms.consent)
    if consent is None or scope.facts.get(consent.name) != GIVEN or facts.done[consent.step] > share.at:
        return None
    ends = consent.ends(facts, scope.calendar)
    return min(share.terms.until, ends) if ends else share.terms.until
