"""What is said of emergency access? The form that opens a case, the list of those opened, and one with its review."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sanctuary.core.emergencies import UNDERSTOOD, VERDICTS
from sanctuary.core.scheme import Question, QuestionType
from sanctuary.records.accounts import Staff
from sanctuary.records.emergencies import Emergency
from sanctuary.web import wording
from sanctuary.web.forms.own import ask
from sanctuary.web.pages.answers import Line
from sanctuary.web.pages.called import page_name

ERASED = "Erased with the case"
READING = "case"  # what the audit calls a person's reading of a case; the rest is what the site itself does
OPENING: tuple[Question, ...] = (
    ask("reference", "Reference of the case", QuestionType.TEXT, hint="For example, NOR-4K7P-2X"),
    ask("reason", "Why do you need to see it now?", QuestionType.LONG_TEXT,
        hint="It stands in the case, and whoever reviews it reads it. Say what you know and from whom."),
    ask("understood", "What you understand", QuestionType.CHOICES, options=UNDERSTOOD),
)  # fmt: skip
REVIEWING: tuple[Question, ...] = (
    ask("verdict", "Was it right to open it?", QuestionType.CHOICE,
        options={verdict.value: words for verdict, words in VERDICTS.items()}),
    ask("words", "How did you come to that?", QuestionType.LONG_TEXT,
        hint="Whoever opened it reads this too. Speak with them first: listen, and then decide."),
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One use of emergency access in a list. Without its reason."""

    id: UUID
    reference: str
    who: str
    opened: str
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Emergencies:
    """Those that wait for a review, the soonest due first, and those that were reviewed."""

    waiting: tuple[Listed, ...]
    reviewed: tuple[Listed, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One of them in full. `reads` None: this is for whoever reviews it, not for who opened it."""

    reference: str
    lines: tuple[Line, ...]
    reads: tuple[str, ...] | None
    may_review: bool
    why_not: str = ""


def listed(found: Sequence[Emergency], now: datetime) -> Emergencies:
    """The list."""
    rows = [(each, _row(each, now)) for each in found]
    return Emergencies(
        waiting=tuple(row for each, row in rows if each.verdict is None),
        reviewed=tuple(row for each, row in rows if each.verdict is not None),
    )


def told(one: Emergency, reads: Sequence[tuple[datetime, str, str]], staff: Staff, now: datetime) -> Told:
    """One of them, for somebody with oversight."""
    own = one.account == staff.account
    done = one.verdict is not None
    return Told(
        reference=one.reference,
        lines=_lines(one, now),
        reads=tuple(dict.fromkeys(_reading(*each) for each in reads if each[1] == READING)),
        may_review=not (own or done),
        why_not="You opened it yourself: another person reviews it." if own and not done else "",
    )


def mine(one: Emergency, now: datetime) -> Told:
    """One of them, for whoever opened it."""
    return Told(reference=one.reference, lines=_lines(one, now), reads=None, may_review=False)


def _row(one: Emergency, now: datetime) -> Listed:
    return Listed(
        id=one.id,
        reference=one.reference,
        who=f"{one.name}, {one.agency}",
        opened=f"Opened on {wording.moment(one.opened)}",
        state=_state(one, now),
    )


def _state(one: Emergency, now: datetime) -> str:
    if one.verdict:
        return f"{VERDICTS[one.verdict]}, said {one.reviewer}"
    if one.review_due < now:
        return f"Review {wording.due(one.review_due, now)}"
    return "Review due today, by midnight"


def _lines(one: Emergency, now: datetime) -> tuple[Line, ...]:
    lasts = "It lasts until" if one.ends > now else "It ended on"
    lines = (
        Line(label="Opened by", lines=(one.name, one.agency)),
        Line(label="When", lines=(wording.moment(one.opened), f"{lasts} {wording.moment(one.ends)}")),
        Line(label="Reason", lines=tuple((one.reason or ERASED).split("\n"))),
        Line(label="Review", lines=(_state(one, now),)),
    )
    return (*lines, Line(label="In words", lines=tuple((one.words or ERASED).split("\n")))) if one.verdict else lines


def _reading(at: datetime, what: str, page: str) -> str:
    return f"The page “{page_name(page) if page else what}”, {wording.moment(at)}"
