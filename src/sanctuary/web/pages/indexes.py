"""What is listed on the page of one's account, of administration and of oversight? By heading, in the order of use."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A page, by the name of its address. `duty`: only for those who hold it; `waiting`: so many things wait there."""

    name: str
    title: str
    about: str
    duty: str = ""
    waiting: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Entries under a heading; without one where the page needs none."""

    heading: str = ""
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """A page that leads to others."""

    title: str
    about: str
    groups: tuple[Group, ...]


_DEPUTIES = Entry(name="deputies", title="Deputies", about="Who stands in for whom, from which day until which.")
INDEXES: Mapping[str, Index] = {
    "account": Index(
        title="Your account",
        about="How you sign in, who stands in for you, and whose case you should not see.",
        groups=(
            Group(
                entries=(
                    Entry(name="ways", title="Your ways of signing in", about="Passkeys, a password with an app."),
                    Entry(name="sessions", title="Where you are signed in", about="End what you do not know."),
                    _DEPUTIES,
                    Entry(name="conflicts", title="Whom you know", about="Their cases are hidden from you."),
                )
            ),
        ),
    ),
    "administration": Index(
        title="Administration",
        about="The people of your agency, and what they may do.",
        groups=(
            Group(
                entries=(
                    Entry(name="people", title="People", about="Invite people, change what they do, end accounts."),
                    Entry(name="teams", title="Teams", about="Who sees cases of some areas only."),
                    _DEPUTIES,
                    Entry(name="people_log", title="Changes of people", about="What was done, and by whom."),
                    Entry(
                        name="arrange_sign_in",
                        title="Sign-in through your agency",
                        about="Let your people come in with the account that they use every day.",
                    ),
                )
            ),
        ),
    ),
    "oversight": Index(
        title="Oversight",
        about="Who looked at what, what raised an alarm, and what takes a second person.",
        groups=(
            Group(
                heading="What waits for you",
                entries=(
                    Entry(
                        name="emergencies",
                        title="Emergency access",
                        about="Cases opened in an emergency, to be reviewed the same day.",
                    ),
                    Entry(name="alarms", title="Alarms", about="What is not as it should be, and who has it in hand."),
                    Entry(
                        name="proposals",
                        title="What waits for a second person",
                        about="Copies to be let go, records to be destroyed, conflicts of interest to be lifted.",
                    ),
                ),
            ),
            Group(
                heading="Who sees what",
                entries=(
                    Entry(name="audit", title="Who looked at this, and why", about="By case, and by colleague."),
                    Entry(
                        name="conflicts_found",
                        title="Conflicts of interest",
                        about="Colleagues who are kept from a case because they may know somebody in it.",
                    ),
                    Entry(
                        name="crossings",
                        title="The same people on opposite sides",
                        about="Two cases in which somebody is the person of one and the perpetrator of the other.",
                        duty="specialist",
                    ),
                    Entry(
                        name="oversight_people",
                        title="Changes of people",
                        about="Who was invited, changed or ended, and by whom.",
                    ),
                ),
            ),
            Group(
                heading="Records whose time has passed",
                entries=(
                    Entry(
                        name="records_due",
                        title="Records to dispose of",
                        about="Records whose time has passed, holds that keep them, and requests for erasure.",
                    ),
                    Entry(
                        name="certificates",
                        title="Certificates",
                        about="What was destroyed, when, by which rule, and by whom.",
                    ),
                ),
            ),
            Group(
                heading="When something has gone wrong",
                entries=(
                    Entry(
                        name="stop",
                        title="Stop everyone",
                        about="End every session at once. Nobody can sign in until it is lifted.",
                    ),
                ),
            ),
        ),
    ),
}


def index(name: str, duties: Collection[str], waiting: Mapping[str, int]) -> Index:
    """The index for somebody with these duties; `waiting`: how many things wait on a page, by its name."""
    whole = INDEXES[name]
    return replace(whole, groups=tuple(_shown(group, duties, waiting) for group in whole.groups))


def _shown(group: Group, duties: Collection[str], waiting: Mapping[str, int]) -> Group:
    theirs = [each for each in group.entries if not each.duty or each.duty in duties]
    return replace(group, entries=tuple(replace(each, waiting=waiting.get(each.name, 0)) for each in theirs))
