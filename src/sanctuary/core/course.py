"""Which steps are asked again, since what was answered is too old? What is known once they are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from sanctuary.core.events import Event, EventKind, fold
from sanctuary.core.facts import Facts
from sanctuary.core.gates import Verdict
from sanctuary.core.known import Known, settle
from sanctuary.core.scheme import Scheme


def course(scheme: Scheme, facts: Facts, now: datetime, *, is_over: bool = False) -> Known:
    """What is known at `now` (aware), with all that is asked again; in a case that has ended nothing is."""
    known = settle(scheme, facts, now)
    outdated = {} if is_over else _outdated(known.verdicts)
    return settle(scheme, _opened_again(facts, outdated), now) if outdated else known


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
