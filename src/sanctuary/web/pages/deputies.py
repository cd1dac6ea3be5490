"""How are deputies told? For whom the reader may act now, who stands in for them, and who for others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sanctuary.core.clocks import LONDON
from sanctuary.records.accounts import Staff
from sanctuary.records.deputies import Deputy
from sanctuary.web.pages.people import last_day
from sanctuary.web.wording import day


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedDeputy:
    """A deputy in words. `days` is "from … until …"."""

    id: UUID
    name: str
    for_name: str
    days: str
    until: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeputiesPage:
    """`mine`: whom the reader may act for now; `later`: from a day to come; `own`: the reader's; `others`: the rest."""

    acting_for: str
    mine: tuple[ListedDeputy, ...]
    later: tuple[ListedDeputy, ...]
    own: tuple[ListedDeputy, ...]
    others: tuple[ListedDeputy, ...]


def deputies_page(deputies: Sequence[Deputy], staff: Staff) -> DeputiesPage:
    """The page; what neither concerns the reader nor is theirs to look after is left out."""
    theirs = [each for each in deputies if each.account == staff.account]
    rest = [each for each in deputies if staff.account not in (each.account, each.for_account)]
    return DeputiesPage(
        acting_for=staff.acting_for,
        mine=tuple(_listed(each) for each in theirs if each.now),
        later=tuple(_listed(each) for each in theirs if not each.now),
        own=tuple(_listed(each) for each in deputies if each.for_account == staff.account),
        others=tuple(_listed(each) for each in rest) if "administrator" in staff.duties else (),
    )


def _listed(deputy: Deputy) -> ListedDeputy:
    until = last_day(deputy.ends)
    days = f"from {day(deputy.starts.astimezone(LONDON))} until the end of {until}"
    return ListedDeputy(id=deputy.id, name=deputy.name, for_name=deputy.for_name, days=days, until=until)
