"""What is a share? Leave to read parts of a case, given by an act, and what it rests on; not whether it still holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum


class Ground(Enum):
    """A lawful ground on which a part of a case may be shown to others without the person's consent."""

    CHILD = "child"
    ADULT = "adult"
    LIFE = "life"
    CRIME = "crime"
    COURT = "court"
    LAW = "law"
    HOMELESSNESS = "homelessness"


@dataclass(frozen=True, slots=True, kw_only=True)
class Law:
    """A ground in plain words, what it asks of whoever relies on it, and where it stands in law."""

    title: str
    asks: str
    act: str


GROUNDS: Mapping[Ground, Law] = {
    Ground.CHILD: Law(
        title="To keep a child safe",
        asks="A child needs protecting, and asking for consent first is not possible or would put the child at risk.",
        act="Data Protection Act 2018, Schedule 1, paragraph 18; Children Act 1989, section 47",
    ),
    Ground.ADULT: Law(
        title="To keep an adult at risk safe",
        asks="An adult with care and support needs is at risk of harm and cannot protect themselves from it.",
        act="Data Protection Act 2018, Schedule 1, paragraph 18; Care Act 2014, section 42",
    ),
    Ground.LIFE: Law(
        title="To protect somebody’s life",
        asks="Somebody’s life is in danger, and the person cannot be asked, or cannot be asked in time.",
        act="UK GDPR, Article 6(1)(d) and Article 9(2)(c)",
    ),
    Ground.CRIME: Law(
        title="To prevent or detect a crime",
        asks="The crime is serious enough, and asking for consent would get in the way of preventing or detecting it.",
        act="Crime and Disorder Act 1998, section 115; Data Protection Act 2018, Schedule 1, paragraph 10",
    ),
    Ground.COURT: Law(
        title="A court has ordered it",
        asks="There is an order that names what is to be shown. Show that, and no more.",
        act="Data Protection Act 2018, Schedule 2, paragraph 5",
    ),
    Ground.LAW: Law(
        title="A law demands it",
        asks="A law says that this has to be shown to this agency. Name it in the purpose.",
        act="UK GDPR, Article 6(1)(c); Data Protection Act 2018, Schedule 1, paragraph 6",
    ),
    Ground.HOMELESSNESS: Law(
        title="A council’s duty to somebody who is homeless",
        asks="A council has to decide what it owes to the person, and what is shown is needed for that.",
        act="Housing Act 1996, Part 7; Data Protection Act 2018, Schedule 1, paragraph 6",
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What an act gives: to `role` of `agency`, or to one `account` of theirs alone, these `parts` (compartments).

    It rests on a `consent` of the scheme by name or on a lawful `ground`; emergency access, on neither. `number` is
    that of the event that gives it; `purpose` the reason in words, for those who read the core of the case.
    """

    number: int
    role: str
    agency: str
    parts: tuple[str, ...]
    purpose: str
    until: datetime
    consent: str = ""
    ground: Ground | None = None
    account: str = ""

    def __post_init__(self) -> None:
        """It rests on exactly one thing."""
        if sum(map(bool, (self.consent, self.ground, self.account))) != 1:
            raise ValueError("a share rests on a consent or on a lawful ground; emergency access is one person's")

    @property
    def rests_on(self) -> str:
        """What messages about it name, so that they go when it does."""
        return f"share.{self.number}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """That somebody gave leave on these terms: when, by the role of which agency."""

    terms: Terms
    at: datetime
    role: str
    agency: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What is open now to others by an act; nothing personal, and no purpose.

    `ground` "": by `consent`, or to one `account` in an emergency. `until`: it ends by itself then, or with
    the consent that it rests on where that lapses sooner, which is in it already.
    """

    number: int
    role: str
    agency: str
    parts: tuple[str, ...]
    since: datetime
    until: datetime
    consent: str = ""
    ground: str = ""
    account: str = ""
