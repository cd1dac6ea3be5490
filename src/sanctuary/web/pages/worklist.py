"""What does the worklist say? The cases that need this person first, the rest after, fifty to a page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from sanctuary.core.messages import told
from sanctuary.core.scheme import Scheme
from sanctuary.records.accounts import Staff
from sanctuary.records.messages import Message
from sanctuary.web import staffing, wording
from sanctuary.web.pages.listing import Listed

PAGE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """What the list is narrowed to, and which page of it is shown; "" is everything. `also`: what else links carry."""

    scheme: str = ""
    area: str = ""
    page: int = 1
    also: Mapping[str, str] = field(default_factory=dict)

    @property
    def skip(self) -> int:
        """How many cases come before this page."""
        return (self.page - 1) * PAGE


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """Something that waits to be opened."""

    id: UUID
    text: str
    when: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WorklistPage:
    """The worklist. Filters and pagination are parameters of GOV.UK's components."""

    needs_you: tuple[Listed, ...]
    needs_you_count: int
    others: tuple[Listed, ...]
    others_count: int
    filters: tuple[dict[str, Any], ...]
    pagination: dict[str, Any] | None
    narrowed: bool
    messages: tuple[Notice, ...] = ()
    more_messages: bool = False


def notices(found: Sequence[Message], now: datetime) -> tuple[Notice, ...]:
    """What waits to be opened, in words."""
    return tuple(Notice(id=each.id, text=told(each.kind).text, when=wording.ago(each.queued, now)) for each in found)


def filters(schemes: Mapping[str, Scheme], staff: Staff, chosen: Chosen) -> tuple[dict[str, Any], ...]:
    """Lists to choose a scheme and an area from, of those where the person works; none where there is only one."""
    theirs = list(staffing.areas(schemes, staff))
    areas = {area.name: area.title for _, area in theirs}
    titles = {scheme.key: scheme.title for scheme, _ in theirs}
    offered = [
        ("scheme", "Scheme", "All schemes", titles, chosen.scheme),
        ("area", "Area", "All areas", areas, chosen.area),
    ]
    return tuple(
        {
            "id": name,
            "name": name,
            "label": {"text": label},
            "items": [{"value": "", "text": every}, *_items(choices, current)],
        }
        for name, label, every, choices, current in offered
        if len(choices) > 1
    )


def last_page(count: int) -> int:
    """The number of the last page of a list of so many; an empty list has one page too."""
    return max(1, -(-count // PAGE))


def pagination(count: int, chosen: Chosen) -> dict[str, Any] | None:
    """Links to the other pages; None where one is enough."""
    last = last_page(count)
    if last < 2:
        return None
    near = sorted({1, last, *range(max(1, chosen.page - 1), min(last, chosen.page + 1) + 1)})
    parameters: dict[str, Any] = {"items": [_page(number, chosen) for number in _with_gaps(near)]}
    if chosen.page > 1:
        parameters["previous"] = {"href": _address(chosen.page - 1, chosen)}
    if chosen.page < last:
        parameters["next"] = {"href": _address(chosen.page + 1, chosen)}
    return parameters


def _items(choices: Mapping[str, str], current: str) -> list[dict[str, Any]]:
    ordered = sorted(choices.items(), key=lambda item: item[1])
    return [{"value": key, "text": title, "selected": key == current} for key, title in ordered]


def _with_gaps(numbers: Sequence[int]) -> list[int]:
    """0 stands for pages left out."""
    shown: list[int] = []
    for number in numbers:
        if shown and number > shown[-1] + 1:
            shown.append(0)
        shown.append(number)
    return shown


def _page(number: int, chosen: Chosen) -> dict[str, Any]:
    if number == 0:
        return {"ellipsis": True}
    return {"number": number, "href": _address(number, chosen), "current": number == chosen.page}


def _address(number: int, chosen: Chosen) -> str:
    kept = {"scheme": chosen.scheme, "area": chosen.area, "page": number if number > 1 else "", **chosen.also}
    return f"?{urlencode({name: value for name, value in kept.items() if value})}"
