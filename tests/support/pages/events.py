"""The catalogue of events, told kind by kind; a kind that is not told here stops the generator."""

from __future__ import annotations

from collections.abc import Mapping
from typing import assert_never

from sanctuary.core.events import EventKind
from tests.support.pages.markdown import page, table

_INTRODUCTION = """
A case is what happened to it: an append-only list of events, each in one compartment. Nothing about where a case stands
is stored as truth; it is worked out from these. Every event has the time at which the thing happened (which may be
before it was recorded), and the role and agency that did it.
"""


def pages() -> Mapping[str, str]:
    """The page of all kinds."""
    head = ("event", "carries", "what it means", "what it changes")
    rows = [(f"`{kind.value}`", *_told(kind)) for kind in EventKind]
    return {"docs/reference/events.md": page("Events", _INTRODUCTION, table(head, rows))}


def _told(kind: EventKind) -> tuple[str, str, str]:  # noqa: C901 - one case for each kind
    match kind:
        case EventKind.OPENED:
            return "area, version", "The case begins.", "The area decides the agencies, the version the rules."
        case EventKind.ANSWERED:
            return "step, answers", "Questions were answered, all in one compartment.", "The answers are facts now."
        case EventKind.DRAFTED:
            return "step, answers", "Some answers were saved for later.", "They are kept, and nothing rests on them."
        case EventKind.DONE:
            return "step", "A step was handed in.", "The step is done; its drafts are gone."
        case EventKind.ASKED:
            return "step", "An enquiry or a notice went out.", "Its answer is awaited; a clock may start."
        case EventKind.ACKNOWLEDGED:
            return "step, role", "A notice was seen by a role.", "Once all have seen it the step is done."
        case EventKind.REOPENED:
            return "step, reason", "A step has to be done again.", "It is not done; its answers are drafts again."
        case EventKind.PAUSED:
            return "step, reason, cause", "The clocks of a step stand still.", "What is due is due later."
        case EventKind.RESUMED:
            return "step", "The clocks of a step run again.", "The time in between does not count."
        case EventKind.WITHDRAWN:
            return "consent, reason", "A consent was withdrawn.", "What rested on it no longer holds."
        case EventKind.OVERRIDDEN:
            return "rule, reason", "A rule was set aside for this case.", "It stops nothing, and says who and why."
        case EventKind.PASSED_ON:
            return "step, to", "A step was passed on to another role.", "Its draft is kept; it is that role's turn."
        case EventKind.MOVED:
            return "version", "The case goes on under another version.", "From now on that version's rules apply."
        case EventKind.SHARED:
            return "share", "Parts of the case were shared, for a time.", "A role of an agency reads them until then."
        case EventKind.UNSHARED:
            return "share, reason", "A share was ended before its time.", "What it opened is closed."
        case EventKind.EMERGENCY:
            return "share", "One person opened the case in an emergency.", "That person reads it for some hours."
        case _:
            assert_never(kind)
