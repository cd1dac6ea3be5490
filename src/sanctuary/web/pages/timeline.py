"""What has happened in a case? Its events in words, newest first, those of one hand at one time as one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from sanctuary.actions.see_case import SeenCase, TimelineEntry
from sanctuary.core.consents import consent_of
from sanctuary.core.events import EventKind
from sanctuary.core.scheme import Scheme, StepKind

_LATE = timedelta(minutes=5)
_HANDING_IN = (EventKind.ANSWERED, EventKind.DONE)
_TITLES: Mapping[EventKind, str] = {
    EventKind.OPENED: "Case opened",
    EventKind.ANSWERED: "{name}: answered",
    EventKind.DRAFTED: "{name}: answers saved",
    EventKind.DONE: "{name}: done",
    EventKind.ASKED: "{sent}: {name}",
    EventKind.ACKNOWLEDGED: "{name}: receipt confirmed",
    EventKind.REOPENED: "{name}: to be done again",
    EventKind.PAUSED: "{name}: clock paused",
    EventKind.RESUMED: "{name}: clock started again",
    EventKind.WITHDRAWN: "Consent taken back{consent}",
    EventKind.OVERRIDDEN: "A rule was set aside for this case",
    EventKind.PASSED_ON: "{name}: passed on",
    EventKind.MOVED: "Moved to another version of the scheme",
    EventKind.SHARED: "Shared with others for a time",
    EventKind.UNSHARED: "A share was ended",
    EventKind.EMERGENCY: "Opened by one person in an emergency",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """Something that happened. `recorded_at` only where it was written down later."""

    title: str
    at: datetime
    who: str
    reason: str
    recorded_at: datetime | None


def timeline(seen: SeenCase) -> tuple[Happened, ...]:
    """The timeline as this reader may see it. Answers given while doing a step are part of doing it."""
    told: list[Happened] = []
    handed_in = {entry.step: number for number, entry in enumerate(seen.timeline) if entry.kind in _HANDING_IN}
    entries = [entry for number, entry in enumerate(seen.timeline) if not _overtaken(entry, number, handed_in)]
    for _, group in groupby(entries, key=_of_one_hand):
        part = list(group)
        kinds = {entry.kind for entry in part}
        told += [_happened(seen.scheme, each) for each in _once(part) if not _within(each, kinds)]
    return tuple(reversed(told))


def _overtaken(entry: TimelineEntry, number: int, handed_in: Mapping[str, int]) -> bool:
    """Drafts are told only until the step has been handed in."""
    return entry.kind is EventKind.DRAFTED and handed_in.get(entry.step, -1) > number


def _of_one_hand(entry: TimelineEntry) -> tuple[object, ...]:
    """What is told together: what one person recorded of a step at one time, and all that they drafted in a row."""
    drafting = entry.kind is EventKind.DRAFTED
    return entry.step, entry.by_name, drafting, None if drafting else entry.at


def _once(entries: list[TimelineEntry]) -> list[TimelineEntry]:
    """Drafts and answers are kept in parts, one for each compartment; they are told once."""
    return list({(entry.kind, entry.reason): entry for entry in entries}.values())


def _within(entry: TimelineEntry, kinds: set[EventKind]) -> bool:
    return entry.kind is EventKind.ANSWERED and EventKind.DONE in kinds


def _happened(scheme: Scheme, entry: TimelineEntry) -> Happened:
    agency = scheme.agencies.get(entry.by_agency, "")
    late = entry.recorded_at - entry.at > _LATE
    return Happened(
        title=_title(scheme, entry.step, entry.kind),
        at=entry.at,
        who=", ".join(filter(None, (entry.by_name, agency))),
        reason=entry.reason,
        recorded_at=entry.recorded_at if late else None,
    )


def _title(scheme: Scheme, what: str, kind: EventKind) -> str:
    step, consent = scheme.steps.get(what), None
    if kind is EventKind.WITHDRAWN:
        consent = consent_of(scheme, what)
    return _TITLES[kind].format(
        name=step.title if step else "",
        sent="Sent" if step and step.kind is StepKind.NOTICE else "Asked",
        consent=f": {consent.title}" if consent else "",
    )
