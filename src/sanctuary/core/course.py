"""Which course does a case take now? The track it is on, and the steps asked again since their answers are too old."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sanctuary.core.events import Event, EventKind, fold
from sanctuary.core.facts import Facts
from sanctuary.core.gates import Verdict
from sanctuary.core.known import Known, settle
from sanctuary.core.scheme import Scheme, Track


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """The `scheme` that the case follows on its `track`, and what is known under that."""

    scheme: Scheme
    known: Known
    track: Track | None


def course(scheme: Scheme, facts: Facts, now: datetime, *, is_over: bool = False) -> Course:
    """The course of the case at `now` (aware); in one that has ended nothing is asked again."""
    known = settle(scheme, facts, now)
    track = next((one for one in scheme.tracks if one.when.decide(known.scope) is True), None)
    if track is not None:
        scheme = track.scheme
        known = settle(scheme, facts, now)
    outdated = _outdated(known.verdicts)
    if outdated and not is_over:
        known = settle(scheme, _opened_again(facts, outdated), now)
    return Course(scheme=scheme, known=known, track=track)


def _outdated(verdicts: Mapping[str, Verdict]) -> Mapping[str, datetime]:
    """The steps that are asked again, and since when."""
    found: dict[str, datetime] = {}
    for verdict in verdicts.values():
        for step, since in verdict.eased.outdated:
            found[step] = min(since, found.get(step, since))
    return found


def _opened_again(facts: Facts, outdated: Mapping[str, datetime]) -> Facts:
    """The facts as though these steps had been reopened; what was answered in them is kept for all other rules."""
    again = fold([Event(kind=EventKind.REOPENED, at=at, step=step) for step, at in outdated.items()], facts)
    return replace(again, seq=facts.seq, answers=facts.answers, drafts=facts.drafts, reopened=facts.reopened)
