"""Destroy the record of a case, for good: one person proposes it, another agrees, one of them carries it out."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any
from uuid import UUID

from django.db import transaction

from sanctuary.actions import definitions
from sanctuary.actions.results import Missing, Refused
from sanctuary.core.events import fold
from sanctuary.core.figures import Coded, counted
from sanctuary.core.keeping import rule_in_words
from sanctuary.core.proposals import Act
from sanctuary.core.retention import Keeping, Standing, due
from sanctuary.core.scheme import Scheme
from sanctuary.gateways import erasures
from sanctuary.records import crypto, disposal, events, proposals
from sanctuary.records.cases import NotAllowed
from sanctuary.records.disposal import Certificate, KeptRecord
from sanctuary.records.payload import load_event, load_progress

METHOD = "The keys of every part of the record were destroyed, with its names, search tokens, grants and messages."
REMAINS = (
    "What was encrypted, which no key opens any more",
    "Who read and did what in the case, and when, without anything that was told",
    "One coarse line for the figures: months, outcome, and coded answers that the scheme counts",
    "This certificate",
)
_FIRST = "First the case has to be closed, with the reason for which it ends."


class Why(Enum):
    """Why a record is to be destroyed."""

    RETENTION = "retention"
    REQUEST = "request"


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """A record with what the rules say of it now, and what was proposed about it, the newest first."""

    record: KeptRecord
    scheme: Scheme
    keeping: Keeping
    proposed: tuple[proposals.Proposal, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """It waits for a second person."""

    proposal: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Destroyed:
    """It is gone; this is what stays."""

    certificate: Certificate


def watch_record(reference: str, now: datetime) -> Watched | None:
    """The record with this reference, where this person looks after it."""
    record = disposal.kept(reference)
    if record is None:
        return None
    scheme = definitions.version(record.progress.get("version", record.version))
    keeping = due(scheme, load_progress(record.progress, scheme), now, [hold.ground for hold in record.holds])
    made = (proposals.of_subject(Act.ERASE, record.case_id, why.value) for why in Why)
    newest = sorted((each for several in made for each in several), key=lambda each: each.at, reverse=True)
    return Watched(record=record, scheme=scheme, keeping=keeping, proposed=tuple(newest))


@transaction.atomic
def propose_disposal(reference: str, why: Why, now: datetime) -> Proposed | Refused | Missing:
    """Ask a second person to agree that the record goes."""
    found = watch_record(reference, now)
    if found is None:
        return Missing()
    reasons = refusals(found, why)
    if reasons:
        return Refused(reasons=reasons)
    record = found.record
    try:
        made = proposals.propose(Act.ERASE, record.case_id, why.value, bound_to(found, why), record.seq)
    except NotAllowed:
        return Missing()
    return Proposed(proposal=made)


@transaction.atomic
def carry_out_disposal(proposal: UUID, now: datetime) -> Destroyed | Refused | Missing:
    """Destroy what another person agreed to. The ledger outside the database has it before this commits."""
    agreed = proposals.find(proposal)
    found = watch_record(agreed.reference, now) if agreed and agreed.act is Act.ERASE else None
    if agreed is None or found is None:
        return Missing()
    why = Why(agreed.subject)
    reasons = refusals(found, why)
    if reasons:
        return Refused(reasons=reasons)
    try:
        answers = of_figures(found.scheme, disposal.events_for(proposal))
    except crypto.Damaged:
        answers = {}  # what does not open any more cannot stand in the way of its own end
    certificate = disposal.dispose(proposal, _said(found), answers, bound_to(found, why))
    if certificate is None:
        return Refused(reasons=("Nobody else has agreed to exactly this, or something has changed since they did.",))
    erasures.note(certificate)
    return Destroyed(certificate=certificate)


def refusals(found: Watched, why: Why) -> tuple[str, ...]:
    """Why the record may not go now. A request waits for no time, only for the end of the case and for holds."""
    standing = found.keeping.standing
    if standing is Standing.OPEN:
        return (_FIRST,)
    if standing is Standing.HELD or (why is Why.RETENTION and standing is not Standing.DUE):
        return (found.keeping.reason,)
    if why is Why.RETENTION and found.record.noted_due is None:
        return ("It is not noted as due yet. It will be with the next round of what runs beside the site.",)
    return ()


def bound_to(found: Watched, why: Why) -> bytes:
    """What the agreement of two people holds to: the case as it ended, under which rule, and why."""
    rule = found.keeping.rule.name if found.keeping.rule else ""
    parts = (why.value, found.record.version, found.record.progress["outcome"], rule)
    return hashlib.sha256("|".join(parts).encode()).digest()


def of_figures(scheme: Scheme, stored: Sequence[events.StoredEvent]) -> Mapping[str, Coded]:
    """What the figures keep of what was told. A part that was erased before, or does not open, has nothing to add."""
    try:
        facts = fold(load_event(each.kind, each.happened_at, each.payload or b"{}") for each in stored)
    except ValueError:
        return {}
    return counted(scheme, facts)


def _said(found: Watched) -> dict[str, Any]:
    """What the certificate says of the rule, in words that need no definition to be understood later."""
    rule, scheme = found.keeping.rule, found.scheme
    outcome = found.record.progress["outcome"]
    closing = scheme.closing_reasons.get(outcome)
    return {
        "scheme_title": scheme.title,
        "area_title": scheme.areas[found.record.area].title if found.record.area in scheme.areas else "",
        "outcome_title": closing.title if closing else outcome,
        "rule": rule.name if rule else "",
        "rule_words": rule_in_words(rule) if rule else "",
        "stated": rule.stated if rule else False,
        "because": rule.because if rule else "",
        "source": rule.origin.source if rule else "",
        "method": METHOD,
        "remains": list(REMAINS),
    }
