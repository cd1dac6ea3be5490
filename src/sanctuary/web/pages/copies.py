"""What can be copied for the person of a case? What may go in, what is to be decided, and how far a copy has come."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from uuid import UUID

from sanctuary.actions.packed import Held
from sanctuary.actions.see_case import SeenCase
from sanctuary.core.packs import Choices, Hold, Item, Recipient, chosen, usual
from sanctuary.records.packs import Pack
from sanctuary.records.proposals import Proposal
from sanctuary.web import naming, wording
from sanctuary.web.pages.answers import reader
from sanctuary.web.pages.case import SafeContact, safe_contact

_WHY = {
    Hold.CHILD: "About a child. Left out unless you tick it.",
    Hold.NAMES: "Names somebody else. Left out unless you tick it.",
    Hold.PLACE: "May say where they live. Left out unless you tick it.",
}
TO = {
    Recipient.PERSON: "The {person}, in person",
    Recipient.ACTING_FOR_PERSON: "Somebody who acts for the {person}, with their written authority",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """Something that may be ticked: a question, its answer and when, and why it is held."""

    key: str
    ask: str
    said: str
    why: str
    ticked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Boxes that stand together."""

    title: str
    boxes: tuple[Box, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoosingPage:
    """What may go in, those to decide about first."""

    held: tuple[Group, ...]
    plain: tuple[Group, ...]
    about_others: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckPage:
    """What was chosen, counted, and each thing that goes in or stays out."""

    to: str
    count: str
    goes_in: tuple[Group, ...]
    stays_out: tuple[Group, ...]
    about_others: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyPage:
    """A copy that was made. `state`: "gone", "old", "made", "asked", "refused", "agreed" or "out"."""

    case_id: UUID
    reference: str
    pack: UUID
    person: str
    to: str
    count: str
    made: str
    state: str
    told: str
    pages: tuple[str, ...]
    safe: SafeContact


def recipients(case: SeenCase) -> dict[str, str]:
    """To whom a copy may go, in the scheme's words."""
    return {each.value: said.format(person=naming.person(case.scheme)) for each, said in TO.items()}


def choosing_page(it: Held, choices: Choices, *, looked: bool) -> ChoosingPage:
    """The boxes, ticked as before or, at first, where there is nothing to decide; none of a part that stays out."""
    ticked = choices.ticked if looked else usual(it.offered)
    items = [item for item in it.offered.items if item.part not in choices.parts_left]
    return ChoosingPage(
        held=_groups((item for item in items if item.hold is not Hold.NONE), ticked),
        plain=_groups((item for item in items if item.hold is Hold.NONE), ticked),
        about_others=it.offered.about_others,
    )


def check_page(it: Held, choices: Choices, to: str) -> CheckPage:
    """What goes in and what does not."""
    inside = chosen(it.offered, choices)
    outside = [item for item in it.offered.items if item not in inside]
    return CheckPage(
        to=to,
        count=f"{len(inside)} of {wording.count(len(it.offered.items), 'thing')}",
        goes_in=_groups(inside, choices.ticked),
        stays_out=_groups(outside, choices.ticked),
        about_others=it.offered.about_others,
    )


def copy_page(case: SeenCase, pack: Pack, asked: list[Proposal], pages: tuple[str, ...], now: datetime) -> CopyPage:
    """How far a copy has come."""
    state = _state(case, pack, asked, now)
    to = recipients(case)[pack.recipient]
    return CopyPage(
        case_id=case.case_id,
        reference=case.reference,
        pack=pack.id,
        person=naming.person(case.scheme),
        to=to[:1].lower() + to[1:],
        count=wording.count(pack.items, "thing"),
        made=f"{wording.moment(pack.at)} by {pack.by_name}",
        state=state,
        told=_told(state, pack, asked),
        pages=pages,
        safe=safe_contact(case.scheme, case.facts.answers, reader(case), case.progress.unsafe),
    )


def _state(case: SeenCase, pack: Pack, asked: list[Proposal], now: datetime) -> str:
    if pack.released_at:
        return "out"
    if not pack.is_here:
        return "gone"
    if pack.at_seq != case.seq:
        return "old"
    live = [each for each in asked if each.expires > now]
    if not live:
        return "made"
    return {None: "asked", True: "agreed", False: "refused"}[live[0].agreed]


def _told(state: str, pack: Pack, asked: list[Proposal]) -> str:
    last = asked[0] if asked else None
    if state == "out" and pack.released_at:
        return wording.moment(pack.released_at)
    if state == "asked" and last:
        return f"{wording.moment(last.at)}. It lapses on {wording.moment(last.expires)}"
    return last.decided_by_name if last else ""


def _groups(items: Iterable[Item], ticked: frozenset[str]) -> tuple[Group, ...]:
    return tuple(
        Group(title=title, boxes=tuple(_box(item, ticked) for item in group))
        for title, group in groupby(items, key=lambda item: item.title)
    )


def _box(item: Item, ticked: frozenset[str]) -> Box:
    named = f" It names: {', '.join(item.names)}." if item.names else ""
    by = f", {item.by}" if item.by else ""
    saved = "saved, not handed in, " if item.draft else ""
    said = " / ".join(item.lines)
    return Box(
        key=item.key,
        ask=item.ask,
        said=f"{said}{' · ' if said else ''}{saved}{wording.moment(item.at)}{by}",
        why=f"{_WHY[item.hold]}{named}" if item.hold is not Hold.NONE else "",
        ticked=item.key in ticked,
    )
