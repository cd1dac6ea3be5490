"""How are the people of an agency told? Who they are, what they do and may read, and what was done about them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sanctuary.actions.parts_played import Part
from sanctuary.core.clocks import LONDON
from sanctuary.records.invitations import Pending
from sanctuary.records.people import Noted, Person
from sanctuary.records.teams import Team
from sanctuary.web.wording import day, listed, moment

Parts = Mapping[str, tuple[Part, ...]]
WHOLE = "The whole agency"
DUTIES: Mapping[str, str] = {
    "administrator": "Administrator",
    "oversight": "Oversight",
    "specialist": "Specialist",
}
DUTIES_ABOUT: Mapping[str, str] = {
    "administrator": "Invites people of your agency, changes what they do, and ends accounts. Reads no more of cases.",
    "oversight": "Reads who looked at what, answers alarms, and is the second person where something takes two.",
    "specialist": "Is told where two cases name the same people on opposite sides.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedPerson:
    """A line of the list of people."""

    account: UUID
    name: str
    email: str
    role: str
    team: str
    duties: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedInvitation:
    """Somebody who is invited and not here yet."""

    id: UUID
    name: str
    email: str
    role: str
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PeoplePage:
    """Everybody of an agency: who works there, who is invited, and who has left."""

    active: tuple[ListedPerson, ...]
    invited: tuple[ListedInvitation, ...]
    ended: tuple[ListedPerson, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonPage:
    """One person: what they do, and what their role may read, scheme by scheme."""

    person: ListedPerson
    is_active: bool
    own: bool
    last_seen: str
    reads: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LogLine:
    """Something that was done about people, in words."""

    at: datetime
    said: str
    by: str
    details: tuple[str, ...]


def role_title(parts: Parts, role: str) -> str:
    """What the schemes call the role."""
    titles = dict.fromkeys(part.role.title for part in parts.get(role, ()))
    return listed(tuple(titles), "or") or role.replace("_", " ").capitalize()


def reads(part: Part) -> str:
    """Where the role is played in a scheme, and what it reads there: always, and where a rule of the scheme says so."""
    titles = {name: each.title for name, each in part.scheme.compartments.items()}
    always = {name for rule in part.role.reads if rule.when is None and not rule.until for name in rule.compartments}
    at_times = {name for rule in part.role.reads for name in rule.compartments} - always
    said = [listed([title for name, title in titles.items() if name in names]) for names in (always, at_times)]
    more = f"; in some cases also: {said[1]}" if said[1] else ""
    return f"{part.scheme.title} ({listed(list(part.areas.values()))}). Reads: {said[0] or 'nothing always'}{more}."


def people_page(
    people: Sequence[Person], pending: Sequence[Pending], teams: Sequence[Team], parts: Parts
) -> PeoplePage:
    """The list."""
    lines = [(each, listed_person(each, teams, parts)) for each in people]
    return PeoplePage(
        active=tuple(line for each, line in lines if each.is_active),
        invited=tuple(_invited(each, parts) for each in pending),
        ended=tuple(line for each, line in lines if not each.is_active),
    )


def listed_person(person: Person, teams: Sequence[Team], parts: Parts) -> ListedPerson:
    """One line of it."""
    team = next((each.title for each in teams if each.id == person.team), "")
    return ListedPerson(
        account=person.account,
        name=person.name,
        email=person.email,
        role=role_title(parts, person.role),
        team=team,
        duties=duties(person.duties),
    )


def person_page(person: Person, teams: Sequence[Team], parts: Parts, own: bool) -> PersonPage:
    """One person, and whether it is the reader."""
    return PersonPage(
        person=listed_person(person, teams, parts),
        is_active=person.is_active,
        own=own,
        last_seen=moment(person.last_seen) if person.last_seen else "",
        reads=tuple(reads(part) for part in parts.get(person.role, ())),
    )


def last_day(ends: datetime) -> str:
    """The last day of a time that ends at midnight, which is the next day already."""
    return day((ends - timedelta(seconds=1)).astimezone(LONDON))


def duties(names: Iterable[str]) -> str:
    """Duties in words; "" for none."""
    held = set(names)
    return ", ".join(title for name, title in DUTIES.items() if name in held)


def log_line(noted: Noted, parts: Parts) -> LogLine:
    """An entry of the log."""
    about, for_whom = noted.about or "somebody", noted.for_whom or "a colleague"
    said = _SAID[noted.act].format(about=about, for_whom=for_whom, team=noted.detail.get("team", "a team"))
    who = "" if noted.act in _OF_THEMSELVES else noted.by or "whoever runs this site"
    return LogLine(at=noted.at, said=said, by=who, details=tuple(_details(noted, parts)))


def _invited(pending: Pending, parts: Parts) -> ListedInvitation:
    state = f"Can be accepted until {moment(pending.expires)}"
    if pending.expired:
        state = "Not accepted in time: it opens nothing any more"
    if pending.locked:
        state = "Locked after five wrong codes: it opens nothing any more"
    return ListedInvitation(
        id=pending.id, name=pending.name, email=pending.email, role=role_title(parts, pending.role), state=state
    )


def _details(noted: Noted, parts: Parts) -> Iterable[str]:
    """What an entry holds: for a change what is different now, with what it was before; otherwise all of it."""
    compared = _COMPARED.get(noted.act)
    for key, (title, word) in _DETAILS.items():
        new, old = word(noted.detail.get(key), parts), word(noted.detail.get(f"{key}_before"), parts)
        if compared is None and key in noted.detail:
            yield f"{title}: {new}"
        elif key in (compared or ()) and new != old:
            yield f"{title}: {new}. Before: {old}"


def _role(value: Any, parts: Parts) -> str:
    return role_title(parts, str(value)) if value else "none"


def _duties(value: Any, parts: Parts) -> str:
    return duties(value or ()) or "none"


def _plain(value: Any, parts: Parts) -> str:
    return str(value) if value else WHOLE.lower()


def _areas(value: Any, parts: Parts) -> str:
    titles = {
        f"{part.scheme.key}/{name}": title
        for several in parts.values()
        for part in several
        for name, title in part.areas.items()
    }
    return listed([titles.get(each, each) for each in value or ()]) or "none"


def _first(value: Any, parts: Parts) -> str:
    return day(datetime.fromisoformat(str(value)).astimezone(LONDON)) if value else ""


def _last(value: Any, parts: Parts) -> str:
    return last_day(datetime.fromisoformat(str(value))) if value else ""


_COMPARED: Mapping[str, tuple[str, ...]] = {
    "changed": ("name", "role", "duties", "team"),
    "team_made": ("areas",),
    "team_changed": ("team", "areas"),
    "team_ended": ("areas",),
    "sign_in_arranged": ("issuer",),
    "sign_in_ended": ("issuer",),
}
_DETAILS = {
    "name": ("Name", _plain),
    "role": ("Role", _role),
    "duties": ("Duties", _duties),
    "team": ("Team", _plain),
    "areas": ("Areas", _areas),
    "issuer": ("Address", _plain),
    "starts": ("From", _first),
    "ends": ("Until the end of", _last),
}
_OF_THEMSELVES = frozenset({"accepted", "locked", "address_taken", "acts_for", "acts_as_self"})
_SAID: Mapping[str, str] = {
    "invited": "{about} was invited",
    "invited_again": "{about} was invited again: what they had opens nothing any more",
    "withdrawn": "The invitation of {about} was withdrawn",
    "locked": "The invitation of {about} was locked after five wrong codes",
    "address_taken": "{about} could not accept: an account elsewhere has this email address",
    "accepted": "{about} accepted the invitation",
    "changed": "What {about} does was changed",
    "ended": "The account of {about} was ended",
    "team_made": "A team was made: {team}",
    "team_changed": "A team was changed: {team}",
    "team_ended": "A team was ended: {team}",
    "sign_in_arranged": "Where people of the agency sign in was arranged",
    "sign_in_ended": "That people sign in through the agency was ended",
    "deputy_appointed": "{about} was appointed deputy for {for_whom}",
    "deputy_ended": "{about} is no longer deputy for {for_whom}",
    "acts_for": "{about} began to act for {for_whom}",
    "acts_as_self": "{about} stopped acting for {for_whom}",
}
