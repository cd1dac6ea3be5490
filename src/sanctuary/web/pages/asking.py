"""Which questions are asked about a colleague? Their role, team and duties; a team's areas; a deputy's days."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from sanctuary.core.scheme import Question, QuestionType
from sanctuary.records.people import Colleague
from sanctuary.records.teams import Team
from sanctuary.web.forms.own import Filled, ask
from sanctuary.web.pages.people import DUTIES, DUTIES_ABOUT, WHOLE, Parts, reads, role_title

WHOLE_TEAM = "all"


def known_as() -> Question:
    """What they are called."""
    return ask("name", "Name", QuestionType.NAME, hint="As colleagues know them. It stands beside what they record.")


def newcomer() -> tuple[Question, ...]:
    """Who it is."""
    return (
        known_as(),
        ask(
            "email",
            "Work email address",
            QuestionType.EMAIL,
            hint="They sign in with it. Nothing is sent to it, and nobody outside your agency is shown it.",
        ),
    )


def work(parts: Parts, teams: Sequence[Team], held: str = "") -> tuple[Question, ...]:
    """What they do: one of the roles that the agency plays, or the one that they have; a team where there are any."""
    roles = {name: role_title(parts, name) for name in dict.fromkeys((*parts, *filter(None, (held,))))}
    offered = {WHOLE_TEAM: WHOLE, **{str(each.id): each.title for each in teams}}
    role = ask("role", "Role", QuestionType.CHOICE, options=roles, hint="It decides what they read of a case.")
    team = ask("team", "Team", QuestionType.CHOICE, options=offered, hint="A team sees cases of its areas only.")
    duties = ask(
        "duties", "Duties beside it", QuestionType.CHOICES, options=DUTIES, optional=True, hint="Most people have none."
    )
    return (role, team, duties) if teams else (role, duties)


def hints(parts: Parts) -> Mapping[str, Mapping[str, str]]:
    """What each role reads, and what each duty is."""
    return {"role": {name: " ".join(map(reads, several)) for name, several in parts.items()}, "duties": DUTIES_ABOUT}


def team_of(given: Filled) -> UUID | None:
    """The team that was chosen; None: the whole agency."""
    chosen = given.text("team")
    return UUID(chosen) if chosen not in ("", WHOLE_TEAM) else None


def duties_of(given: Filled) -> frozenset[str]:
    """The duties that were chosen."""
    return given.several("duties")


def team_questions(areas: Mapping[str, str]) -> tuple[Question, ...]:
    """A team: its name and its areas."""
    return (
        ask("title", "Name of the team", QuestionType.NAME),
        ask("areas", "Areas in which it works", QuestionType.CHOICES, options=areas),
    )


def deputy_questions(colleagues: Sequence[Colleague], parts: Parts, away: UUID | None) -> tuple[Question, ...]:
    """A deputy: who will be `away`, where that is still to be said, who stands in, and the days."""
    people = {
        str(each.account): f"{each.name} ({role_title(parts, each.role)})"
        for each in colleagues
        if each.account != away
    }
    who = ask("away", "Who will be away?", QuestionType.CHOICE, options=people)
    rest = (
        ask("deputy", "Who stands in?", QuestionType.CHOICE, options=people),
        ask("first", "First day", QuestionType.DATE, hint="For example, 27 3 2027"),
        ask("last", "Last day", QuestionType.DATE, hint="It ends by itself at the end of this day."),
    )
    return rest if away else (who, *rest)
