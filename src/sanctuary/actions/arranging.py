"""What came of arranging something about people? It is done, or a rule stands against it: in words, with what to do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.db import transaction

from sanctuary.actions.results import Faulty, Missing, Refused
from sanctuary.records.arranging import (
    HAS_ACCOUNT,
    LAST_ADMINISTRATOR,
    NOT_ONESELF,
    TITLE_TAKEN,
    NotTheirs,
    RuleBroken,
)
from sanctuary.records.invitations import Keys

_SAID: Mapping[str, str] = {
    LAST_ADMINISTRATOR: (
        "This is the last administrator of your agency who can sign in. An agency keeps one, or nobody could invite or "
        "end anybody. Make somebody else an administrator first, and wait until they have set up how they sign in."
    ),
    HAS_ACCOUNT: "Somebody with this email address has an account in your agency already. Look for them under People.",
    NOT_ONESELF: (
        "Nobody changes their own role, team or duties, except to give duties up, or those of a colleague whose deputy "
        "they are. Nobody adds areas to their own team, makes themselves a deputy, or sets up their own way in anew. "
        "Another administrator of your agency can do it; where there is none, whoever runs this site."
    ),
    TITLE_TAKEN: "Your agency has another team with this name. Choose a name that nobody will mix up with it.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Arranged:
    """It is done, and counts from the next request of whomever it concerns."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Invited:
    """Somebody is invited. The keys are known here and nowhere else: they are shown once."""

    keys: Keys


Outcome = Arranged | Invited | Faulty | Refused | Missing


@transaction.atomic
def arranged(act: Callable[[], Keys | object]) -> Outcome:
    """Carry it out in a transaction of its own."""
    try:
        made = act()
    except RuleBroken as broken:
        return Refused(reasons=(_SAID[broken.rule],))
    except NotTheirs:
        return Missing()
    if made is False:
        return Missing()
    return Invited(keys=made) if isinstance(made, Keys) else Arranged()
