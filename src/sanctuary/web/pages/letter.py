"""What does the letter of a step say in this case? Its merge fields filled from what this person may read."""

from __future__ import annotations

from datetime import datetime

from sanctuary.actions.held import HELD_ELSEWHERE
from sanctuary.actions.see_case import SeenCase
from sanctuary.core.letters import Merged, merge
from sanctuary.core.scheme import Step
from sanctuary.web import naming, wording
from sanctuary.web.pages.answers import lines


def merged(seen: SeenCase, step: Step, now: datetime) -> Merged:
    """The letter of `step` as it would be sent, with what is still missing."""
    return merge(seen.scheme.letters[step.letter], _values(seen, now))


def _values(seen: SeenCase, now: datetime) -> dict[str, str | tuple[str, ...]]:
    stopped = seen.progress.stopped
    reasons = tuple(reason.text for reason in stopped)
    alternatives = dict.fromkeys(each for reason in stopped for each in reason.alternatives)
    said = {
        name: "\n".join(lines(question, value))
        for name, value in seen.facts.answers.items()
        if (question := naming.question(seen.scheme, name))
    }
    return {
        **said,
        "today": wording.day(now),
        "reference": seen.reference,
        "agency": seen.staff.agency_title,
        "officer": seen.staff.name,
        "person": naming.person(seen.scheme),
        # A reason that this person may not read is a gap: the letter is for somebody else to send.
        "reasons": () if HELD_ELSEWHERE in reasons else reasons,
        "alternatives": tuple(alternatives),
    }
