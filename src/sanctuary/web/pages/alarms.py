"""How is an alarm said? What happened, to whom it points, what to do, and who has it in hand."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sanctuary.core.alarms import OUTCOMES, Outcome, said
from sanctuary.core.patterns import BY_NAME
from sanctuary.records.alarms import Alarm
from sanctuary.web import wording
from sanctuary.web.pages.called import page_name

_CAUSED = (
    "What you did, or a colleague for whom you act, raised this alarm, so somebody else takes it in hand and closes it"
)
_ANOTHER = f"{_CAUSED}: anybody else with oversight."
_NOBODY = (
    f"{_CAUSED}. Nobody else has oversight now. Ask an administrator of your agency to give it to a colleague, under "
    "Administration, People. Until then the alarm stays here, and nothing is lost."
)


_TOO_MANY: Mapping[str, str] = {
    "cases": "Too many cases.",
    "searches": "Too many searches.",
    "given": "They said very often whom they know. A case that goes from sight then tells that a guess was right.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmLine:
    """An alarm on its page. `mine`: the reader has taken it; `free`: they may. `ours`: about one of theirs.

    `why_not`: why it is not theirs to take, and who closes it.
    """

    id: UUID
    title: str
    pressing: bool
    means: str
    to_do: str
    details: tuple[str, ...]
    at: datetime
    case_id: UUID | None
    about: UUID | None
    ours: bool
    state: str
    free: bool
    mine: bool
    why_not: str
    words: str


def alarm_line(alarm: Alarm, reader: UUID, colleagues: Collection[UUID], askable: Collection[UUID]) -> AlarmLine:
    """The alarm as this reader sees it, who has these `colleagues` and may ask who looked at the `askable` cases."""
    told = said(alarm.kind)
    return AlarmLine(
        id=alarm.id,
        title=told.title,
        pressing=told.pressing and alarm.closed_at is None,
        means=told.means,
        to_do=told.to_do,
        details=tuple(_details(alarm)),
        at=alarm.raised_at,
        case_id=alarm.case_id if alarm.case_id in askable else None,
        about=alarm.about,
        ours=alarm.about in colleagues,
        state=_state(alarm),
        free=alarm.taken_at is None and alarm.closed_at is None and alarm.settled_by_me,
        mine=alarm.taken_by == reader and alarm.closed_at is None,
        why_not=_why_not(alarm),
        words=alarm.words,
    )


def _details(alarm: Alarm) -> list[str]:
    pattern = BY_NAME.get(alarm.detail) if alarm.kind == "snooping" else None
    found = [f"{pattern.title}. {pattern.ask}"] if pattern else []
    if alarm.kind == "concern":
        page = f" on the page “{page_name(alarm.detail)}”" if alarm.detail else ""
        found.append(f"By {alarm.raised_name}{page}.")
    if alarm.kind == "budget":
        found.append(_TOO_MANY.get(alarm.detail, "Too many cases."))
    if alarm.about_name:
        found.append(f"About {alarm.about_name}, {alarm.about_agency}.")
    if alarm.reference:
        found.append(f"Case {alarm.reference}.")
    return found


def _why_not(alarm: Alarm) -> str:
    if alarm.settled_by_me or alarm.taken_at or alarm.closed_at:
        return ""
    return _ANOTHER if alarm.by_others else _NOBODY


def _state(alarm: Alarm) -> str:
    if alarm.closed_at:
        outcome = OUTCOMES.get(Outcome(alarm.outcome), "")
        return f"Closed by {alarm.closed_name} on {wording.moment(alarm.closed_at)}: {outcome}."
    if alarm.taken_at:
        return f"Taken by {alarm.taken_name} on {wording.moment(alarm.taken_at)}."
    return "Nobody has taken it yet."
