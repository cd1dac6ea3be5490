"""What is to be known of records that are due to go, or are held? References, outcomes, times, rules; no names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sanctuary.actions.dispose_record import Watched, Why, refusals
from sanctuary.core.keeping import rule_in_words
from sanctuary.core.scheme import Scheme
from sanctuary.records.disposal import DueRecord, Hold
from sanctuary.records.proposals import Proposal
from sanctuary.web import wording
from sanctuary.web.pages.answers import Line

WHY: Mapping[Why, str] = {
    Why.RETENTION: "Its time has passed",
    Why.REQUEST: "The person asked for it to be erased",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DueRow:
    """A line of the list. `held`: why it may not go, or ""."""

    reference: str
    scheme: str
    outcome: str
    ended: str
    since: str
    why: str
    held: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldLine:
    """A hold that stands."""

    id: UUID
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordPage:
    """One record. `may_propose`: the reasons for which it may be proposed now, as (name, words).

    `waiting` is a proposal that waits for a second person, `agreed` one that can be carried out.
    """

    reference: str
    lines: tuple[Line, ...]
    stands: str
    holds: tuple[HoldLine, ...]
    may_propose: tuple[tuple[str, str], ...]
    waiting: Proposal | None
    agreed: Proposal | None


def due_row(record: DueRecord, scheme: Scheme | None) -> DueRow:
    """One record of the list; `scheme` None where its definition does not load any more."""
    rules = {rule.name: rule for rule in scheme.retention} if scheme else {}
    closing = scheme.closing_reasons.get(record.outcome) if scheme else None
    return DueRow(
        reference=record.reference,
        scheme=scheme.title if scheme else record.scheme,
        outcome=closing.title if closing else record.outcome.replace("_", " "),
        ended=wording.day(record.ended) if record.ended else "",
        since=wording.day(record.due_at) if record.due_at else "",
        why=rule_in_words(rules[record.rule]) if record.rule in rules else "",
        held="; ".join(ground.title for ground in record.holds),
    )


def record_page(found: Watched, now: datetime) -> RecordPage:
    """The page of one record."""
    live = [each for each in found.proposed if each.expires > now and not each.carried_out]
    unanswered = [each for each in live if each.agreed is None]
    agreed = [each for each in live if each.agreed]
    free = not live or all(each.agreed is False for each in live)
    return RecordPage(
        reference=found.record.reference,
        lines=tuple(_lines(found)),
        stands=found.keeping.reason,
        holds=tuple(map(_hold, found.record.holds)),
        may_propose=tuple((why.value, words) for why, words in WHY.items() if free and not refusals(found, why)),
        waiting=unanswered[0] if unanswered else None,
        agreed=agreed[0] if agreed and not refusals(found, Why(agreed[0].subject)) else None,
    )


def _lines(found: Watched) -> list[Line]:
    keeping, scheme, record = found.keeping, found.scheme, found.record
    outcome = str(record.progress["outcome"])
    closing = scheme.closing_reasons.get(outcome)
    said = {
        "Scheme": scheme.title,
        "Area": scheme.areas[record.area].title if record.area in scheme.areas else record.area,
        "How it ended": (closing.title if closing else outcome.replace("_", " ")) if keeping.ended else "",
        "When": wording.day(keeping.ended) if keeping.ended else "",
        "Rule": rule_in_words(keeping.rule) if keeping.rule else "",
        "Why so long": keeping.rule.because if keeping.rule else "",
        "Where that stands": keeping.rule.origin.source if keeping.rule else "",
        "Kept until": wording.day(keeping.until) if keeping.until else "",
    }
    return [Line(label=label, lines=(text,)) for label, text in said.items() if text]


def _hold(hold: Hold) -> HoldLine:
    file = f", file {hold.file}" if hold.file else ""
    return HoldLine(id=hold.id, text=f"{hold.ground.title}{file}. Placed by {hold.by} on {wording.day(hold.at)}.")
