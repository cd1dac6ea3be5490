"""Who can see a case? Each agency, what, why and until when, in words; nothing of what the case says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sanctuary.actions.see_case import SeenCase
from sanctuary.core.clocks import LONDON, midnight
from sanctuary.core.consents import consent_of
from sanctuary.core.onlookers import Because, Onlooker, alone, onlookers
from sanctuary.core.scheme import Scheme
from sanctuary.core.shares import GROUNDS, Given, Ground
from sanctuary.web import naming, wording

HELD = "What for stands in a part of the record that your role does not read."


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What is seen for one reason; `source` is where the procedure says so."""

    titles: str
    source: str = ""
    ends: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seeing:
    """Somebody who can see the case. `number` is that of a share that this reader may end, or 0."""

    who: str
    role: str
    parts: tuple[Parts, ...]
    why: tuple[str, ...] = ()
    until: str = ""
    number: int = 0
    mine: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class WhoPage:
    """Everybody who can see the case, by what lets them; and what only one agency sees, or nobody."""

    case_id: UUID
    reference: str
    by_procedure: tuple[Seeing, ...]
    by_share: tuple[Seeing, ...]
    by_emergency: tuple[Seeing, ...]
    alone: tuple[str, ...]
    nobody: tuple[str, ...]
    may_share: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """What agencies and people are called: titles by key, names by account."""

    agencies: Mapping[str, str]
    people: Mapping[UUID, str]


def who_page(seen: SeenCase, named: Named, now: datetime) -> WhoPage:
    """The page, for somebody who can see the case themselves."""
    found = onlookers(seen.scheme, seen.progress, now)
    by_act = [(one, one.given) for one in found if one.given]
    only = alone(seen.scheme, found)
    return WhoPage(
        case_id=seen.case_id,
        reference=seen.reference,
        by_procedure=tuple(_by_procedure(seen, one, named) for one in found if not one.given),
        by_share=tuple(_by_share(seen, one, given, named) for one, given in by_act if not given.account),
        by_emergency=tuple(_in_emergency(seen, one, given, named) for one, given in by_act if given.account),
        alone=tuple(_only(seen, named, only)),
        nobody=tuple(seen.scheme.compartments[part].title for part, who in only.items() if not any(who)),
        may_share=bool(seen.mine) and not seen.progress.is_closed,
    )


def _by_procedure(seen: SeenCase, one: Onlooker, named: Named) -> Seeing:
    parts = tuple(_parts(seen.scheme, each) for each in one.because)
    return Seeing(
        who=_agency(named, one.agency),
        role=naming.role(seen.scheme, one.role),
        parts=parts,
        why=() if parts else ("They know that there is a case and what is to be done, and read nothing of it.",),
        mine=(one.role, one.agency) == (seen.staff.role, seen.staff.agency),
    )


def _parts(scheme: Scheme, because: Because) -> Parts:
    ends = f"until “{scheme.steps[because.until].title}” is done" if because.until else ""
    return Parts(titles=_titled(scheme, because.parts), source=because.source, ends=ends)


def _by_share(seen: SeenCase, one: Onlooker, given: Given, named: Named) -> Seeing:
    share = seen.facts.shares.get(given.number)
    by = f"Shared by {_agency(named, share.agency)} on {wording.day(given.since)}." if share else ""
    purpose = f"What for: {share.terms.purpose}" if share else HELD
    return Seeing(
        who=_agency(named, one.agency),
        role=naming.role(seen.scheme, one.role),
        parts=_titles(seen.scheme, one),
        why=tuple(filter(None, (by, purpose, basis(seen.scheme, given.consent, given.ground)))),
        until=_end(given.until),
        number=given.number if seen.mine else 0,
        mine=(one.role, one.agency) == (seen.staff.role, seen.staff.agency),
    )


def _in_emergency(seen: SeenCase, one: Onlooker, given: Given, named: Named) -> Seeing:
    share = seen.facts.shares.get(given.number)
    name = named.people.get(UUID(given.account), "One person")
    return Seeing(
        who=f"{name}, {_agency(named, one.agency)}",
        role=naming.role(seen.scheme, one.role),
        parts=_titles(seen.scheme, one),
        why=(
            f"Opened in an emergency on {wording.moment(given.since)}. Nobody else of the agency sees it for that.",
            f"Reason: {share.terms.purpose}" if share else HELD,
        ),
        until=wording.moment(given.until),
        mine=given.account == str(seen.staff.account),
    )


def basis(scheme: Scheme, consent: str, ground: str) -> str:
    """What a share rests on, in words."""
    if ground:
        law = GROUNDS[Ground(ground)]
        return f"Lawful ground: {law.title} ({law.act})."
    found = consent_of(scheme, consent)
    return f"With consent: {found.title}. It ends when that is taken back." if found else "With consent."


def _titles(scheme: Scheme, one: Onlooker) -> tuple[Parts, ...]:
    return (Parts(titles=_titled(scheme, one.parts)),)


def _titled(scheme: Scheme, parts: tuple[str, ...]) -> str:
    return wording.listed([scheme.compartments[name].title for name in parts])


def _end(until: datetime) -> str:
    """A moment, or the day at the end of which it is."""
    last = until.astimezone(LONDON) - timedelta(minutes=1)
    return (
        f"the end of {wording.day(last)}"
        if until == midnight(last.date() + timedelta(days=1))
        else wording.moment(until)
    )


def _only(seen: SeenCase, named: Named, only: Mapping[str, tuple[str, str]]) -> Iterator[str]:
    for part, (agency, role) in only.items():
        if agency:
            who = f"{_agency(named, agency)}, {naming.role(seen.scheme, role)}"
            yield f"{seen.scheme.compartments[part].title}: {who}"


def _agency(named: Named, key: str) -> str:
    return named.agencies.get(key, key)
