"""What does the letter of a step say in this case? Its merge fields filled from what this person may read."""

from __future__ import annotations

from datetime import datetime

from sanctuary.actions.held import HELD_ELSEWHERE
from sanctuary.actions.see_case import SeenCase
from sanctuary.core.known import known
from sanctuary.core.letters import Merged, merge
from sanctuary.core.scheme import Step
from sanctuary.core.wording import Wording
from sanctuary.web import naming, wording
from sanctuary.web.pages.answers import lines


def merged(seen: SeenCase, step: Step, now: datetime) -> Merged:
    """The letter of `step` as it would be sent, with what is still missing."""
    return merge(seen.scheme.letters[step.letter], {**_values(seen, now), "agency": sender(seen, step)})


def sender(seen: SeenCase, step: Step) -> str:
    """Who the letter of `step` is from, as whoever gets it reads."""
    return seen.scheme.letters[step.letter].sender or seen.staff.agency_title


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
        **_settled(seen, now),
        "today": wording.day(now),
        "reference": seen.reference,
        "officer": seen.staff.name,
        "person": naming.person(seen.scheme),
        # A reason that this person may not read is a gap: the letter is for somebody else to send.
        "reasons": () if HELD_ELSEWHERE in reasons else reasons,
        "alternatives": tuple(alternatives),
    }


def _settled(seen: SeenCase, now: datetime) -> dict[str, str]:
    """What follows from the answers that this person may read, such as the address of the home that it is about."""
    answers = known(seen.scheme, seen.facts, now)
    words = Wording(scheme=seen.scheme).labels
    found = {one.name: answers.get(one.name) for one in seen.scheme.derived}
    return {name: words.get(name, {}).get(value, value) for name, value in found.items() if isinstance(value, str)}
