"""Which records have come to be due? Found from how their cases ended; none is opened for it, and nothing destroyed."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from sanctuary.actions import definitions
from sanctuary.actions.replay_erasures import replay_erasures
from sanctuary.core.retention import due
from sanctuary.records import disposal
from sanctuary.records.payload import load_progress


def note_due(now: datetime) -> str:
    """Let every record whose time has passed at `now` stand among those to dispose of. How many came."""
    found, unread = 0, 0
    for case_id, version, progress in disposal.ended():
        try:
            with transaction.atomic():
                scheme = definitions.version(progress.get("version", version))
        except LookupError:  # what its definition says cannot be read any more; the others go on
            unread += 1
            continue
        kept = due(scheme, load_progress(progress, scheme), now)
        if kept.is_due and kept.rule and kept.ended and kept.until:
            outcome = str(progress["outcome"])
            disposal.note_due(case_id, outcome=outcome, rule=kept.rule.name, ended=kept.ended, since=kept.until)
            found += 1
    return f"{found} due, {unread} under definitions that no longer load"


def compare_erasures(now: datetime) -> str:
    """Let the ledger of what was destroyed and the database say the same."""
    del now
    done = replay_erasures()
    return f"{done.known} known, {done.again} again, {done.added} added"
