"""What can be not as it should be, and what does a person with oversight do about it? Who sees it, the database says.

Nothing personal stands in an alarm: its kind, a case, a colleague, and the name of a pattern or a page.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum


class Kind(Enum):
    """A kind of alarm. The value is how it is kept."""

    EMERGENCY_OPENED = "emergency_opened"
    EMERGENCY_UNREVIEWED = "emergency_unreviewed"
    DECOY_OPENED = "decoy_opened"
    SNOOPING = "snooping"
    BUDGET = "budget"
    CONFLICT_FOUND = "conflict_found"
    CROSSING = "crossing"
    CONCERN = "concern"
    CONTACT_REFUSED = "contact_refused"
    ALL_STOPPED = "all_stopped"
    SECOND_FACTOR_RESET = "second_factor_reset"
    SIGN_IN_CHANGED = "sign_in_changed"
    CODES_GUESSED = "codes_guessed"
    AUDIT_BROKEN = "audit_broken"


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What is said of a kind: its title, what it means and what to do. `pressing`: look at it today."""

    title: str
    means: str
    to_do: str
    pressing: bool = False


class Outcome(Enum):
    """What an alarm turned out to be."""

    IN_ORDER = "in_order"
    MISTAKE = "mistake"
    BREACH = "breach"
    NOT_CLEAR = "not_clear"


OUTCOMES: Mapping[Outcome, str] = {
    Outcome.IN_ORDER: "It was part of their work",
    Outcome.MISTAKE: "It was a mistake, and the colleague has been spoken to",
    Outcome.BREACH: "It was not right, and our own procedure for breaches is under way",
    Outcome.NOT_CLEAR: "It cannot be told any more",
}

SAID: Mapping[Kind, Said] = {
    Kind.EMERGENCY_OPENED: Said(
        title="Emergency access was used",
        means="A colleague opened a case that was not theirs, gave a reason, and saw it for a short time.",
        to_do="Read the reason today and decide whether it was right. Ask the colleague what they needed.",
        pressing=True,
    ),
    Kind.EMERGENCY_UNREVIEWED: Said(
        title="Emergency access waits for a review",
        means="Nobody has looked at a use of emergency access on the day it happened.",
        to_do="Review it now, or ask another lead to.",
        pressing=True,
    ),
    Kind.DECOY_OPENED: Said(
        title="A case made for this purpose was opened",
        means="The case is about nobody. It is closed, and no work leads to it.",
        to_do="Ask the colleague how they came to it. Look at what else they read that day. Do not say which it was.",
        pressing=True,
    ),
    Kind.SNOOPING: Said(
        title="Readings that follow a pattern",
        means="What a colleague read looks like looking without need. It may have a good reason.",
        to_do="Open their readings, then ask them. Listen first: cover, training and handovers look like this too.",
    ),
    Kind.BUDGET: Said(
        title="A great many cases or searches in an hour, or people known in a day",
        means="A colleague opened, searched or gave more than their work asks for.",
        to_do="Ask what they are doing. If it cannot be them, stop their account and see where they were signed in.",
        pressing=True,
    ),
    Kind.CONFLICT_FOUND: Said(
        title="A colleague may know somebody in a case",
        means="A detail of a colleague is the same as one of a person in a case. The case is already hidden from them.",
        to_do="Look at the conflict and decide whether it stays. Do not ask the colleague about the case.",
    ),
    Kind.CROSSING: Said(
        title="Two cases may name the same people on opposite sides",
        means="A specialist has been told. Neither case shows anything of the other.",
        to_do="Make sure that the specialist has looked at it.",
        pressing=True,
    ),
    Kind.CONCERN: Said(
        title="A colleague saw something that they should not see",
        means="They pressed “I see something I should not” on the page named here.",
        to_do="Speak to them now. If others may see it too, stop everyone and find out what happened.",
        pressing=True,
    ),
    Kind.CONTACT_REFUSED: Said(
        title="A way of contact was refused",
        means="Something entered as safe is also known to belong to the person who does the harm. It was not kept.",
        to_do="See that whoever entered it asks the person again how they can be reached safely.",
    ),
    Kind.ALL_STOPPED: Said(
        title="Everyone was stopped",
        means="All sessions ended, and nobody could sign in until they were let in again.",
        to_do="Write down what happened and what was done, and tell the agencies.",
        pressing=True,
    ),
    Kind.SECOND_FACTOR_RESET: Said(
        title="A second factor was set up anew",
        means="A colleague's passkey or code generator was replaced with the help of an administrator.",
        to_do="Make sure with the colleague, face to face or on a number that you know, that it was them.",
    ),
    Kind.SIGN_IN_CHANGED: Said(
        title="An agency signs in somewhere else",
        means="An administrator arranged another address at which the people of their agency sign in.",
        to_do="Make sure that the address is the agency's own. Whoever it belongs to could come in as any of them.",
        pressing=True,
    ),
    Kind.CODES_GUESSED: Said(
        title="Somebody may know a colleague's password",
        means="After their password, or in their session, a great many codes were tried that were not the right ones.",
        to_do="Ask the colleague whether it was them. If not, have them change their password today.",
        pressing=True,
    ),
    Kind.AUDIT_BROKEN: Said(
        title="The record of readings is not whole",
        means="Something in the chain of readings and writings was changed, removed or moved outside Sanctuary.",
        to_do="Keep the checkpoints safe, tell whoever runs the server, and run verify-audit: it says what and where.",
        pressing=True,
    ),
}


def said(kind: str) -> Said:
    """What is said of a kind as it is kept. One that this release does not know is still an alarm."""
    try:
        return SAID[Kind(kind)]
    except ValueError:
        title = kind.replace("_", " ").capitalize()
        return Said(title=title, means="This release has no words for it.", to_do="Ask whoever runs Sanctuary.")
