"""What is so of every case, whatever happened? Where it stands follows from its facts alone, and always can be told."""

from __future__ import annotations

import json
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from sanctuary.core.clocks import LONDON
from sanctuary.core.conditions import Scope
from sanctuary.core.consequences import consequences
from sanctuary.core.events import fold
from sanctuary.core.facts import Facts, Silence
from sanctuary.core.gates import held_by, reason_of, shut_by
from sanctuary.core.known import known
from sanctuary.core.progress import Progress, evaluate
from sanctuary.core.scheme import Scheme
from sanctuary.records.payload import dump_event, dump_progress, load_event, load_progress
from tests.support.histories import History, completed, histories, prefixes
from tests.support.proof import length

COUNT = length(full=350, short=80)


def cases(seed: int) -> Iterator[History]:
    """What the examples tell, event by event, and what might have happened."""
    yield from list(prefixes())[:: length(full=5, short=20)]
    yield from histories(seed, COUNT)


def concluded(history: History) -> Progress:
    return evaluate(history.scheme, history.facts, history.now)


def settled(scheme: Scheme, facts: Facts, history: History, name: str) -> bool:
    """Whether nothing more is to be done about the step: done for good, or known not to apply."""
    step = scheme.steps[name]
    if name in facts.done and step.every is None:
        return True
    scope = Scope(known(scheme, facts, history.now), history.now, scheme.calendar)
    return step.when is not None and step.when.decide(scope) is False


def test_any_history_is_judged_and_the_judgement_holds_together() -> None:
    outcomes = set()
    for history in cases(seed=1):
        progress = concluded(history)
        outcomes.add(progress.outcome)
        holds_together(history, progress)
    assert {"open", "stopped"} <= outcomes
    assert len(outcomes) >= length(full=3, short=2)  # where there are enough of them, some that ended


def holds_together(history: History, progress: Progress) -> None:
    """No part of the answer contradicts another, or the definition."""
    scheme, facts = history.scheme, history.facts
    open_, waiting = {place.step for place in progress.open}, {place.step for place in progress.waiting}
    for_good = {done.step for done in progress.done if scheme.steps[done.step].every is None}
    assert len(open_) == len(progress.open)
    assert not open_ & waiting
    assert not for_good & (open_ | waiting)
    assert not any(scheme.steps[name].any_time for name in open_ | waiting)
    assert all(scheme.steps[name].any_time for name in progress.available)
    for reason in progress.stopped:
        assert shut_by(on_track(scheme, progress), reason.rule).isdisjoint(open_ | waiting | {*progress.available})
    for reason in progress.held:
        assert held_by(scheme, reason.rule).isdisjoint(open_ | {*progress.available})
    asked_again = {place.step for place in progress.open} & {*facts.done}
    done = {each.step for each in progress.done}
    assert done <= {*facts.done} <= done | asked_again | waiting | held_back(scheme, progress)
    assert [each.step for each in progress.done] == [name for name in scheme.steps if name in done]
    assert progress.outcome in ("open", "stopped") or not (open_ or waiting or progress.stopped or progress.available)
    assert (progress.outcome == "stopped") == bool(progress.stopped)
    assert all(place.on or place.until for place in progress.waiting)
    assert all(place.due is not None for place in progress.open if place.overdue)
    assert {*progress.unknown} <= {*scheme.names}
    assert {*progress.reads} == {*scheme.roles}
    assert progress.recheck_at is None or progress.recheck_at > history.now


def on_track(scheme: Scheme, progress: Progress) -> Scheme:
    """The scheme in the order of steps that the case follows."""
    return next((track.scheme for track in scheme.tracks if track.name == progress.track), scheme)


def held_back(scheme: Scheme, progress: Progress) -> frozenset[str]:
    """The steps that a gate has shut."""
    rules = [reason.rule for reason in progress.stopped]
    return frozenset().union(*(shut_by(on_track(scheme, progress), rule) for rule in rules))


def test_the_same_facts_give_the_same_answer_and_stay_as_they_were() -> None:
    for history in cases(seed=2):
        facts = history.facts
        before = deepcopy(facts)
        first = evaluate(history.scheme, facts, history.now)
        assert evaluate(history.scheme, facts, history.now) == first
        assert evaluate(history.scheme, before, history.now) == first
        assert facts == before


def test_the_order_of_answers_within_a_case_does_not_matter() -> None:
    for history in histories(seed=3, count=COUNT):
        facts = history.facts
        turned = replace(facts, answers=dict(reversed(facts.answers.items())))
        assert evaluate(history.scheme, turned, history.now) == evaluate(history.scheme, facts, history.now)


def test_the_zone_in_which_the_time_is_told_does_not_matter() -> None:
    for history in histories(seed=4, count=COUNT):
        told = [evaluate(history.scheme, history.facts, history.now.astimezone(zone)) for zone in (UTC, LONDON)]
        assert plain(told[0]) == plain(told[1])


def plain(progress: Progress) -> object:
    """The answer with all times in one zone."""
    return json.loads(json.dumps(dump_progress(progress)), object_hook=_in_utc)


def _in_utc(content: dict[str, object]) -> dict[str, object]:
    times = ("at", "since", "due", "started", "ended", "asked", "until", "recheck_at")
    return {
        name: datetime.fromisoformat(value).astimezone(UTC) if name in times and isinstance(value, str) else value
        for name, value in content.items()
    }


def superseded(scheme: Scheme, rule: str, facts: Facts, fuller: Facts, history: History) -> bool:
    """Whether the rule rests on what follows from the answer given last, such as the risk, and that is another now."""
    before, after = (known(scheme, each, history.now) for each in (facts, fuller))
    read = [name for name in reason_of(scheme, rule).facts if name in {one.name for one in scheme.derived}]
    return any(name in before and before[name] != after.get(name) for name in read)


def test_an_answer_more_lifts_no_stop() -> None:
    """What was not asked is now answered: every rule that was broken still is, unless it has nothing left to stop."""
    random, stops = Random(5), 0
    for history in cases(seed=5):
        scheme, facts = history.scheme, history.facts
        fuller = replace(facts, answers=completed(random, scheme, facts.answers, random.choice((0.02, 0.3, 1.0))))
        before, after = (evaluate(scheme, each, history.now) for each in (facts, fuller))
        if after.outcome not in ("open", "stopped"):
            continue
        for rule in {reason.rule for reason in before.stopped} - {reason.rule for reason in after.stopped}:
            behind = shut_by(scheme, rule)
            another = before.track != after.track or superseded(scheme, rule, facts, fuller, history)
            assert another or all(settled(scheme, fuller, history, name) for name in behind), rule
        stops += len(before.stopped)
    assert stops > COUNT / 8


def test_what_is_unknown_has_not_been_answered() -> None:
    """In the examples, where every answer is of its question's kind; unless its step is still, or again, to be done."""
    for history in prefixes():
        answers, progress = history.facts.answers, concluded(history)
        done = {each.step for each in progress.done}
        for name in (name for name in progress.unknown if name.partition(".")[0] in done):
            found = answers.get(".".join(name.split(".")[:2]), Silence.NOT_KNOWN)
            assert isinstance(found, Silence | tuple), (name, found)


def test_time_alone_changes_nothing_before_the_time_to_look_again() -> None:
    for history in cases(seed=6):
        now = concluded(history)
        if now.recheck_at is None or now.recheck_at - history.now < timedelta(minutes=2):
            continue
        later = evaluate(history.scheme, history.facts, now.recheck_at - timedelta(minutes=1))
        assert [place.step for place in later.open] == [place.step for place in now.open]
        assert (later.outcome, later.stopped, later.available) == (now.outcome, now.stopped, now.available)


def test_what_follows_from_a_step_is_an_event_of_the_scheme() -> None:
    for history in histories(seed=7, count=COUNT):
        facts = history.facts
        for name in facts.done:
            for event in consequences(history.scheme, facts, history.scheme.steps[name], history.now):
                assert event.step in history.scheme.steps
                assert fold([event], facts).seq == facts.seq + 1


def test_events_come_back_as_they_were_recorded() -> None:
    for history in cases(seed=8):
        for event in history.events:
            assert load_event(event.kind.value, event.at, dump_event(event)) == event


def test_progress_comes_back_as_it_was_concluded() -> None:
    for history in cases(seed=9):
        progress = concluded(history)
        stored = json.dumps(dump_progress(progress))
        back = load_progress(json.loads(stored), history.scheme)
        assert json.dumps(dump_progress(back)) == stored
        assert plain(back) == plain(progress)


def test_what_was_recorded_is_judged_as_what_happened_was() -> None:
    for history in cases(seed=10):
        stored = [load_event(event.kind.value, event.at, dump_event(event)) for event in history.events]
        again = evaluate(history.scheme, fold(stored), history.now)
        assert plain(again) == plain(concluded(history))


@pytest.mark.parametrize("seed", range(3))
def test_random_histories_are_told_again_by_their_seed(seed: int) -> None:
    assert list(histories(seed, 5)) == list(histories(seed, 5))
