"""What would a copy of somebody's record hold, and how does it read? Shared by what offers, makes and releases one."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from itertools import groupby
from uuid import UUID

from sanctuary.actions import definitions
from sanctuary.core.clocks import LONDON
from sanctuary.core.copy_words import CLOSING, CLOSING_TITLE, KEYWORDS, OPENINGS, TITLE, label
from sanctuary.core.events import EventKind
from sanctuary.core.mentions import mentioned
from sanctuary.core.packs import Choices, Item, Offer, Recipient, chosen, forbidden, offer
from sanctuary.core.scheme import Scheme
from sanctuary.core.told import Entry
from sanctuary.gateways.copies import Copy, Line, Part, copy_as_pdf
from sanctuary.gateways.documents import printable
from sanctuary.gateways.reading_back import Unreadable, read_back
from sanctuary.records import accounts, cases, events
from sanctuary.records.accounts import Staff
from sanctuary.records.payload import load_event


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A case as the maker of a copy needs it: what they may read of it, and what may go in."""

    case_id: UUID
    reference: str
    scheme: Scheme
    seq: int
    staff: Staff
    numbers: dict[str, int]
    offered: Offer


def held(case_id: UUID, recipient: Recipient) -> Held | None:
    """What may go into a copy for this recipient, made by this person; None where there is no such case for them."""
    staff, row = accounts.current(), cases.find(case_id, "pack")
    if staff is None or row is None or not row.writes:
        return None
    mine = events.readable(case_id, "pack")
    whole = events.whole(case_id)  # after the other, which it must hold: somebody may add to the case in between
    versions = _versions(whole, row.version)
    scheme = versions[-1] if versions else definitions.version(row.version)
    entries = tuple(_entries(mine, versions))
    return Held(
        case_id=case_id,
        reference=row.reference,
        scheme=scheme,
        seq=row.seq,
        staff=staff,
        numbers={name: part.number for each in versions for name, part in each.compartments.items()},
        offered=offer(scheme, entries, _entries(whole, versions), recipient),
    )


def copy_of(it: Held, choices: Choices, at: datetime) -> Copy:
    """The copy in words."""
    return _copy(it, choices, f"Made on {_moment(at)} by {it.staff.agency_title}. Reference {it.reference}.")


def wrong_with(file: bytes, it: Held, choices: Choices) -> tuple[str, ...]:
    """Why these bytes are not what was chosen, in words; empty where they are. Read from the file that would leave."""
    try:
        found = read_back(file)
    except Unreadable:
        return ("The finished file cannot be read back, so nobody can say what is in it.",)
    reasons = []
    empty = _empty(_copy(it, replace(choices, ticked=frozenset()), it.staff.agency_title))
    dates = "\n".join(_when(item) for item in chosen(it.offered, choices))
    if mentioned(found.everything, forbidden(it.offered, choices, f"{empty}\n{dates}")):
        reasons.append("Something that was left out stands in the finished file.")
    if found.alien:
        reasons.append("The finished file brings something along that is not there to be read.")
    wanted = " ".join(printable(label(choices)).split())
    if not found.pages or not all(wanted in " ".join(page.split()) for page in found.pages):
        reasons.append("A page of the finished file does not say whom it is for.")
    return tuple(reasons)


def _copy(it: Held, choices: Choices, made: str) -> Copy:
    return Copy(
        title=TITLE,
        label=label(choices),
        agency=it.staff.agency_title,
        mark=it.reference,
        opening=(*OPENINGS[choices.recipient], made),
        parts=tuple(_parts(chosen(it.offered, choices))),
        closing_title=CLOSING_TITLE,
        closing=CLOSING,
        keywords=KEYWORDS,
    )


@lru_cache(maxsize=16)
def _empty(copy: Copy) -> str:
    """All that stands in a copy into which nothing went: the words that every copy has."""
    return read_back(copy_as_pdf(copy)).everything


def plan(choices: Choices) -> bytes:
    """The choices as they are kept beside the file."""
    content = {
        "recipient": choices.recipient.value,
        "parts": sorted(choices.parts_left),
        "ticked": sorted(choices.ticked),
        "named": choices.named,
    }
    return json.dumps(content, separators=(",", ":")).encode()


def planned(kept: bytes) -> Choices:
    """The choices that `plan` wrote."""
    content = json.loads(kept)
    return Choices(
        recipient=Recipient(content["recipient"]),
        parts_left=frozenset(content["parts"]),
        ticked=frozenset(content["ticked"]),
        named=content["named"],
    )


def _versions(whole: Sequence[events.StoredEvent], now: str) -> tuple[Scheme, ...]:
    """The scheme under which each event was recorded, in the order of the events."""
    found: list[Scheme] = []
    for stored in whole:
        if stored.kind in (EventKind.OPENED.value, EventKind.MOVED.value) and stored.payload is not None:
            named = load_event(stored.kind, stored.happened_at, stored.payload).version
            found.append(definitions.version(named or now))
        else:
            found.append(found[-1] if found else definitions.version(now))
    return tuple(found)


def _entries(stored: Sequence[events.StoredEvent], versions: Sequence[Scheme]) -> Iterator[Entry]:
    for each in stored:
        scheme = versions[each.seq - 1]
        part = next((name for name, part in scheme.compartments.items() if part.number == each.compartment), "")
        if each.payload is not None:
            event = load_event(each.kind, each.happened_at, each.payload)
            yield Entry(seq=each.seq, part=part, event=event, scheme=scheme)


def _parts(items: Sequence[Item]) -> Iterator[Part]:
    for title, group in groupby(items, key=lambda item: item.title):
        yield Part(title=title, items=tuple(_line(item) for item in group))


def _line(item: Item) -> Line:
    return Line(ask=item.ask, lines=item.lines, when=_when(item))


def _when(item: Item) -> str:
    by = f", {item.by}" if item.by else ""
    return f"{'Saved and not handed in: ' if item.draft else ''}{_moment(item.at)}{by}"


def _moment(at: datetime) -> str:
    local = at.astimezone(LONDON)
    return f"{local.day} {local:%B %Y} at {local:%H:%M}"
