"""Does what happened in a case, and what was concluded of it, come back as it was? The latter without any words."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from sanctuary.core.events import Event, fold
from sanctuary.core.progress import Progress, evaluate
from sanctuary.core.scheme import Scheme
from sanctuary.loader import load
from sanctuary.loader.casefile import read_case
from sanctuary.loader.scalars import moment
from sanctuary.records.payload import dump_event, dump_progress, load_event, load_progress
from tests.spec import decisions, easing, needs, tracks
from tests.support.chapter import BEGUN
from tests.support.chapters import written
from tests.unit.core.test_sharing import at, made, shared, terms
from tests.unit.core.town import did

NO = "- at: 2026-03-02 10:00\n  did: assessment\n  answers: {wants_it: no}\n"
DEFERRED = easing._gate(easing._DEFERRED, guards="visit", unknown="carry_on")
LIFTED = easing._gate(easing._LIFTED, guards="works, visit")


def concluded(folder: Path, files: dict[str, str], events: str) -> tuple[Scheme, Progress]:
    """The scheme, and where a case stands under it on 2 March at one o'clock."""
    scheme, now = load(written(folder, files)).scheme, moment("2026-03-02 13:00")
    assert scheme is not None
    assert now is not None
    happened, problems = read_case(BEGUN + events, scheme)
    assert happened is not None, problems
    return scheme, evaluate(scheme, fold(happened), now)


@pytest.mark.parametrize(
    ("files", "events", "fields"),
    [
        ({"2-assessment.yaml": needs._WAIT}, NO, ("held",)),
        (needs._needs(needs._NESTED), needs._answers(permitted="no", hostel="yes"), ("stopped",)),
        (easing._gate(easing._OVERRIDE), easing._INCOMPLETE, ("stopped", "soft")),
        (easing._gate(easing._OVERRIDE), easing._INCOMPLETE + easing._OVERRODE, ("overridden",)),
        (DEFERRED, easing._INCOMPLETE, ("deferred",)),
        (DEFERRED, easing._INCOMPLETE + easing._FITTED, ("deferred",)),
        (LIFTED, easing._INCOMPLETE, ("stopped", "limited")),
        (tracks._track(), tracks._DANGER, ("track",)),
        (decisions._agreement("joint"), decisions._said(housing="support", police="decline"), ("conflicts",)),
    ],
)
def test_progress_comes_back(tmp_path: Path, files: dict[str, str], events: str, fields: tuple[str, ...]) -> None:
    scheme, progress = concluded(tmp_path, files, events)
    assert all(getattr(progress, field) for field in fields)
    stored = json.dumps(dump_progress(progress))
    back = load_progress(json.loads(stored), scheme)
    assert back == replace(progress, at=back.at)
    words = [reason.text for reason in (*progress.stopped, *progress.held)] + [progress.status or "no such words"]
    assert not any(each in stored for each in words)
    assert "cannot be had" not in stored


def test_what_was_kept_before_there_were_such_rules_is_still_read(tmp_path: Path) -> None:
    scheme, progress = concluded(tmp_path, easing._gate(easing._OVERRIDE), easing._INCOMPLETE + easing._OVERRODE)
    content = dump_progress(progress)
    for field in ("held", "overridden", "soft", "deferred", "limited", "track"):
        del content[field]
    back = load_progress(content, scheme)
    assert (back.held, back.overridden, back.soft, back.deferred, back.limited, back.track) == ((), (), (), (), {}, "")


SHARES = (
    shared(2, terms()),
    shared(2, terms(5, consent="share")),
    shared(3, terms(6, account="8d1cf1ae-5f0e-4c1e-9a5c-0d8c2a5c5f0a")),
)


@pytest.mark.parametrize("event", SHARES)
def test_a_share_comes_back(event: Event) -> None:
    stored = dump_event(event)
    assert load_event(event.kind.value, event.at, stored) == event
    assert b"To help" in stored


def test_what_is_open_by_an_act_comes_back_and_its_purpose_is_not_among_it() -> None:
    progress = at(3, did("a", 1, x="yes"), *SHARES)
    assert len(progress.given) == 3
    stored = json.dumps(dump_progress(progress))
    assert load_progress(json.loads(stored), made()).given == progress.given
    assert "To help" not in stored
    content = dump_progress(progress)
    del content["given"]
    assert load_progress(content, made()).given == ()
