"""What do the index pages list, and in which order? What a person looks after, grouped by what they come for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from sanctuary.web.access_table import Address


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """An index page: its heading, what it is for, and by title of each group the names of its addresses."""

    title: str
    about: str
    groups: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A page that is listed. `waits`: how many things wait there, in words; "" where nothing is counted."""

    name: str
    title: str
    about: str
    waits: str
    pressing: bool


INDEXES: Mapping[str, Index] = {
    "account": Index(
        title="Your account",
        about="How you come in, who stands in for you, and which cases are kept from you.",
        groups={
            "Signing in": ("ways", "sessions"),
            "When somebody is away": ("deputies",),
            "People you know": ("conflicts",),
        },
    ),
    "administration": Index(
        title="Administration",
        about="The people of your agency, and what they may do.",
        groups={
            "People": ("people", "teams", "deputies"),
            "What was done": ("people_log",),
            "Signing in": ("arrange_sign_in",),
        },
    ),
    "oversight": Index(
        title="Oversight",
        about="Who looked at what, what raised an alarm, and what takes a second person.",
        groups={
            "What needs you": ("alarms", "emergencies", "proposals", "conflicts_found", "crossings"),
            "Look into something": ("audit", "oversight_people"),
            "Records whose time has passed": ("records_due", "certificates"),
            "If something has gone wrong": ("stop",),
        },
    ),
}


def groups(
    index: Index, addresses: Iterable[Address], waiting: Mapping[str, Callable[[UUID], int]], reader: UUID
) -> list[tuple[str, list[Entry]]]:
    """The groups of the index that hold any of these `addresses`, with how much is `waiting` for the reader at each."""
    theirs = {each.name: each for each in addresses}
    listed = {
        title: [
            _entry(theirs[name], waiting[name](reader) if name in waiting else None) for name in names if name in theirs
        ]
        for title, names in index.groups.items()
    }
    return [(title, entries) for title, entries in listed.items() if entries]


def _lists(index: Index, name: str) -> bool:
    return any(name in names for names in index.groups.values())


def _entry(address: Address, count: int | None) -> Entry:
    waits = "" if count is None else f"{count} to look at" if count else "Nothing waits"
    return Entry(name=address.name, title=address.title, about=address.about, waits=waits, pressing=bool(count))
