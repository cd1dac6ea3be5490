"""How is a reading said? When, who, for which agency, in which part, which page, and why they could."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sanctuary.core.scheme import Scheme
from sanctuary.records.readings import Line, Reader
from sanctuary.web import wording
from sanctuary.web.pages.worklist import Chosen, pagination

DAYS: Mapping[str, str] = {"7": "7 days", "30": "30 days", "90": "3 months", "365": "a year", "3650": "10 years"}
USUAL = "30"
# Pages by the names of their addresses, as people call them. What is not here is called by its address's name.
_PAGES: Mapping[str, str] = {
    "case": "the case", "pathway": "the picture of the procedure", "why": "why something is as it is",
    "step": "a step", "check": "a step, to hand it in", "section": "a form", "ask": "sending a request",
    "acknowledge": "confirming receipt", "letter": "a letter", "letter_pdf": "a letter as a file", "pause": "a pause",
    "resume": "the end of a pause", "reopen": "doing a step again", "override": "setting a rule aside",
    "withdraw": "withdrawing a consent", "move": "moving to a newer version", "referral": "a referral",
    "search": "a search", "worklist": "the worklist", "share": "sharing the case",
    "who_can_see": "who can see the case",
    "readers": "who has looked at the case", "audit_case": "who looked at a case", "flows": "counts",
}  # fmt: skip
_SEARCHES: Mapping[str, str] = {
    "surname": "a last name", "full_name": "a whole name", "postcode": "a postcode", "birth_date": "a date of birth",
    "reference": "a reference",
}  # fmt: skip
# What was read, where no page was (a job, or before pages were noted).
_WHATS: Mapping[str, str] = {
    "case": "the case", "events": "what happened in the case", "loaded": "", "adopted": "", "write": "",
    "worklist": "the worklist", "search": "what a search found", "audit_of_case": "who looked at a case",
    "audit_of_person": "what a colleague read",
}  # fmt: skip
# Read to conclude from, and shown to nobody.
_UNSHOWN = frozenset({"evaluation", "writing"})
_GIVEN: Mapping[str, str] = {"shared": "The case was shared with them.", "emergency": "Emergency access."}


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditLine:
    """A reading in words. `case_id` leads to the case's own readings, `emergency` to its reason."""

    at: datetime
    who: str
    part: str
    did: str
    why: str
    case_id: UUID | None
    reference: str
    emergency: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditPage:
    """Readings of a case or of a person, fifty to a page. `days` and `pagination` are of GOV.UK's components."""

    lines: tuple[AuditLine, ...]
    count: int
    days: dict[str, Any]
    pagination: dict[str, Any] | None


# What a role of an agency, both as they are noted, is called.
Title = Callable[[str, str], str]


def page_name(name: str) -> str:
    """What people call the page of this address."""
    return _PAGES.get(name, name.replace("_", " "))


def role_title(schemes: Mapping[str, Scheme], role: str, agency: str) -> str:
    """What a role is called in the scheme in which this agency (its title) has a part, else wherever it is one."""
    having = [scheme for scheme in schemes.values() if role in scheme.roles]
    having.sort(key=lambda scheme: agency not in scheme.agencies.values())
    return having[0].roles[role].title if having else role.replace("_", " ")


def audit_page(lines: Sequence[Line], count: int, days: str, page: int, title: Title, whole: bool) -> AuditPage:
    """The page; `whole`: all on one, for printing."""
    return AuditPage(
        lines=tuple(audit_line(line, title) for line in lines),
        count=count,
        days={
            "id": "days",
            "name": "days",
            "label": {"text": "Going back"},
            "items": [{"value": key, "text": text, "selected": key == days} for key, text in DAYS.items()],
        },
        pagination=None if whole else pagination(count, Chosen(page=page, also=_but_usual(days))),
    )


def audit_line(line: Line, title: Title) -> AuditLine:
    """One reading."""
    return AuditLine(
        at=line.at,
        who=line.name or ("" if line.account else "Nobody: it was brought in from outside"),
        part=", ".join(filter(None, (line.agency, title(line.role, line.agency) if line.role else ""))),
        did=_did(line),
        why=_why(line) if line.case_id and line.account else "",
        case_id=line.case_id,
        reference=line.reference,
        emergency=line.emergency,
    )


def reader_line(reader: Reader, title: Title, now: datetime) -> tuple[str, str, str]:
    """Whose name, of which agency and role, and what they did in the case."""
    part = title(reader.role, reader.agency)
    did = [f"{wording.count(reader.pages, 'look')}, the last {wording.ago(reader.last_at, now)}"]
    did += ["recorded something"] if reader.wrote else []
    did += ["it was their turn"] if reader.had_turn else []
    name = f"{reader.name}, standing in for {reader.for_whom}" if reader.for_whom else reader.name
    return name, f"{reader.agency} ({part})", "; ".join(did)


def _did(line: Line) -> str:
    """What they opened, found or wrote."""
    searched = [what.removeprefix("searched_") for what in line.whats if what.startswith("searched_")]
    if searched:
        found = f", and saw {wording.count(line.listed, 'case')}" if line.listed else ""
        return f"Searched by {wording.listed([_SEARCHES.get(each, each) for each in searched], 'or')}{found}"
    if line.listed:
        where = " and ".join(page_name(name) for name in line.pages) or "a list"
        return f"Saw {wording.count(line.listed, 'case')} on {where}"
    verb = "Recorded something on" if "write" in line.whats else "Opened"
    read = [_WHATS.get(what, what.replace("_", " ")) for what in line.whats if what not in _UNSHOWN]
    where = " and ".join(page_name(name) for name in line.pages) or wording.listed(list(filter(None, read)))
    if not where:
        return "Recorded something" if verb != "Opened" else "Loaded with its events"
    return f"{verb} {where}"


def _why(line: Line) -> str:
    """By what right, and whether there was something for them to do."""
    told = [f"Standing in for {line.for_whom}."] if line.for_whom else []
    told += [_GIVEN[kind] for kind in line.given if kind in _GIVEN]
    if line.by_procedure:
        told.append("It was their turn." if line.turn else "Their part in the procedure; it was not their turn.")
    if line.closed:
        told.append("The case was closed.")
    return " ".join(told) or "By an act recorded in the case."


def _but_usual(days: str) -> Mapping[str, str]:
    """What links to other pages carry of the days."""
    return {} if days == USUAL else {"days": days}
