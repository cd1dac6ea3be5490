"""What is said of conflicts of interest and of crossings? To whoever declares one, to oversight and to specialists."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from sanctuary.core.scheme import Question, QuestionType
from sanctuary.records.screening import Crossing, Details, Found, Given, Purpose
from sanctuary.web import wording
from sanctuary.web.forms.own import Filled, ask

KEEP, ASK, LIFT = "keep", "ask", "lift"
_GIVEN = {"own": "How you are known yourself", "known": "Somebody you know", "case": "A case whose people you know"}
_SOURCES = {
    1: "Only a name is the same, and it may be another person's.",
    2: "A telephone number, email address or home is the same.",
    3: "The colleague said so.",
}
_SAME = {
    Purpose.NAME: "name",
    Purpose.PHONE: "telephone number",
    Purpose.EMAIL: "email address",
    Purpose.HOME: "home",
}
OUTCOMES: Mapping[str, str] = {
    "same_people": "They are the same people",
    "other_people": "They are other people",
    "not_clear": "It cannot be told",
}

# Any of these tells somebody apart, so none is needed by itself.
SOMEBODY: tuple[Question, ...] = (
    ask("name", "Their full name", QuestionType.NAME),
    ask("phone", "A telephone number of theirs", QuestionType.PHONE),
    ask("email", "An email address of theirs", QuestionType.EMAIL),
    ask("address", "Where they live", QuestionType.ADDRESS),
    ask("postcode", "The postcode there", QuestionType.POSTCODE),
)
OWN: tuple[Question, ...] = (
    ask("name", "Another name that you use or have used", QuestionType.NAME),
    ask("name_2", "One more", QuestionType.NAME),
    ask("address", "Your home address", QuestionType.ADDRESS),
    ask("postcode", "The postcode there", QuestionType.POSTCODE),
    ask("phone", "Your own telephone number", QuestionType.PHONE),
    ask("phone_2", "Another one", QuestionType.PHONE),
    ask("email", "Your own email address", QuestionType.EMAIL),
)
CASE: tuple[Question, ...] = (
    ask("reference", "The reference of the case", QuestionType.TEXT, hint="It looks like NOR-2A4C-7K."),
)
CROSSING: tuple[Question, ...] = (ask("outcome", "What did you find?", QuestionType.CHOICE, options=OUTCOMES),)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A conflict or crossing in a list. `pressing`: somebody has to look at it. `href` parts are opaque ids."""

    title: str
    note: str
    since: str
    state: str
    pressing: bool
    account: UUID | None = None
    case_id: UUID | None = None
    crossing: UUID | None = None


def given_line(given: Given) -> Line:
    """That something was given, and when; never what."""
    return Line(title=_GIVEN[given.kind], note="", since=wording.moment(given.at), state="", pressing=False)


def conflict_line(found: Found) -> Line:
    """A conflict for whoever has the oversight of it."""
    return Line(
        title=f"{found.name}, {found.agency}",
        note=f"Case {found.reference}. {_SOURCES[found.source]}",
        since=wording.moment(found.at),
        state="To be looked at" if found.is_new else "Stays",
        pressing=found.is_new,
        account=found.account,
        case_id=found.case_id,
    )


def crossing_line(crossing: Crossing) -> Line:
    """A crossing for a specialist."""
    same = wording.listed([_SAME[each] for each in crossing.same])
    said = OUTCOMES.get(crossing.outcome, "To be looked at")
    by = f", says {crossing.looked_by}" if crossing.looked_by else ""
    return Line(
        title=f"{crossing.one} and {crossing.other}",
        note=f"The same: {same}.",
        since=wording.moment(crossing.at),
        state=f"{said}{by}",
        pressing=not crossing.outcome,
        crossing=crossing.id,
    )


def choices(found: Found, agreed: bool) -> tuple[Question, ...]:
    """What can be done about a conflict: saying once that it stays; lifting it once somebody else has agreed."""
    options = {KEEP: "It stays: they do not see the case"} if found.state == "found" else {}
    options[ASK] = "Ask a second person to agree that it is lifted"
    if agreed:
        options[LIFT] = "Lift it now: a second person has agreed"
    return (ask("what", "What is to happen?", QuestionType.CHOICE, options=options),)


def details(given: Filled) -> Details:
    """What was filled in, as it is screened."""
    several: dict[str, tuple[str, ...]] = {
        kind: tuple(text for name in (kind, f"{kind}_2") if (text := given.text(name)))
        for kind in ("name", "phone", "email")
    }
    home = (given.text("address"), given.text("postcode"))
    return Details(
        names=several["name"], phones=several["phone"], emails=several["email"], homes=(home,) if any(home) else ()
    )
